import type { Image } from "../../src/array.js";
import type { Calibrant } from "../../src/calibrant/calibrants.js";
import type { CalibrateOptions, CalibrationStart, FixName } from "../../src/calibrate/options.js";
import { type CalibrationSetup, calibrationSetup } from "../../src/calibrate/setup.js";
import type { Detector } from "../../src/detector/detector.js";
import type { PaintOptions } from "../../src/figure/paint.js";
import type { ViewArrays } from "../../src/widget-messages.js";
import type { FigureOptions } from "../show/figure.js";

/** Options of `calibrate`, and how it looks. */
export interface CalibrationOptions
  extends Omit<CalibrateOptions, "signal" | "onProgress">,
    FigureOptions,
    Omit<PaintOptions, "mask"> {
  /** The name under which the page's button saves. Default `calibration.poni`. */
  readonly file?: string;
  /** The name of the report. Default `calibration.html`. */
  readonly reportFile?: string;
}

/** Light of a synchrotron, as in Dioptas. */
export const POLARIZATION = 0.99;

/** The options of `calibrate` among a view's, checked. */
export function setupOf(
  image: Image,
  options: CalibrationOptions,
): { readonly given: CalibrateOptions; readonly setup: CalibrationSetup } {
  const { title, width, height, file, reportFile, ...others } = options;
  const { scale, colormap, limits, percentiles, ...given } = others;
  return { given, setup: calibrationSetup(image, given) };
}

/** What is held: the wavelength too, unless it is to be refined. */
export function fixOf({ fix = [], refineWavelength = false }: CalibrationOptions): FixName[] {
  const others = fix.filter((name) => name !== "wavelength");
  return refineWavelength ? others : [...others, "wavelength"];
}

/** What a user changes of the options. */
interface Changing {
  readonly wavelength: number;
  readonly polarizationFactor: number | null;
  readonly maxRings: number | null;
  readonly fix: readonly FixName[];
}

/** The options of a run, from what is shown and what stays. */
export function runOptions(
  { wavelength, polarizationFactor, maxRings, fix }: Changing,
  about: {
    readonly start: CalibrationStart;
    readonly calibrant: Calibrant;
    readonly detector: Detector;
    readonly mask: Image | undefined;
    readonly correctSolidAngle: boolean | undefined;
  },
): CalibrateOptions {
  const { mask, correctSolidAngle, ...others } = about;
  return {
    ...{ wavelength, polarizationFactor },
    ...others,
    fix: fix.filter((name) => name !== "wavelength"),
    refineWavelength: !fix.includes("wavelength"),
    ...(maxRings === null ? {} : { rings: maxRings }),
    ...(mask === undefined ? {} : { mask }),
    ...(correctSolidAngle === undefined ? {} : { correctSolidAngle }),
  };
}

/** What is sent to the page once. */
export function arraysOf(image: Image, mask: Image | undefined): ViewArrays {
  return mask === undefined ? { image } : { image, mask };
}
