import type { Image, TypedArray } from "../../src/array.js";

/** An image as it is drawn: NaN where there is nothing to draw. */
export interface Raster {
  readonly data: Float32Array;
  readonly shape: readonly [rows: number, columns: number];
  /** The same at half the size, a quarter, … as far as they were needed. */
  readonly smaller: Raster[];
}

/** How pixels that fall together are united. */
export type Union = "mean" | "max";

/** Prepares an image for drawing; `mask`: non-zero = nothing to draw, as NaN and ±Infinity are. */
export function rasterOf({ data, shape }: Image, mask?: TypedArray): Raster {
  const values = Float32Array.from(data);
  for (let i = 0; i < values.length; i++) {
    if ((mask !== undefined && mask[i] !== 0) || !Number.isFinite(values[i]!)) values[i] = NaN;
  }
  return { data: values, shape, smaller: [] };
}

/** What a sample beyond the edges of an image is. */
export const OUTSIDE: number = -Infinity;

/** A part of an image: edges in pixels, the first pixel from 0 to 1. */
export interface Window {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * The pixels of a screen that shows a part of an image: the nearest where the image is magnified, the
 * union of all below where it is reduced; `OUTSIDE` beyond its edges.
 *
 * @param out `height × width`, written.
 */
export function sampleRaster(
  raster: Raster,
  window: Window,
  [height, width]: readonly [number, number],
  union: Union,
  out: Float32Array,
): void {
  const tall = Math.abs(window.bottom - window.top) / height;
  const wide = Math.abs(window.right - window.left) / width;
  const reduced = Math.floor(Math.log2(Math.min(tall, wide))) - 1;
  const { source, size } = levelOf(raster, union === "mean" ? reduced : 0);
  const [rows, columns] = raster.shape.map((pixels) => pixels / size) as [number, number];
  const ys = steps(window.top / size, window.bottom / size, height, rows);
  const xs = steps(window.left / size, window.right / size, width, columns);
  const stride = source.shape[1];
  const { data } = source;
  for (let y = 0, i = 0; y < height; y++) {
    const [y0, y1] = [ys[2 * y]!, ys[2 * y + 1]!];
    for (let x = 0; x < width; x++, i++) {
      const [x0, x1] = [xs[2 * x]!, xs[2 * x + 1]!];
      if (y0 === y1 || x0 === x1) out[i] = OUTSIDE;
      else
        out[i] =
          y1 - y0 === 1 && x1 - x0 === 1
            ? data[y0 * stride + x0]!
            : uniteBox(data, stride, y0, y1, x0, x1, union);
    }
  }
}

/**
 * First and last pixel (exclusive) below each step of a screen; none beyond the edges, the last of
 * which may lie within a pixel.
 */
function steps(from: number, to: number, count: number, edge: number): Int32Array {
  const most = Math.ceil(edge);
  const found = new Int32Array(2 * count);
  const size = (to - from) / count;
  for (let i = 0; i < count; i++) {
    const [a, b] = [from + i * size, from + (i + 1) * size];
    const [low, high] = a < b ? [a, b] : [b, a];
    const middle = Math.floor((a + b) / 2);
    if (middle < 0 || (a + b) / 2 >= edge) continue;
    const first = Math.max(0, Math.round(low));
    const end = high > edge - 1e-6 ? most : Math.round(high);
    found[2 * i] = end > first ? first : middle;
    found[2 * i + 1] = end > first ? end : middle + 1;
  }
  return found;
}

function uniteBox(
  data: Float32Array,
  columns: number,
  y0: number,
  y1: number,
  x0: number,
  x1: number,
  union: Union,
): number {
  let sum = 0;
  let count = 0;
  let largest = -Infinity;
  for (let y = y0; y < y1; y++) {
    const end = y * columns + x1;
    for (let i = y * columns + x0; i < end; i++) {
      const value = data[i]!;
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
      if (value > largest) largest = value;
    }
  }
  if (count === 0) return Number.NaN;
  return union === "mean" ? sum / count : largest;
}

/** The raster halved so many times, and how many pixels one of its own is wide and high. */
function levelOf(raster: Raster, level: number): { source: Raster; size: number } {
  let [source, size] = [raster, 1];
  for (let i = 0; i < level && source.shape[0] >= 4 && source.shape[1] >= 4; i++) {
    raster.smaller[i] ??= halved(source);
    source = raster.smaller[i]!;
    size *= 2;
  }
  return { source, size };
}

/** The last row or column of an odd number stays, as wide as half of the others. */
function halved({ data, shape }: Raster): Raster {
  const [rows, columns] = [(shape[0] + 1) >> 1, (shape[1] + 1) >> 1];
  const half = new Float32Array(rows * columns);
  for (let row = 0, i = 0; row < rows; row++) {
    const [top, bottom] = [2 * row, Math.min(2 * row + 2, shape[0])];
    for (let column = 0; column < columns; column++, i++) {
      const right = Math.min(2 * column + 2, shape[1]);
      half[i] = uniteBox(data, shape[1], top, bottom, 2 * column, right, "mean");
    }
  }
  return { data: half, shape: [rows, columns], smaller: [] };
}
