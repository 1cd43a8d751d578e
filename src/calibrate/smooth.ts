/** Blurs an image by a Gaussian of `sigma` pixels; `scratch` and `out` are of its size. */
export function smooth(
  data: Float32Array,
  [rows, columns]: readonly [number, number],
  sigma: number,
  scratch: Float32Array,
  out: Float32Array,
): void {
  const kernel = gaussian(sigma);
  const reach = kernel.length - 1;
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    const end = start + columns;
    for (let i = start; i < end; i++) {
      let sum = kernel[0]! * data[i]!;
      if (i - reach >= start && i + reach < end) {
        for (let k = 1; k <= reach; k++) sum += kernel[k]! * (data[i - k]! + data[i + k]!);
      } else {
        for (let k = 1; k <= reach; k++) {
          sum += kernel[k]! * (data[Math.max(i - k, start)]! + data[Math.min(i + k, end - 1)]!);
        }
      }
      scratch[i] = sum;
    }
  }
  const line = new Float64Array(columns);
  for (let row = 0; row < rows; row++) {
    const start = row * columns;
    for (let j = 0; j < columns; j++) line[j] = kernel[0]! * scratch[start + j]!;
    for (let k = 1; k <= reach; k++) {
      const weight = kernel[k]!;
      const above = Math.max(row - k, 0) * columns;
      const below = Math.min(row + k, rows - 1) * columns;
      for (let j = 0; j < columns; j++) {
        line[j]! += weight * (scratch[above + j]! + scratch[below + j]!);
      }
    }
    for (let j = 0; j < columns; j++) out[start + j] = line[j]!;
  }
}

/** One half of a Gaussian, its middle first; the whole sums to 1. */
function gaussian(sigma: number): Float64Array {
  const half = Float64Array.from({ length: Math.ceil(3 * sigma) + 1 }, (_, k) =>
    Math.exp(-0.5 * (k / sigma) ** 2),
  );
  const sum = 2 * half.reduce((total, value) => total + value, 0) - half[0]!;
  return half.map((value) => value / sum);
}
