import { OptionError } from "../errors.js";
import { checkOptionNames } from "../option-names.js";
import type { SimulateOptions } from "./options.js";

const OPTIONS: readonly (keyof SimulateOptions)[] = [
  "dist",
  "poni1",
  "poni2",
  "rot1",
  "rot2",
  "rot3",
  "wavelength",
  "detector",
  "shape",
  "phases",
  "spots",
  "background",
  "beamStop",
  "polarizationFactor",
  "solidAngle",
  "noise",
  "deadPixels",
  "hotPixels",
  "saturation",
  "dtype",
  "seed",
  "exposure",
];

const DTYPES: readonly unknown[] = ["uint16", "int32", "float32"];

/** @throws OptionError for an option that does not exist or cannot be what it is. */
export function checkSimulateOptions(options: SimulateOptions): void {
  checkOptionNames(options, OPTIONS);
  const { detector, ...values } = options;
  if (typeof detector?.layout !== "function") {
    throw new OptionError("detector", detector, "it is no detector; give detector({ … })");
  }
  checkNumbers("options", values);
  const { dist, poni1, poni2, wavelength, dtype, polarizationFactor } = options;
  for (const [name, value] of Object.entries({ poni1, poni2 })) {
    if (typeof value !== "number") throw new OptionError(name, value, "give it in metres");
  }
  for (const [name, value] of Object.entries({ dist, wavelength })) {
    if (!(value > 0 && value < (name === "wavelength" ? 1e-6 : Infinity))) {
      throw new OptionError(name, value, `is ${value}, but must be a length above 0 in metres`);
    }
  }
  const { seed = 1, exposure = 0, deadPixels = 0, hotPixels = 0, saturation = 1 } = options;
  for (const [name, value] of Object.entries({ seed, exposure, deadPixels, hotPixels })) {
    if (!Number.isSafeInteger(value) || value < 0) {
      throw new OptionError(name, value, `is ${value}, but must be a whole number from 0`);
    }
  }
  if (!(saturation > 0)) {
    throw new OptionError("saturation", saturation, `is ${saturation}, but must be above 0`);
  }
  if (dtype !== undefined && !DTYPES.includes(dtype)) {
    throw new OptionError("dtype", dtype, `"${dtype}" is none; choose ${DTYPES.join(", ")}`);
  }
  if (Math.abs(polarizationFactor ?? 0) > 1) {
    const message = `${polarizationFactor} is outside −1 to 1; give null for none`;
    throw new OptionError("polarizationFactor", polarizationFactor, message);
  }
}

/** NaN anywhere would spread over the image, and drawing from a distribution of mean NaN never ends. */
function checkNumbers(name: string, value: unknown): void {
  if (Number.isNaN(value)) throw new OptionError(name, value, "is NaN; give a number");
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) checkNumbers(key, part);
}
