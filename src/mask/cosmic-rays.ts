import type { Image } from "../array.js";
import { emptyMask, type Mask } from "./mask.js";

export interface CosmicRayOptions {
  /** Standard errors of the Laplacian above which a pixel is hit. Default 5. */
  readonly sigma?: number;
  /** How much sharper than what is round and smooth a hit is. Default 3. */
  readonly contrast?: number;
  /** Default 3. */
  readonly iterations?: number;
}

/**
 * Masks hits of cosmic rays by their sharp edges: the Laplacian of the image sampled twice as finely,
 * in units of noise, where it is far above what a smooth spot has (L.A.Cosmic, van Dokkum 2001,
 * doi:10.1086/323894). Counts are taken for photons.
 */
export function maskCosmicRays(image: Image, options: CosmicRayOptions = {}): Mask {
  const { sigma = 5, contrast = 3, iterations = 3 } = options;
  const { shape } = image;
  const data = Float32Array.from(image.data, (value) =>
    Number.isFinite(value) ? Math.max(value, 0) : 0,
  );
  const mask = emptyMask(shape);
  for (let pass = 0; pass < iterations; pass++) {
    const smoothed = medianFilter(data, shape, 2);
    const fine = medianFilter(data, shape, 1);
    const broad = medianFilter(fine, shape, 3);
    const edges = laplacian(data, shape);
    const ratio = edges.map((value, i) => value / (2 * Math.sqrt(Math.max(smoothed[i]!, 1))));
    const usual = medianFilter(ratio, shape, 2);
    let found = 0;
    for (let i = 0; i < data.length; i++) {
      const structure = Math.max(
        (fine[i]! - broad[i]!) / Math.sqrt(Math.max(smoothed[i]!, 1)),
        0.01,
      );
      if (
        ratio[i]! - usual[i]! <= sigma ||
        edges[i]! / Math.sqrt(Math.max(smoothed[i]!, 1)) / structure <= contrast
      )
        continue;
      if (mask.data[i] === 0) found++;
      mask.data[i] = 1;
    }
    if (found === 0) break;
    // The next pass sees what the hits hid.
    for (let i = 0; i < data.length; i++) if (mask.data[i] !== 0) data[i] = smoothed[i]!;
  }
  return mask;
}

/** Positive part of the Laplacian of quarters of pixels, averaged over each pixel. */
function laplacian(data: Float32Array, [rows, columns]: readonly [number, number]): Float32Array {
  const out = new Float32Array(data.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const i = row * columns + column;
      const value = data[i]!;
      const north = data[row > 0 ? i - columns : i]!;
      const south = data[row + 1 < rows ? i + columns : i]!;
      const west = data[column > 0 ? i - 1 : i]!;
      const east = data[column + 1 < columns ? i + 1 : i]!;
      // A quarter has two of its neighbours in the same pixel.
      let sum = 0;
      for (const vertical of [north, south]) {
        for (const horizontal of [west, east]) {
          sum += Math.max(2 * value - vertical - horizontal, 0);
        }
      }
      out[i] = sum / 4;
    }
  }
  return out;
}

/** Median over squares of 2·reach + 1 pixels, smaller at the edges. */
function medianFilter(
  data: Float32Array,
  [rows, columns]: readonly [number, number],
  reach: number,
): Float32Array {
  const out = new Float32Array(data.length);
  const window = new Float32Array((2 * reach + 1) ** 2);
  for (let row = 0; row < rows; row++) {
    const [top, bottom] = [Math.max(row - reach, 0), Math.min(row + reach, rows - 1)];
    for (let column = 0; column < columns; column++) {
      const [left, right] = [Math.max(column - reach, 0), Math.min(column + reach, columns - 1)];
      let count = 0;
      for (let y = top; y <= bottom; y++) {
        for (let x = left; x <= right; x++) window[count++] = data[y * columns + x]!;
      }
      out[row * columns + column] = select(window, count, count >> 1);
    }
  }
  return out;
}

/** The k-th smallest of the first `count` values, which are reordered (Hoare's quickselect). */
function select(values: Float32Array, count: number, k: number): number {
  let [low, high] = [0, count - 1];
  while (low < high) {
    const pivot = values[(low + high) >> 1]!;
    let [i, j] = [low, high];
    while (i <= j) {
      while (values[i]! < pivot) i++;
      while (values[j]! > pivot) j--;
      if (i <= j) [values[i], values[j]] = [values[j--]!, values[i++]!];
    }
    if (k <= j) high = j;
    else if (k >= i) low = i;
    else break;
  }
  return values[k]!;
}
