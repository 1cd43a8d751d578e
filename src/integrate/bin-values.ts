// One loop for each quantity: a function called for every bin would cost more than the division.

/** signal / normalization in bins that hold pixels, `empty` in the others. */
export function meanIntensity(
  count: Float64Array,
  signal: Float64Array,
  normalization: Float64Array,
  empty: number,
): Float64Array {
  const mean = new Float64Array(count.length);
  for (let bin = 0; bin < mean.length; bin++) {
    mean[bin] = count[bin]! > 0 ? signal[bin]! / normalization[bin]! : empty;
  }
  return mean;
}

/** √variance / |normalization|: the standard error of the mean. */
export function standardError(
  count: Float64Array,
  variance: Float64Array,
  normalization: Float64Array,
  empty: number,
): Float64Array {
  const sigma = new Float64Array(count.length);
  for (let bin = 0; bin < sigma.length; bin++) {
    const root = Math.sqrt(variance[bin]!);
    sigma[bin] = count[bin]! > 0 ? root / Math.abs(normalization[bin]!) : empty;
  }
  return sigma;
}

/** √(variance / Σ normalization²): the standard deviation of a pixel. */
export function pixelDeviation(
  count: Float64Array,
  variance: Float64Array,
  normalization2: Float64Array,
  empty: number,
): Float64Array {
  const std = new Float64Array(count.length);
  for (let bin = 0; bin < std.length; bin++) {
    std[bin] = count[bin]! > 0 ? Math.sqrt(variance[bin]! / normalization2[bin]!) : empty;
  }
  return std;
}
