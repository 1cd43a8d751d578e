import { OptionError } from "../errors.js";

/** Half of the widest window, as a part of the pattern, and its least number of bins. */
const USUAL_PART = 1 / 40;
const LEAST = 8;

/** Windows of so many bins take off the peaks of a usual pattern. */
export function usualSnipIterations(bins: number): number {
  return Math.max(LEAST, Math.round(bins * USUAL_PART));
}

/**
 * The background of a pattern: what remains where every bin is cut down to the mean of two bins beside
 * it, at a distance that falls from `iterations` to 1 bin; a peak goes where it is not much wider than
 * that. Bins without a value are filled from their neighbours first.
 *
 * @param iterations default a fortieth of the bins, 8 at least.
 * @throws OptionError for iterations that are no whole number from 1.
 * @see Ryan et al. 1988, doi:10.1016/0168-583X(88)90063-8, with its LLS operator; windows that become
 * smaller as in Morháč et al. 1997, doi:10.1016/S0168-9002(97)01023-1
 * @example const background = snipBackground(profile.intensity);
 */
export function snipBackground(
  intensity: ArrayLike<number>,
  iterations: number = usualSnipIterations(intensity.length),
): Float64Array {
  if (!Number.isInteger(iterations) || iterations < 1) {
    const message = `is to be a whole number from 1, not ${iterations}`;
    throw new OptionError("iterations", iterations, message);
  }
  const values = withoutGaps(intensity);
  const count = values.length;
  const floor = values.reduce((least, value) => Math.min(least, value), 0);
  let v = values.map((value) => Math.log1p(Math.log1p(Math.sqrt(value - floor))));
  let next = v.slice();
  for (let p = Math.min(iterations, (count - 1) >> 1); p >= 1; p--) {
    for (let i = p; i < count - p; i++) {
      const mean = (v[i - p]! + v[i + p]!) / 2;
      next[i] = mean < v[i]! ? mean : v[i]!;
    }
    // Within p bins of an end, there is no window of this size.
    for (let i = 0; i < p; i++) {
      next[i] = v[i]!;
      next[count - 1 - i] = v[count - 1 - i]!;
    }
    [v, next] = [next, v];
  }
  return v.map((value) => Math.expm1(Math.expm1(value)) ** 2 + floor);
}

/** A copy in which bins without a value lie on the line between their neighbours; 0 if there is none. */
function withoutGaps(intensity: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(intensity);
  let before = -1;
  for (let i = 0; i <= values.length; i++) {
    if (i < values.length && !Number.isFinite(values[i]!)) continue;
    if (i - before > 1) {
      const left = values[before] ?? values[i] ?? 0;
      const right = values[i] ?? left;
      for (let k = before + 1; k < i; k++) {
        values[k] = left + ((right - left) * (k - before)) / (i - before);
      }
    }
    before = i;
  }
  return values;
}
