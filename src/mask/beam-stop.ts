import type { Image } from "../array.js";
import { emptyMask, type Mask } from "./mask.js";
import type { Point } from "./shapes.js";

/** A pixel is in the shadow where it and its neighbours are below this part of what is usual so far out. */
const DARK = 0.4;

/**
 * Masks a beam stop and its arm: the dark pixels that hang together with the beam's centre.
 *
 * Dark is what is well below the median of the pixels as far from the centre; of the disc itself, what
 * is below the brightest median near it.
 */
export function maskBeamStop(image: Image, center: Point): Mask {
  const { data, shape } = image;
  const [rows, columns] = shape;
  const usual = usualByRadius(image, center);
  const mask = emptyMask(shape);
  const isDark = (i: number): boolean => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const radius = Math.hypot(row - center[1], column - center[0]);
    let [sum, count] = [0, 0];
    for (let y = Math.max(row - 1, 0); y <= Math.min(row + 1, rows - 1); y++) {
      for (let x = Math.max(column - 1, 0); x <= Math.min(column + 1, columns - 1); x++) {
        const value = data[y * columns + x]!;
        if (!(value >= 0)) continue;
        sum += value;
        count++;
      }
    }
    return (
      count === 0 || sum / count < DARK * usual[Math.min(Math.round(radius), usual.length - 1)]!
    );
  };
  const start = Math.round(center[1]) * columns + Math.round(center[0]);
  const inImage =
    center[0] > -0.5 && center[0] < columns - 0.5 && center[1] > -0.5 && center[1] < rows - 0.5;
  const open = inImage && isDark(start) ? [start] : [];
  for (const i of open) mask.data[i] = 1;
  while (open.length > 0) {
    const i = open.pop()!;
    const column = i % columns;
    for (const j of [
      i - columns,
      i + columns,
      column > 0 ? i - 1 : -1,
      column + 1 < columns ? i + 1 : -1,
    ]) {
      if (j < 0 || j >= data.length || mask.data[j] !== 0 || !isDark(j)) continue;
      mask.data[j] = 1;
      open.push(j);
    }
  }
  return mask;
}

/** Median of the pixels at each distance; near the centre at least the largest of those around the disc. */
function usualByRadius({ data, shape }: Image, center: Point): Float64Array {
  const [rows, columns] = shape;
  const size = Math.ceil(Math.hypot(rows, columns)) + 1;
  const values: number[][] = Array.from({ length: size }, () => []);
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (!(value >= 0 && value < Infinity)) continue;
    const radius = Math.hypot(Math.floor(i / columns) - center[1], (i % columns) - center[0]);
    values[Math.min(Math.round(radius), size - 1)]!.push(value);
  }
  const medians = Float64Array.from(values, (list) => {
    return list.sort((a, b) => a - b)[list.length >> 1] ?? 0;
  });
  const inner = Math.round(0.1 * Math.max(rows, columns));
  const near = medians.slice(0, inner).sort();
  const bright = near[Math.floor(0.75 * near.length)] ?? 0;
  for (let r = 0; r < inner; r++) medians[r] = Math.max(medians[r]!, bright);
  return medians;
}
