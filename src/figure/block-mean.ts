import type { Image, TypedArray } from "../array.js";

/**
 * An image with a pixel for each square of `factor` × `factor`, their mean; those that are masked or not
 * finite do not count, and where none does it is NaN. At the right and the bottom, squares may be cut off.
 *
 * An image that has nothing to leave out keeps its own numbers with a factor of 1.
 *
 * @param mask non-zero = masked.
 */
export function blockMean(image: Image, factor: number, mask?: ArrayLike<number>): Image {
  const { data, shape } = image;
  const [rows, columns] = shape;
  if (factor === 1) return mask === undefined ? { data, shape } : masked(data, shape, mask);
  const across = Math.ceil(columns / factor);
  const small: [number, number] = [Math.ceil(rows / factor), across];
  const sums = new Float64Array(across);
  const counts = new Int32Array(across);
  const means = new Float32Array(small[0] * across);
  for (let block = 0; block < small[0]; block++) {
    sums.fill(0);
    counts.fill(0);
    const end = Math.min(rows, (block + 1) * factor);
    for (let row = block * factor; row < end; row++) addRow(row * columns);
    for (let i = 0; i < across; i++) means[block * across + i] = sums[i]! / counts[i]!;
  }
  return { data: means, shape: small };

  function addRow(start: number): void {
    for (let i = 0, at = start; i < across; i++) {
      const last = Math.min(start + columns, at + factor);
      for (; at < last; at++) {
        const value = data[at]!;
        // NaN and infinities differ from themselves less themselves.
        if (value - value !== 0 || (mask !== undefined && mask[at] !== 0)) continue;
        sums[i]! += value;
        counts[i]!++;
      }
    }
  }
}

function masked(data: TypedArray, shape: [number, number], mask: ArrayLike<number>): Image {
  const copy = Float32Array.from(data);
  for (let i = 0; i < copy.length; i++) if (mask[i] !== 0) copy[i] = Number.NaN;
  return { data: copy, shape };
}
