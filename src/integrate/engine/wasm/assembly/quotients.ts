// What a result tells of its bins besides sums: the formulas of integrate/bin-values.ts, two bins at a
// time. `from` is even, and arrays end with a bin to spare.

/** Takes what is at `less`, where that is not 0, from the sums; the means, Σ / norm, into `out`. */
export function finishMeans(
  from: i32, to: i32, sums: usize, less: usize, norm: usize, count: usize, empty: f64, out: usize,
): void {
  for (let bin = <usize>from << 3; bin < <usize>to << 3; bin += 16) {
    const sum = reduced(sums + bin, less, bin);
    fill(out + bin, f64x2.div(sum, v128.load(norm + bin)), count + bin, empty);
  }
}

/** The same with variances; √variance / |norm| into `sigma`, √(variance / Σ norm²) into `std`. */
export function finishErrors(
  from: i32, to: i32, variances: usize, less: usize, norm: usize, norm2: usize, count: usize,
  empty: f64, sigma: usize, std: usize,
): void {
  for (let bin = <usize>from << 3; bin < <usize>to << 3; bin += 16) {
    const variance = reduced(variances + bin, less, bin);
    const error = f64x2.div(f64x2.sqrt(variance), f64x2.abs(v128.load(norm + bin)));
    fill(sigma + bin, error, count + bin, empty);
    const deviation = f64x2.sqrt(f64x2.div(variance, v128.load(norm2 + bin)));
    fill(std + bin, deviation, count + bin, empty);
  }
}

// @ts-expect-error: decorator
@inline
function reduced(values: usize, less: usize, bin: usize): v128 {
  let value = v128.load(values);
  if (less != 0) {
    value = f64x2.sub(value, v128.load(less + bin));
    v128.store(values, value);
  }
  return value;
}

/** Stores values of bins that have pixels, `empty` for others. */
// @ts-expect-error: decorator
@inline
function fill(out: usize, value: v128, count: usize, empty: f64): void {
  const hasPixels = f64x2.gt(v128.load(count), f64x2.splat(0));
  v128.store(out, v128.bitselect(value, f64x2.splat(empty), hasPixels));
}
