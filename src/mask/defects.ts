import type { Image } from "../array.js";
import { emptyMask, type Mask } from "./mask.js";

/** Pixels that cannot be what light made. */
export interface DefectivePixels {
  readonly hot: readonly number[];
  readonly dead: readonly number[];
}

/** Difference to neighbours, in standard errors of a count, of pixels that are hot or dead. */
const SIGNIFICANT = 6;

/**
 * Pixels that stand out from all but one of their neighbours: a ring or a spot, however sharp, raises
 * two of them as well.
 *
 * @param valid 0 = not to be looked at, and no neighbour
 */
export function findDefects(
  data: ArrayLike<number>,
  [rows, columns]: readonly [number, number],
  valid: Uint8Array,
): DefectivePixels {
  const hot: number[] = [];
  const dead: number[] = [];
  for (let row = 1; row < rows - 1; row++) {
    for (let i = row * columns + 1; i < (row + 1) * columns - 1; i++) {
      if (valid[i] === 0) continue;
      const value = data[i]!;
      // Of the four nearest alone most pixels are seen to be like others.
      const [a, b] = [data[i - 1]!, data[i + 1]!];
      const [c, d] = [data[i - columns]!, data[i + columns]!];
      const above =
        Number(a >= value) + Number(b >= value) + Number(c >= value) + Number(d >= value);
      const below =
        Number(a <= value) + Number(b <= value) + Number(c <= value) + Number(d <= value);
      if (above <= 1 && isDefect(data, valid, columns, i, 1)) hot.push(i);
      else if (below <= 1 && isDefect(data, valid, columns, i, -1)) dead.push(i);
    }
  }
  return { hot, dead };
}

/** Masks pixels that count far more than their neighbours. */
export function maskHot(image: Image): Mask {
  return maskOf(image, defectsOf(image).hot);
}

/** Masks pixels that count far less than their neighbours, and rows and columns that are 0 throughout. */
export function maskDead(image: Image): Mask {
  const mask = maskOf(image, defectsOf(image).dead);
  const { data, shape } = image;
  const [rows, columns] = shape;
  const lit = { rows: new Uint8Array(rows), columns: new Uint8Array(columns) };
  for (let i = 0; i < data.length; i++) {
    if (!(data[i]! > 0)) continue;
    lit.rows[Math.floor(i / columns)] = 1;
    lit.columns[i % columns] = 1;
  }
  for (let i = 0; i < data.length; i++) {
    if (!lit.rows[Math.floor(i / columns)] || !lit.columns[i % columns]) mask.data[i] = 1;
  }
  return mask;
}

function defectsOf({ data, shape }: Image): DefectivePixels {
  const valid = Uint8Array.from(data, (value) => (value >= 0 && value < Infinity ? 1 : 0));
  return findDefects(data, shape, valid);
}

function maskOf({ shape }: Image, pixels: readonly number[]): Mask {
  const mask = emptyMask(shape);
  for (const i of pixels) mask.data[i] = 1;
  return mask;
}

function isDefect(
  data: ArrayLike<number>,
  valid: Uint8Array,
  columns: number,
  i: number,
  sign: 1 | -1,
): boolean {
  let [first, second, used] = [-Infinity, -Infinity, 0];
  for (let y = -columns; y <= columns; y += columns) {
    for (let j = i + y - 1; j <= i + y + 1; j++) {
      if (j === i || valid[j] === 0) continue;
      used++;
      const other = sign * data[j]!;
      if (other > first) [first, second] = [other, first];
      else if (other > second) second = other;
    }
  }
  if (used < 4) return false;
  const [value, near] = [data[i]!, sign * second];
  const [low, high] = sign > 0 ? [near, value] : [value, near];
  return high + 1 > 1.5 * (low + 1) && stabilized(high) - stabilized(low) > SIGNIFICANT;
}

/** Counts with a standard error of 1 (Anscombe 1948, doi:10.1093/biomet/35.3-4.246). */
export function stabilized(count: number): number {
  return 2 * Math.sqrt(Math.max(count, 0) + 0.375);
}
