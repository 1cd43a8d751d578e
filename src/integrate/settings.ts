import type { Image } from "../array.js";
import { OptionError } from "../errors.js";
import { type RadialUnit, radialUnit } from "../geometry/units.js";
import { checkOptionNames } from "../option-names.js";
import { checkImage, isShape } from "./check-image.js";
import { type ResolvedMethod, resolveMethod } from "./method.js";
import type { ErrorModel, IntegrateOptions } from "./options.js";

/** Options after checking, each with a value: what a plan is built from. */
export interface Settings {
  readonly npt: number;
  /** `undefined` for a profile over all azimuths. */
  readonly nptAzim: number | undefined;
  readonly unit: RadialUnit;
  readonly radialRange: readonly [number, number] | undefined;
  /** Degrees, low < high ≤ low + 360. */
  readonly azimuthRange: readonly [number, number] | undefined;
  readonly method: ResolvedMethod;
  readonly errorModel: ErrorModel | undefined;
  readonly polarizationFactor: number | undefined;
  readonly correctSolidAngle: boolean;
  readonly normalizationFactor: number;
  readonly dummy: number | undefined;
  readonly deltaDummy: number | undefined;
  readonly empty: number;
  readonly mask: Image | undefined;
  readonly dark: Image | undefined;
  readonly flat: Image | undefined;
  readonly variance: Image | undefined;
}

const OPTION_NAMES: readonly (keyof IntegrateOptions)[] = [
  "unit",
  "radialRange",
  "azimuthRange",
  "mask",
  "dark",
  "flat",
  "variance",
  "errorModel",
  "polarizationFactor",
  "correctSolidAngle",
  "normalizationFactor",
  "dummy",
  "deltaDummy",
  "empty",
  "method",
  "filename",
  "signal",
  "onProgress",
];

const ERROR_MODELS: readonly unknown[] = ["poisson", "azimuthal", "hybrid"];
const MOST_BINS = 2 ** 28;

/**
 * Checks the options of an integration and fills in what was left out.
 *
 * @throws OptionError that names the option and what it may be; ShapeError for a correction of
 * another shape than the image.
 */
export function resolveSettings(
  shape: readonly [number, number],
  npt: number,
  nptAzim: number | undefined,
  options: IntegrateOptions = {},
): Settings {
  checkOptionNames(options, OPTION_NAMES);
  if (!isShape(shape)) {
    throw new OptionError("shape", shape, "give [rows, columns], two whole numbers above 0");
  }
  checkCount("npt", npt);
  if (nptAzim !== undefined) checkCount("nptAzim", nptAzim);
  if (npt * (nptAzim ?? 1) > MOST_BINS) {
    throw new OptionError(
      "npt",
      npt,
      `${npt} × ${nptAzim ?? 1} bins are more than the ${MOST_BINS} that fit; take fewer`,
    );
  }
  const { mask, dark, flat, variance, errorModel, dummy, deltaDummy } = options;
  const { correctSolidAngle = true, empty = Number.NaN } = options;
  const polarizationFactor = options.polarizationFactor ?? undefined;
  for (const [what, image] of Object.entries({ mask, dark, flat, variance })) {
    if (image !== undefined) checkImage(what, image, shape);
  }
  if (errorModel !== undefined && !ERROR_MODELS.includes(errorModel)) {
    throw new OptionError(
      "errorModel",
      errorModel,
      `"${errorModel}" is none; choose poisson, azimuthal or hybrid, or give a variance`,
    );
  }
  if (polarizationFactor !== undefined && !isNumber(polarizationFactor, -1, 1)) {
    throw new OptionError(
      "polarizationFactor",
      polarizationFactor,
      `${polarizationFactor} is outside −1 to 1; leave it out for no correction`,
    );
  }
  const normalizationFactor = options.normalizationFactor ?? 1;
  if (!Number.isFinite(normalizationFactor) || normalizationFactor === 0) {
    throw new OptionError(
      "normalizationFactor",
      normalizationFactor,
      `${normalizationFactor} cannot divide an intensity; give a finite number that is not 0`,
    );
  }
  if (typeof correctSolidAngle !== "boolean") {
    throw new OptionError("correctSolidAngle", correctSolidAngle, "give true or false");
  }
  if (typeof empty !== "number") {
    throw new OptionError("empty", empty, "it is the number that bins without a pixel get");
  }
  if (dummy !== undefined && typeof dummy !== "number") {
    throw new OptionError("dummy", dummy, "it is the number that marks invalid pixels");
  }
  if (deltaDummy !== undefined && !isNumber(deltaDummy, 0, Infinity)) {
    throw new OptionError("deltaDummy", deltaDummy, "it is a tolerance, 0 or more");
  }
  return {
    npt,
    nptAzim,
    unit: radialUnit(options.unit ?? "q_nm^-1"),
    radialRange: radialRange(options.radialRange),
    azimuthRange: azimuthRange(options.azimuthRange),
    method: resolveMethod(options.method),
    errorModel: variance === undefined ? errorModel : undefined,
    polarizationFactor,
    correctSolidAngle,
    normalizationFactor,
    dummy,
    deltaDummy,
    empty,
    mask,
    dark,
    flat,
    variance,
  };
}

function isNumber(value: unknown, low: number, high: number): boolean {
  return typeof value === "number" && value >= low && value <= high;
}

/** Two finite numbers. */
function isRange(range: unknown): range is readonly [low: number, high: number] {
  return Array.isArray(range) && range.length === 2 && range.every(Number.isFinite);
}

function checkCount(option: string, value: number): void {
  if (!Number.isInteger(value) || value < 1) {
    throw new OptionError(
      option,
      value,
      `${value} is not a number of bins; give a whole number above 0`,
    );
  }
}

function radialRange(range: IntegrateOptions["radialRange"]): Settings["radialRange"] {
  if (range === undefined) return undefined;
  if (!isRange(range) || range[0] >= range[1]) {
    throw new OptionError(
      "radialRange",
      range,
      `[${range}] is not a range; give [low, high] in the unit, low < high`,
    );
  }
  return [range[0], range[1]];
}

function azimuthRange(range: IntegrateOptions["azimuthRange"]): Settings["azimuthRange"] {
  if (range === undefined) return undefined;
  const [low, high] = isRange(range) ? range : [0, 0];
  const width = high <= low ? high - low + 360 : high - low;
  // Sums such as 265 + 360 may round to a hair over the full circle.
  if (low === high || width <= 0 || width > 360 * (1 + 1e-12)) {
    throw new OptionError(
      "azimuthRange",
      range,
      `[${range}] is not a range; give [low, high] in degrees, at most 360 wide`,
    );
  }
  return [low, low + Math.min(width, 360)];
}
