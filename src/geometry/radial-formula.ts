/** Value of a radial quantity at distance `r` from the beam axis and `z` along it, both in metres. */
export type RadialFunction = (r: number, z: number) => number;

/** What a radial value is made from: r in metres, 2θ in radians, or sin θ. */
export const QUANTITIES = ["r", "2th", "sin"] as const;
/** What is done to it last. */
export const TRANSFORMS = ["none", "inverse", "square", "log1p", "asinh", "log", "log10"] as const;

/** A radial value as data, so that every engine computes the same: transform(factor × quantity). */
export interface RadialFormula {
  readonly quantity: (typeof QUANTITIES)[number];
  readonly factor: number;
  readonly transform: (typeof TRANSFORMS)[number];
}

const QUANTITY: Readonly<Record<RadialFormula["quantity"], RadialFunction>> = {
  r: (r) => r,
  "2th": (r, z) => Math.atan2(r, z),
  sin: (r, z) => Math.sin(0.5 * Math.atan2(r, z)),
};

const TRANSFORM: Readonly<Record<RadialFormula["transform"], (value: number) => number>> = {
  none: (value) => value,
  inverse: (value) => 1 / value,
  square: (value) => value * value,
  log1p: Math.log1p,
  asinh: Math.asinh,
  log: Math.log,
  log10: Math.log10,
};

/** A formula as a function. */
export function radialFunctionOf({ quantity, factor, transform }: RadialFormula): RadialFunction {
  const [quantityAt, transformed] = [QUANTITY[quantity], TRANSFORM[transform]];
  if (transform === "none") return (r, z) => factor * quantityAt(r, z);
  return (r, z) => transformed(factor * quantityAt(r, z));
}
