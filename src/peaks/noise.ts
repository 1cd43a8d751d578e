import type { PeakPattern } from "./options.js";

/** The median of |second difference| of three values of unit variance: 0.6745·√6. */
const MEDIAN_DIFFERENCE = 0.6745 * Math.sqrt(6);
/** Bins on both sides whose differences tell the noise of one. */
const REACH = 50;

/**
 * The standard error of each bin: the pattern's, or what its neighbourhood scatters by, which is more
 * where there is more background.
 */
export function noiseOf({ intensity, sigma }: PeakPattern): Float64Array {
  const count = intensity.length;
  if (sigma !== undefined) {
    return Float64Array.from({ length: count }, (_, i) => sigma[i]!);
  }
  const differences = Float64Array.from({ length: count }, (_, i) =>
    Math.abs(intensity[i - 1]! - 2 * intensity[i]! + intensity[i + 1]!),
  );
  const noise = new Float64Array(count);
  for (let first = 0; first < count; first += REACH) {
    const [from, to] = [Math.max(0, first - REACH), Math.min(count, first + 2 * REACH)];
    const known = differences.slice(from, to).filter(Number.isFinite).sort();
    const median = known.length === 0 ? Number.NaN : known[known.length >> 1]!;
    noise.fill(median / MEDIAN_DIFFERENCE, first, Math.min(count, first + REACH));
  }
  return noise;
}
