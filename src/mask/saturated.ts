import type { Image, TypedArray } from "../array.js";
import { OptionError } from "../errors.js";
import type { Mask } from "./mask.js";

/** Of the types of whole numbers. */
const LARGEST: Readonly<Record<string, number>> = {
  Int8Array: 127,
  Uint8Array: 255,
  Uint8ClampedArray: 255,
  Int16Array: 32767,
  Uint16Array: 65535,
  Int32Array: 2147483647,
  Uint32Array: 4294967295,
};

/** The largest value of an array's type; `Infinity` for floats. */
export function largestValue(data: TypedArray): number {
  return LARGEST[data.constructor.name] ?? Infinity;
}

/**
 * Masks pixels at or above a limit. Default: the largest value of the image's type.
 *
 * @throws OptionError where the type has no largest value and no limit is given.
 */
export function maskSaturated({ data, shape }: Image, limit?: number): Mask {
  const from = limit ?? largestValue(data);
  if (from === Infinity) {
    throw new OptionError("limit", limit, "values of this image have no largest one; give a limit");
  }
  return { data: Uint8Array.from(data, (value) => (value >= from ? 1 : 0)), shape: [...shape] };
}
