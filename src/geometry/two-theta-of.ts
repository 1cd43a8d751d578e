import type { RadialFormula } from "./radial-formula.js";

const INVERSE: Readonly<Record<RadialFormula["transform"], (value: number) => number>> = {
  none: (value) => value,
  inverse: (value) => 1 / value,
  square: Math.sqrt,
  log1p: Math.expm1,
  asinh: Math.sinh,
  log: Math.exp,
  log10: (value) => 10 ** value,
};

/**
 * The scattering angle 2θ, in radians, of a value of a radial unit: the inverse of its formula.
 *
 * @param dist in metres, for r, which is taken as the distance from the beam on a detector that is not
 * tilted; not needed for other quantities.
 * @returns NaN where no angle has this value, or r is given without a distance.
 */
export function twoThetaOf(
  { quantity, factor, transform }: RadialFormula,
  value: number,
  dist: number | undefined,
): number {
  const plain = INVERSE[transform](value) / factor;
  if (quantity === "2th") return plain;
  if (quantity === "sin") return 2 * Math.asin(plain);
  return dist === undefined ? Number.NaN : Math.atan(plain / dist);
}
