import type { TypedArray } from "../../../array.js";

/** Element types in the order in which the kernels count them. */
const ELEMENT_TYPES = [
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
] as const;

export const UINT8 = 0;
export const FLOAT64 = 7;

/** The number by which kernels know an array's element type. */
export function elementType(data: TypedArray): number {
  if (data instanceof Uint8ClampedArray) return UINT8;
  return ELEMENT_TYPES.findIndex((type) => data instanceof type);
}

/** Whether sums of this type are whole numbers, kept in 64-bit integers. */
export function isIntegerType(type: number): boolean {
  return type < 6;
}

/** Whether Poisson variances of this type are kept in 64-bit integers: of 32-bit values they might not fit. */
export function hasIntegerSquares(type: number): boolean {
  return type < 4;
}

/** A power of two that no value of an integer type exceeds. */
export function largestValue(type: number): number {
  return 2 ** (8 * ELEMENT_TYPES[type]!.BYTES_PER_ELEMENT);
}

/** An array of an element type in a memory. */
export function elementView(
  type: number,
  buffer: ArrayBufferLike,
  start: number,
  length: number,
): TypedArray {
  return new ELEMENT_TYPES[type]!(buffer as ArrayBuffer, start, length);
}
