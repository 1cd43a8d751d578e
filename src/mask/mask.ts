import type { Image } from "../array.js";
import { ShapeError } from "../errors.js";

/** A mask: 1 = masked, 0 = used; of the shape of its image. */
export type Mask = Image<Uint8Array>;

/** A mask that masks nothing. */
export function emptyMask([rows, columns]: readonly [number, number]): Mask {
  return { data: new Uint8Array(rows * columns), shape: [rows, columns] };
}

/** Any image as a mask: masked where it is not zero. */
export function toMask({ data, shape }: Image): Mask {
  return { data: Uint8Array.from(data, (value) => (value === 0 ? 0 : 1)), shape: [...shape] };
}

/** Masked where any of the masks is. */
export function combineMasks(first: Image, ...others: readonly Image[]): Mask {
  const result = toMask(first);
  for (const mask of others) {
    requireSame(result, mask);
    for (let i = 0; i < result.data.length; i++) if (mask.data[i] !== 0) result.data[i] = 1;
  }
  return result;
}

/** Masked where the first mask is and the others are not: `others` are unmasked. */
export function unmask(first: Image, ...others: readonly Image[]): Mask {
  const result = toMask(first);
  for (const mask of others) {
    requireSame(result, mask);
    for (let i = 0; i < result.data.length; i++) if (mask.data[i] !== 0) result.data[i] = 0;
  }
  return result;
}

/** Masked where the mask is not. */
export function invertMask({ data, shape }: Image): Mask {
  return { data: Uint8Array.from(data, (value) => (value === 0 ? 1 : 0)), shape: [...shape] };
}

/** Part of the pixels that are masked, 0 to 1. */
export function maskedFraction({ data }: Image): number {
  let count = 0;
  for (let i = 0; i < data.length; i++) if (data[i] !== 0) count++;
  return count / data.length;
}

function requireSame({ shape }: Image, mask: Image): void {
  if (mask.shape[0] !== shape[0] || mask.shape[1] !== shape[1]) {
    throw new ShapeError("mask", shape, mask.shape, "combine masks of one detector");
  }
}
