import type { Image } from "../array.js";
import type { Calibrant } from "../calibrant/calibrants.js";
import type { Detector } from "../detector/detector.js";
import type { Progress } from "../integrate/options.js";

/** What is known about the geometry before: all of it optional. Lengths in metres, rotations in radians. */
export interface CalibrationStart {
  readonly dist?: number;
  readonly poni1?: number;
  readonly poni2?: number;
  /** Default 0. rot3 is kept as it is: rings do not show it. */
  readonly rot1?: number;
  readonly rot2?: number;
  readonly rot3?: number;
  /** Where the beam meets the detector, (x, y) = (column, row) in pixels, 0 = centre of the first pixel; instead of `poni1` and `poni2`. */
  readonly center?: readonly [x: number, y: number];
}

/** What can be held: parameters by name, `"center"` for where the beam meets the detector. */
export type FixName =
  | "dist"
  | "poni1"
  | "poni2"
  | "rot1"
  | "rot2"
  | "rot3"
  | "wavelength"
  | "center";

/** Options of `calibrate`. */
export interface CalibrateOptions {
  /** A name that `calibrantNames()` lists, or a calibrant of one's own. */
  readonly calibrant: string | Calibrant;
  /** Metres. */
  readonly wavelength: number;
  /** A detector or its name. */
  readonly detector: Detector | string;
  /** Values to begin with. Default: none, the image is searched. */
  readonly start?: CalibrationStart;
  /** What is held at its start value. Default none, besides the wavelength and rot3. */
  readonly fix?: readonly FixName[];
  /** Whether the wavelength is refined too; its correlation with the distance is then told. Default `false`. */
  readonly refineWavelength?: boolean;
  /** Non-zero = masked; in addition to the detector's own gaps, and to hot and dead pixels, which are found. */
  readonly mask?: Image;
  /** How many rings are used, from the innermost. Default: all that can be told apart. */
  readonly rings?: number;
  /** Whether the slope of pixels' solid angle across rings is corrected; default `false`. It moves rings by thousandths of a pixel, and many detectors correct it themselves. */
  readonly correctSolidAngle?: boolean;
  /** Degree of horizontal polarization, −1 to 1, whose slope across rings is corrected. Default, and `null`: not corrected. */
  readonly polarizationFactor?: number | null | undefined;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}
