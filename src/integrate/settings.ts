import type { Image } from "../array.js";
import { OptionError, ShapeError } from "../errors.js";
import { type RadialUnit, radialUnit } from "../geometry/units.js";
import { suggest } from "../suggest.js";
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

const OPTION_NAMES: ReadonlySet<string> = new Set<keyof IntegrateOptions>([
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
]);

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
  for (const name of Object.keys(options)) {
    if (!OPTION_NAMES.has(name)) throw unknownOption(name);
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
  const { mask, dark, flat, variance, errorModel, polarizationFactor, dummy, deltaDummy } = options;
  for (const [what, image] of Object.entries({ mask, dark, flat, variance })) {
    if (image !== undefined) checkShape(what, image, shape);
  }
  if (errorModel !== undefined && !ERROR_MODELS.includes(errorModel)) {
    throw new OptionError(
      "errorModel",
      errorModel,
      `"${errorModel}" is none; choose poisson, azimuthal or hybrid, or give a variance`,
    );
  }
  if (polarizationFactor !== undefined && !(Math.abs(polarizationFactor) <= 1)) {
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
  if (dummy !== undefined && typeof dummy !== "number") {
    throw new OptionError("dummy", dummy, "it is the number that marks invalid pixels");
  }
  if (deltaDummy !== undefined && !(deltaDummy >= 0)) {
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
    correctSolidAngle: options.correctSolidAngle ?? true,
    normalizationFactor,
    dummy,
    deltaDummy,
    empty: options.empty ?? Number.NaN,
    mask,
    dark,
    flat,
    variance,
  };
}

/** An option that does not exist, with the ones that may have been meant. */
export function unknownOption(name: string, known: Iterable<string> = OPTION_NAMES): OptionError {
  const near = suggest(name.replaceAll("_", ""), known);
  const remedy =
    near.length > 0 ? `did you mean ${near.join(" or ")}?` : `choose from ${[...known].join(", ")}`;
  return new OptionError(name, undefined, `there is no such option; ${remedy}`);
}

/** @throws ShapeError where an image is not of the shape, or its data not of its own. */
export function checkShape(what: string, image: Image, shape: readonly [number, number]): void {
  if (image.shape[0] !== shape[0] || image.shape[1] !== shape[1]) {
    throw new ShapeError(what, shape, image.shape, "give one of the image's shape");
  }
  if (image.data.length !== shape[0] * shape[1]) {
    throw new ShapeError(
      what,
      [shape[0] * shape[1]],
      [image.data.length],
      "its data does not fill its shape",
    );
  }
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
  const [low, high] = range;
  if (!Number.isFinite(low) || !Number.isFinite(high) || low >= high) {
    throw new OptionError(
      "radialRange",
      range,
      `[${range}] is not a range; give [low, high] in the unit, low < high`,
    );
  }
  return [low, high];
}

function azimuthRange(range: IntegrateOptions["azimuthRange"]): Settings["azimuthRange"] {
  if (range === undefined) return undefined;
  const [low, high] = range;
  // Sums such as 265 + 360 may round to a hair over the full circle.
  const width = high <= low ? high - low + 360 : high - low;
  if (
    !Number.isFinite(low) ||
    !Number.isFinite(high) ||
    low === high ||
    width <= 0 ||
    width > 360 * (1 + 1e-12)
  ) {
    throw new OptionError(
      "azimuthRange",
      range,
      `[${range}] is not a range; give [low, high] in degrees, at most 360 wide`,
    );
  }
  return [low, low + Math.min(width, 360)];
}
