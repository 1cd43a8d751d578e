import type { WindowPoints } from "./window-model.js";

/** Part of a window at each end that begins as its background. */
const END = 0.1;
/** Area over height times width, between a Gaussian's 1.06 and a Lorentzian's 1.57. */
const FULLNESS = 1.3;

/** What a peak's fit begins with. */
export interface StartValues {
  readonly center: number;
  readonly fwhm: number;
  readonly area: number;
}

/** A straight line through both ends of a window, where it begins. */
export function startLine({ count, x, y }: WindowPoints): (place: number) => number {
  const part = Math.max(1, Math.round(END * count));
  const mean = (values: Float64Array, from: number): number => {
    let sum = 0;
    for (let i = from; i < from + part; i++) sum += values[i]!;
    return sum / part;
  };
  const [left, right] = [mean(x, 0), mean(x, count - part)];
  const base = mean(y, 0);
  const slope = right > left ? (mean(y, count - part) - base) / (right - left) : 0;
  return (place) => base + slope * (place - left);
}

/** The highest point of a range, of means of three points, so that one that scatters is not it. */
export function highestPoint(
  { count, x, y }: WindowPoints,
  [low, high]: readonly [number, number],
  line: (place: number) => number,
): number {
  let [best, top] = [-1, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < count; i++) {
    if (x[i]! < low || x[i]! > high) continue;
    const [before, after] = [Math.max(0, i - 1), Math.min(count - 1, i + 1)];
    const value = (y[before]! + 2 * y[i]! + y[after]!) / 4 - line(x[i]!);
    if (value > top) [best, top] = [i, value];
  }
  return best;
}

/** Width and area of the peak at a point, above a line: from where it falls below half its height. */
export function startValues(
  { count, x, y }: WindowPoints,
  at: number,
  line: (place: number) => number,
): StartValues {
  const height = y[at]! - line(x[at]!);
  const step = Math.abs(x[count - 1]! - x[0]!) / Math.max(1, count - 1);
  const flank = (direction: 1 | -1): number => {
    const isLow = (i: number): boolean => y[i]! - line(x[i]!) < height / 2;
    for (let i = at + direction; i >= 0 && i < count; i += direction) {
      // One point may be low by chance.
      const next = i + direction;
      if (isLow(i) && (next < 0 || next >= count || isLow(next))) {
        return Math.abs(x[i]! - x[at]!) - step / 2;
      }
    }
    return Number.POSITIVE_INFINITY;
  };
  const [left, right] = [flank(-1), flank(1)];
  const half = Math.min(left, right);
  const whole = Math.abs(left - right) < half ? left + right : 2 * half;
  const fwhm = Number.isFinite(whole) ? Math.max(whole, 1.5 * step) : (count * step) / 4;
  return { center: x[at]!, fwhm, area: FULLNESS * height * fwhm };
}
