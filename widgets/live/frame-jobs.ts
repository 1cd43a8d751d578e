import type { Detector } from "../../src/detector/detector.js";
import { radialFunctionOf } from "../../src/geometry/radial-formula.js";
import { radialFormula } from "../../src/geometry/units.js";
import { planAxes } from "../../src/integrate/ranges.js";
import { resolveSettings, type Settings } from "../../src/integrate/settings.js";
import { coverageOf } from "./coverage.js";
import type { FrameJob } from "./frame-job.js";
import type { LiveImage } from "./live-image.js";
import type { LiveSettings } from "./live-settings.js";

/** Turns settings into jobs: options are checked, and ranges measured where none are given. */
export type MakeJob = (
  settings: LiveSettings,
) => Promise<{ readonly job: FrameJob; readonly resolved: Settings }>;

export function frameJobs(image: LiveImage, detector: Detector): MakeJob {
  const measure = coverageOf(image, detector);
  return async ({ geometry, wavelength, nptRad, nptAzim, options }) => {
    const resolved = resolveSettings(image.shape, nptRad, nptAzim, options);
    const { unit, method } = resolved;
    const formula = radialFormula(unit, wavelength);
    const { radial, azimuth } = await planAxes(resolved, async () =>
      measure(geometry, radialFunctionOf(formula), method.split, unit.positive),
    );
    const job = {
      geometry,
      formula,
      radial,
      azimuth: azimuth!,
      split: method.split,
      correctSolidAngle: resolved.correctSolidAngle,
      polarizationFactor: resolved.polarizationFactor,
    };
    return { job, resolved };
  };
}
