import type { TypedArray } from "../../array.js";
import type { SampleType } from "../../samples.js";

/** MIDAS listens for frames here. */
export const MIDAS_PORT = 60439;

/** Bytes before each frame: its number and the code of its type, uint16 each, little-endian. */
export const HEADER_BYTES = 4;

/** Pixels as uint16, and those that do not fit as index and value after them. */
export const HYBRID = 6;

/** An index (int32) and a value (int64) of a hybrid frame. */
export const PATCH_BYTES = 12;

const UNSIGNED: readonly SampleType[] = [
  "uint8",
  "uint16",
  "uint32",
  "int64",
  "float32",
  "float64",
];

const SIGNED: readonly SampleType[] = ["int8", "int16", "int32", "int64", "float32", "float64"];

/** The element type that a code stands for; `undefined` for the hybrid one, and where there is none. */
export function typeOfCode(code: number, signed: boolean): SampleType | undefined {
  return (signed ? SIGNED : UNSIGNED)[code];
}

/** The code of an array's elements; signed integers share that of the unsigned ones. */
export function codeOf(data: TypedArray): number {
  if (data instanceof Float32Array) return 4;
  if (data instanceof Float64Array) return 5;
  return data.BYTES_PER_ELEMENT >> 1;
}
