import type { PixelBins } from "../../pixel-bins.js";

/** Σ c·value of the pixels in each bin, c being the fraction of a pixel in the bin. */
export function binSums(
  { bins, start, bin, weight }: PixelBins,
  values: Float64Array,
): Float64Array {
  const sums = new Float64Array(bins);
  let entry = 0;
  for (let pixel = 0; pixel < values.length; pixel++) {
    const value = values[pixel]!;
    const end = start[pixel + 1]!;
    for (; entry < end; entry++) sums[bin[entry]!]! += weight[entry]! * value;
  }
  return sums;
}

/** Σ c²·value of the pixels in each bin. */
export function binSquareSums(
  { bins, start, bin, weight }: PixelBins,
  values: Float64Array,
): Float64Array {
  const sums = new Float64Array(bins);
  let entry = 0;
  for (let pixel = 0; pixel < values.length; pixel++) {
    const value = values[pixel]!;
    const end = start[pixel + 1]!;
    for (; entry < end; entry++) {
      const c = weight[entry]!;
      sums[bin[entry]!]! += c * c * value;
    }
  }
  return sums;
}

/**
 * Σ c²·(signal − mean·normalization)² of the pixels in each bin: the variance that the scatter of
 * pixels around their bin's mean tells.
 */
export function azimuthalVarianceSums(
  { bins, start, bin, weight }: PixelBins,
  signal: Float64Array,
  normalization: Float64Array,
  mean: Float64Array,
): Float64Array {
  const sums = new Float64Array(bins);
  for (let pixel = 0; pixel < signal.length; pixel++) {
    for (let entry = start[pixel]!; entry < start[pixel + 1]!; entry++) {
      // An invalid pixel has neither signal nor normalization, so that it adds nothing.
      if (normalization[pixel] === 0) continue;
      const deviation =
        weight[entry]! * (signal[pixel]! - mean[bin[entry]!]! * normalization[pixel]!);
      sums[bin[entry]!]! += deviation * deviation;
    }
  }
  return sums;
}
