import type { Image } from "../array.js";

/** What is measured: counts, and which of them can be used. */
export interface Counts {
  readonly shape: readonly [rows: number, columns: number];
  /** 0 where invalid. */
  readonly data: Float32Array;
  /** 1 = usable. */
  readonly valid: Uint8Array;
}

const LARGEST: Readonly<Record<string, number>> = {
  Uint8Array: 255,
  Uint8ClampedArray: 255,
  Int8Array: 127,
  Uint16Array: 65535,
  Int16Array: 32767,
  Uint32Array: 4294967295,
  Int32Array: 2147483647,
};

/** Difference to neighbours, in standard errors of a count, of pixels that are hot or dead. */
const DEFECT = 6;

/**
 * The usable counts of an image: not masked, finite, not at the end of the type's range, neither hot
 * nor dead; nor whole numbers below zero, which mark gaps. Other negative ones are noise that is left
 * when a dark image was subtracted.
 */
export function usableCounts(
  { data, shape }: Image,
  masks: readonly (ArrayLike<number> | undefined)[],
): Counts {
  const counts = new Float32Array(data.length);
  const valid = new Uint8Array(data.length);
  const largest = LARGEST[data.constructor.name] ?? Infinity;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (!(Math.abs(value) < largest) || (value < 0 && Number.isInteger(value))) continue;
    counts[i] = value;
    valid[i] = 1;
  }
  for (const mask of masks) {
    if (mask === undefined) continue;
    for (let i = 0; i < valid.length; i++) {
      if (mask[i] === 0) continue;
      valid[i] = 0;
      counts[i] = 0;
    }
  }
  dropDefects(counts, valid, shape);
  return { shape: [shape[0], shape[1]], data: counts, valid };
}

/**
 * Drops pixels that stand out from all but one of their neighbours: a ring or a spot, however sharp,
 * raises two of them as well.
 */
function dropDefects(
  counts: Float32Array,
  valid: Uint8Array,
  [rows, columns]: readonly [number, number],
): void {
  const defects: number[] = [];
  for (let row = 1; row < rows - 1; row++) {
    for (let i = row * columns + 1; i < (row + 1) * columns - 1; i++) {
      if (valid[i] === 0) continue;
      const value = counts[i]!;
      // Of the four nearest alone most pixels are seen to be like others.
      const [a, b] = [counts[i - 1]!, counts[i + 1]!];
      const [c, d] = [counts[i - columns]!, counts[i + columns]!];
      const above =
        Number(a >= value) + Number(b >= value) + Number(c >= value) + Number(d >= value);
      const below =
        Number(a <= value) + Number(b <= value) + Number(c <= value) + Number(d <= value);
      if (above > 1 && below > 1) continue;
      if (isDefect(counts, valid, columns, i, above <= 1)) defects.push(i);
    }
  }
  for (const i of defects) {
    counts[i] = 0;
    valid[i] = 0;
  }
}

function isDefect(
  counts: Float32Array,
  valid: Uint8Array,
  columns: number,
  i: number,
  isHot: boolean,
): boolean {
  const sign = isHot ? 1 : -1;
  let [first, second, used] = [-Infinity, -Infinity, 0];
  for (let y = -columns; y <= columns; y += columns) {
    for (let j = i + y - 1; j <= i + y + 1; j++) {
      if (j === i || valid[j] === 0) continue;
      used++;
      const other = sign * counts[j]!;
      if (other > first) [first, second] = [other, first];
      else if (other > second) second = other;
    }
  }
  if (used < 4) return false;
  const [value, near] = [counts[i]!, sign * second];
  const [low, high] = isHot ? [near, value] : [value, near];
  return high + 1 > 1.5 * (low + 1) && stabilized(high) - stabilized(low) > DEFECT;
}

/** Counts with a standard error of 1 (Anscombe 1948, doi:10.1093/biomet/35.3-4.246). */
export function stabilized(count: number): number {
  return 2 * Math.sqrt(Math.max(count, 0) + 0.375);
}
