import type { RadialFormula } from "../../src/geometry/radial-formula.js";

/** What a radial value was made from: 2θ in radians, or r in metres; below 0 where there is none. */
export function radialInverse(
  { quantity, factor, transform }: RadialFormula,
  value: number,
): number {
  const before = {
    none: value,
    inverse: 1 / value,
    square: Math.sqrt(value),
    log1p: Math.expm1(value),
    asinh: Math.sinh(value),
    log: Math.exp(value),
    log10: 10 ** value,
  }[transform];
  const made = quantity === "sin" ? 2 * Math.asin(before / factor) : before / factor;
  return made >= 0 ? made : -1;
}
