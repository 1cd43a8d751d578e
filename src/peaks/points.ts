import type { PeakPattern, PeakWeights } from "./options.js";
import type { WindowPoints } from "./window-model.js";

/** The first bin that is not below a value. */
export function firstBin(radial: ArrayLike<number>, value: number): number {
  let [low, high] = [0, radial.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (radial[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Room for the points of a window of some bins. */
export function newPoints(size: number): WindowPoints {
  const array = (): Float64Array => new Float64Array(size);
  return { count: 0, x: array(), y: array(), weight: array() };
}

/**
 * Takes the bins from `first` to before `end` that have a value, and with weights `"sigma"` a standard
 * error. An error of 0, of a bin that counted nothing, would outweigh all others: it becomes the least
 * one that is not 0.
 *
 * @param offset place of the pattern's first value in `intensity` and `sigma`.
 */
export function takePoints(
  { radial, intensity, sigma }: PeakPattern,
  [first, end]: readonly [number, number],
  weights: PeakWeights,
  out: WindowPoints,
  offset: number,
): void {
  const errors = weights === "sigma" ? sigma : undefined;
  let least = Number.POSITIVE_INFINITY;
  if (errors !== undefined) {
    for (let i = first; i < end; i++) {
      const error = errors[offset + i]!;
      if (error > 0 && error < least) least = error;
    }
  }
  out.count = 0;
  for (let i = first; i < end; i++) {
    const value = intensity[offset + i]!;
    if (!Number.isFinite(value)) continue;
    let weight = 1;
    if (errors !== undefined) {
      const error = errors[offset + i]!;
      weight = 1 / (error === 0 ? least : error);
      if (!(weight > 0)) continue;
    } else if (weights === "poisson") {
      weight = poissonWeight(value);
    }
    const at = out.count++;
    out.x[at] = radial[i]!;
    out.y[at] = value;
    out.weight[at] = weight;
  }
}

/** Of a number of counts that is expected; few are not more certain than one. */
export function poissonWeight(expected: number): number {
  return expected > 1 ? 1 / Math.sqrt(expected) : 1;
}
