import type { Image, TypedArray } from "../array.js";
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
 * when a dark image was subtracted. Values of which several are one photon, or parts of it, are scaled
 * to photons, as their noise tells.
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
  const gain = gainOf(data, valid, shape[1]);
  if (gain !== 1) for (let i = 0; i < counts.length; i++) counts[i]! /= gain;
  const { hot, dead } = findDefects(counts, shape, valid);
  for (const i of [...hot, ...dead]) {
    valid[i] = 0;
    counts[i] = 0;
  }
  return { shape: [shape[0], shape[1]], data: counts, valid };
}

/** Gains between these are taken for 1: point spread and rings disturb the estimate. */
const USUAL_GAIN = [0.4, 2.5] as const;

/**
 * How much a photon counts: the variance over the mean, from the bends of neighbouring values. Whole
 * numbers below 1 a photon are taken for photons: few of them make many equal neighbours.
 */
function gainOf(data: TypedArray, valid: Uint8Array, columns: number): number {
  const ratios: number[] = [];
  let whole = true;
  const stride = Math.max(1, Math.floor(data.length / 40000));
  for (let i = columns + 1; i < data.length - 1; i += stride) {
    if (!(valid[i - 1]! & valid[i]! & valid[i + 1]!)) continue;
    const [a, b, c] = [data[i - 1]!, data[i]!, data[i + 1]!];
    if (!Number.isInteger(b)) whole = false;
    if (a + b + c > 0) ratios.push((a + c - 2 * b) ** 2 / (2 * (a + b + c)));
  }
  // The median of χ² with one degree of freedom is 0.455.
  const gain = (ratios.sort((a, b) => a - b)[ratios.length >> 1] ?? 0) / 0.455;
  if (gain > USUAL_GAIN[1]) return gain;
  return whole || gain >= USUAL_GAIN[0] || !(gain > 0) ? 1 : gain;
}
