import type { Image } from "../array.js";
import { findDefects } from "../mask/defects.js";
import { largestValue } from "../mask/saturated.js";

/** What is measured: counts, and which of them can be used. */
export interface Counts {
  readonly shape: readonly [rows: number, columns: number];
  /** 0 where invalid. */
  readonly data: Float32Array;
  /** 1 = usable. */
  readonly valid: Uint8Array;
}

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
  const largest = largestValue(data);
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
  const { hot, dead } = findDefects(counts, shape, valid);
  for (const i of [...hot, ...dead]) {
    valid[i] = 0;
    counts[i] = 0;
  }
  return { shape: [shape[0], shape[1]], data: counts, valid };
}
