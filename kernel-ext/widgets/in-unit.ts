import type { TrackedPeak } from "../../src/diffractogram-messages.js";
import { radialFunctionOf } from "../../src/geometry/radial-formula.js";
import { twoThetaOf } from "../../src/geometry/two-theta-of.js";
import { radialFormula, radialUnit } from "../../src/geometry/units.js";
import type { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";

/** Peaks in another unit; those of which no angle is known are left out. r is that without a tilt. */
export function inUnit(
  peaks: readonly TrackedPeak[],
  from: string,
  to: string,
  ai: AzimuthalIntegrator | undefined,
): TrackedPeak[] {
  if (from === "" || peaks.length === 0) return [...peaks];
  // Pixels of LaVue's unit are seen across the beam: of which angle, the azimuth would tell.
  if (ai === undefined || from === "r_pixel" || to === "r_pixel") return [];
  const { wavelength, dist } = ai;
  const former = radialFormula(radialUnit(from), wavelength);
  const formula = radialFormula(radialUnit(to), wavelength);
  return peaks.flatMap(({ position, d0 }) => {
    const angle = twoThetaOf(former, position, dist);
    const far = formula.quantity === "r" ? dist / Math.cos(angle) : 1;
    const moved = radialFunctionOf(formula)(far * Math.sin(angle), far * Math.cos(angle));
    return Number.isFinite(moved) ? [{ position: moved, d0 }] : [];
  });
}
