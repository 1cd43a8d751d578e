import type { Image } from "../array.js";
import type { Detector } from "../detector/detector.js";
import { CakelabError } from "../errors.js";
import type { Geometry } from "../geometry/geometry.js";
import type { AzimuthalIntegrator } from "../integrate/azimuthal-integrator.js";

/** What a batch asks of a calibration. */
export interface CalibrateRequest {
  readonly calibrant: string;
  /** Metres. */
  readonly wavelength: number;
  readonly detector: Detector;
  readonly start: Geometry;
  /** How many rings are used, from the innermost. Default: all. */
  readonly rings?: number;
}

/** Finds the geometry from an image of a calibrant. */
export type CalibrateStep = (
  image: Image,
  request: CalibrateRequest,
) => Promise<AzimuthalIntegrator>;

class MissingStepError extends CakelabError {
  readonly tag = "missing-step";
}

/**
 * The step `calibrate` of a batch. This version does not calibrate: a batch goes on from a `.poni`
 * that is there.
 *
 * @throws MissingStepError
 */
export const calibrateStep: CalibrateStep = async (_image, { calibrant }) => {
  throw new MissingStepError(
    `the step "calibrate" (${calibrant}) is not in this version; calibrate with pyFAI-calib2 or Dioptas, save the .poni where output_calibration_path says, and run again`,
  );
};
