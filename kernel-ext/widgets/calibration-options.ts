import type { Image } from "../../src/array.js";
import type { CalibrateOptions, FixName } from "../../src/calibrate/options.js";
import { type CalibrationSetup, calibrationSetup } from "../../src/calibrate/setup.js";
import type { PaintOptions } from "../../src/figure/paint.js";
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
