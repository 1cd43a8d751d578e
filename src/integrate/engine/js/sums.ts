import type { PixelBins } from "../../pixel-bins.js";

/** Arrays that sums read as they are: V8 compiles one fast loop for up to four kinds, not for all. */
export type SummedArray = Float64Array | Uint16Array | Int32Array;

/** Σ c·value of the pixels in each bin, c being the fraction of a pixel in the bin. */
export function binSums(
  { bins, pixel, bin, weight, nextWeight }: PixelBins,
  values: SummedArray,
): Float64Array {
  const sums = new Float64Array(bins + 1);
  for (let pair = 0; pair < pixel.length; pair++) {
    const value = values[pixel[pair]!]!;
    const b = bin[pair]!;
    sums[b]! += weight[pair]! * value;
    sums[b + 1]! += nextWeight[pair]! * value;
  }
  return sums.slice(0, bins);
}

/** Σ c²·value of the pixels in each bin. */
export function binSquareSums(
  { bins, pixel, bin, weight, nextWeight }: PixelBins,
  values: Float64Array,
): Float64Array {
  const sums = new Float64Array(bins + 1);
  for (let pair = 0; pair < pixel.length; pair++) {
    const value = values[pixel[pair]!]!;
    const b = bin[pair]!;
    const [c, next] = [weight[pair]!, nextWeight[pair]!];
    sums[b]! += c * c * value;
    sums[b + 1]! += next * next * value;
  }
  return sums.slice(0, bins);
}

/**
 * Σ c²·(signal − mean·normalization)² of the pixels in each bin: the variance that the scatter of
 * pixels around their bin's mean tells.
 */
export function azimuthalVarianceSums(
  { bins, pixel, bin, weight, nextWeight }: PixelBins,
  signal: SummedArray,
  normalization: Float64Array,
  mean: Float64Array,
): Float64Array {
  const sums = new Float64Array(bins);
  for (let pair = 0; pair < pixel.length; pair++) {
    const p = pixel[pair]!;
    // An invalid pixel has neither signal nor normalization.
    if (normalization[p] === 0) continue;
    for (let i = 0; i < 2; i++) {
      const c = i === 0 ? weight[pair]! : nextWeight[pair]!;
      const b = bin[pair]! + i;
      // A bin that nothing reaches has no mean.
      if (c > 0) sums[b]! += (c * (signal[p]! - mean[b]! * normalization[p]!)) ** 2;
    }
  }
  return sums;
}
