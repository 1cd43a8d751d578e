import type { Image } from "../array.js";
import { CalibrationError } from "../errors.js";
import { reportProgress } from "../progress.js";
import { crestsOf } from "./crests.js";
import { efficiencyOf } from "./efficiency.js";
import { type ImageCrests, imageCrests } from "./image-crests.js";
import { judge, requireCandidate, requireCrests } from "./judge.js";
import type { CalibrateOptions } from "./options.js";
import { beamCenter, DIST } from "./parameters.js";
import { refine } from "./refine.js";
import { CalibrationResult } from "./result.js";
import { type Candidate, isConvincing, searchGeometry, tryStarts } from "./search.js";
import { type CalibrationSetup, calibrationSetup, holdStart } from "./setup.js";
import { startOf } from "./start.js";
import { estimateUncertainty } from "./uncertainty.js";

/**
 * Where a detector is, from one image of a calibrant: without start values, clicks or chance.
 *
 * Crests of the image give hypotheses of the geometry; the best is refined on profile fits of pieces of
 * rings to the raw pixels. The same bytes give the same result.
 *
 * @throws CalibrationError where no trustworthy geometry is found; its `reason` and message say why and
 * what to do. OptionError and ShapeError for options that cannot be.
 * @example
 * const result = await calibrate(await readImage("CeO2.tif"), {
 *   calibrant: "CeO2", wavelength: 1.2423e-11, detector: detector({ pixel1: 172e-6 }),
 * });
 * await result.save("CeO2.poni");
 */
export function calibrate(image: Image, options: CalibrateOptions): Promise<CalibrationResult> {
  return calibrateOn(image, options, (setup) => imageCrests(image, setup.detector, options.mask));
}

/** `calibrate`, for those who have found the image's crests before. */
export async function calibrateOn(
  image: Image,
  options: CalibrateOptions,
  find: (setup: CalibrationSetup) => ImageCrests,
): Promise<CalibrationResult> {
  const setup = calibrationSetup(image, options);
  const step = stepper(options);
  const { plane, comb, fixed } = setup;
  await step("finding crests");
  const { counts, ridges } = find(setup);
  const crests = crestsOf(ridges, plane);
  requireCrests(crests);
  await step("searching the geometry");
  const candidates = search(setup, crests);
  const { parameters } = requireCandidate(candidates[0], setup);
  await step("fitting rings");
  const { correctSolidAngle = false, polarizationFactor } = options;
  const refinement = refine(parameters, {
    counts,
    plane,
    comb,
    fixed,
    center: setup.heldCenter,
    rings: setup.rings,
    efficiency: efficiencyOf({ correctSolidAngle, polarizationFactor }),
  });
  await step("estimating errors");
  const { segments, fit } = refinement;
  if (fit.covariance === undefined) {
    throw new CalibrationError(
      "not-determined",
      "image: too little of its rings is seen to determine the geometry; hold parameters with fix, or expose longer",
    );
  }
  const uncertainty = estimateUncertainty(segments, comb, fit);
  const judged = { setup, counts, crests, candidates, refinement, uncertainty };
  const result = new CalibrationResult(judged, judge(judged));
  await step("done");
  return result;
}

const STEPS = 4;

/** Tells how far a calibration is, lets other work go on and ends it where that is asked for. */
function stepper({ signal, onProgress }: CalibrateOptions): (label: string) => Promise<void> {
  let done = 0;
  return async (label) => {
    signal?.throwIfAborted();
    const progress = { label, done: done++, total: STEPS };
    onProgress?.(progress);
    reportProgress(progress);
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    signal?.throwIfAborted();
  };
}

function search(setup: CalibrationSetup, crests: ReturnType<typeof crestsOf>): Candidate[] {
  const { plane, comb, wavelength, fixed } = setup;
  const options = {
    wavelength,
    pixel: plane.pixel,
    size: [plane.rows, plane.columns].map((line) => Math.max(line[0]!, line.at(-1)!)) as [
      number,
      number,
    ],
    hold: (parameters: Float64Array) => holdStart(parameters, setup),
    fixed,
    center: setup.heldCenter,
    prior: priorOf(setup),
  };
  const starts = startsOf(setup);
  const near = tryStarts(starts, crests, comb, options);
  if (near[0] !== undefined && isConvincing(near[0])) return near;
  return [...near, ...searchGeometry(crests, comb, options)].sort((a, b) => b.score - a.score);
}

/** The start values, and distances around: of several rings the nearest may be the wrong one. */
function startsOf(setup: CalibrationSetup): Float64Array[] {
  return [1, 0.97, 1.03, 0.94, 1.06, 0.91, 1.1].flatMap((factor) => startOf(setup, factor) ?? []);
}

/** How far a geometry is from what was given, as a loss of score: little, up to much where it is another. */
function priorOf({ start, center, plane }: CalibrationSetup): (p: Float64Array) => number {
  return (p) => {
    let away = 0;
    if (start.dist !== undefined) away += (Math.log(p[DIST]! / start.dist) / 0.2) ** 2;
    if (center !== undefined) {
      const [y, x] = beamCenter(p);
      away += Math.hypot(y - center[0], x - center[1]) ** 2 / (150 * plane.pixel) ** 2;
    }
    return -0.1 * Math.min(away, 6);
  };
}
