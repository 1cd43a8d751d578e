import type { PixelBins } from "../../pixel-bins.js";

/** Arrays that sums read as they are: V8 compiles one fast loop for up to four kinds, not for all. */
export type SummedArray = Float64Array | Uint16Array | Int32Array;

/** Σ c·value of the pixels in each bin, c being the fraction of a pixel in the bin. */
export function binSums(
  { bins, start, bin, weight, nextWeight }: PixelBins,
  values: SummedArray,
): Float64Array {
  const sums = new Float64Array(bins + 1);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const value = values[pixel]!;
    const end = start[pixel + 1]!;
    for (let pair = start[pixel]!; pair < end; pair++) {
      const b = bin[pair]!;
      sums[b]! += weight[pair]! * value;
      sums[b + 1]! += nextWeight[pair]! * value;
    }
  }
  return sums.slice(0, bins);
}

/** Σ c²·value of the pixels in each bin. */
export function binSquareSums(
  { bins, start, bin, weight, nextWeight }: PixelBins,
  values: Float64Array,
): Float64Array {
  const sums = new Float64Array(bins + 1);
  for (let pixel = 0; pixel < values.length; pixel++) {
    const value = values[pixel]!;
    const end = start[pixel + 1]!;
    for (let pair = start[pixel]!; pair < end; pair++) {
      const b = bin[pair]!;
      sums[b]! += weight[pair]! ** 2 * value;
      sums[b + 1]! += nextWeight[pair]! ** 2 * value;
    }
  }
  return sums.slice(0, bins);
}

/**
 * Σ c²·(signal − mean·normalization)² of the pixels in each bin: the variance that the scatter of
 * pixels around their bin's mean tells.
 */
export function azimuthalVarianceSums(
  { bins, start, bin, weight, nextWeight }: PixelBins,
  signal: SummedArray,
  normalization: Float64Array,
  mean: Float64Array,
): Float64Array {
  const sums = new Float64Array(bins);
  const add = (b: number, c: number, pixel: number): void => {
    // A pair's second weight may be 0 only because nothing lies there.
    if (c === 0) return;
    sums[b]! += (c * (signal[pixel]! - mean[b]! * normalization[pixel]!)) ** 2;
  };
  for (let pixel = 0; pixel < signal.length; pixel++) {
    // An invalid pixel has neither signal nor normalization.
    if (normalization[pixel] === 0) continue;
    for (let pair = start[pixel]!; pair < start[pixel + 1]!; pair++) {
      add(bin[pair]!, weight[pair]!, pixel);
      add(bin[pair]! + 1, nextWeight[pair]!, pixel);
    }
  }
  return sums;
}
