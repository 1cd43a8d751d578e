import { PARAMETERS } from "./parameters.js";
import type { CalibrationResult } from "./result.js";

/** Name, value and standard error of each parameter, as text: millimetres and degrees. */
export function parameterRows({ ai, sigma }: CalibrationResult): [string, string, string][] {
  return PARAMETERS.map((name) => {
    const value = ai[name]!;
    const [factor, unit] = UNITS[name];
    const error = sigma[name] * factor;
    const digits = error > 0 ? Math.min(Math.max(1 - Math.floor(Math.log10(error)), 0), 12) : 6;
    const shown = error > 0 ? `± ${error.toFixed(digits)} ${unit}` : "held";
    return [name, `${(value * factor).toFixed(digits)} ${unit}`, shown];
  });
}

const DEGREES = 180 / Math.PI;
const UNITS = {
  dist: [1e3, "mm"],
  poni1: [1e3, "mm"],
  poni2: [1e3, "mm"],
  rot1: [DEGREES, "°"],
  rot2: [DEGREES, "°"],
  wavelength: [1e10, "Å"],
} as const;
