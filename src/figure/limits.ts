import type { TypedArray } from "../array.js";
import type { ScaleName } from "./scale.js";

/** More values than this are thinned out: limits of a picture need not be exact. */
const MOST = 200_000;

/**
 * Limits for display: percentiles of the values that are there, so that a few hot pixels do not
 * darken the rest. On a logarithmic scale only values above 0 count.
 *
 * @param counts tells whether a pixel counts; default: all that are finite
 */
export function displayLimits(
  data: TypedArray,
  scale: ScaleName,
  percentiles: readonly [low: number, high: number] = [0.5, 99.8],
  counts: (index: number) => boolean = () => true,
): [low: number, high: number] {
  const step = Math.ceil(data.length / MOST);
  const found: number[] = [];
  for (let i = 0; i < data.length; i += step) {
    const value = data[i]!;
    if (Number.isFinite(value) && (scale !== "log" || value > 0) && counts(i)) found.push(value);
  }
  if (found.length === 0) return scale === "log" ? [1, 10] : [0, 1];
  const sorted = Float64Array.from(found).sort();
  const at = (percent: number) => sorted[Math.round((percent / 100) * (sorted.length - 1))]!;
  return [at(percentiles[0]), at(percentiles[1])];
}
