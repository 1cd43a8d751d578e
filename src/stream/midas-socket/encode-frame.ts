import type { TypedArray } from "../../array.js";
import { hostIsLittleEndian, swapBytes } from "../../samples.js";
import { codeOf, HEADER_BYTES, HYBRID, PATCH_BYTES } from "./dtypes.js";
import { countPatches, encodeHybrid } from "./hybrid.js";

/** How a frame is put into the protocol's types. */
export interface Encoding {
  readonly compress: boolean;
  readonly signed: boolean;
}

const INT64 = 3;

/**
 * A frame by MIDAS' protocol, in parts; the last may be the image's own memory.
 *
 * No value is changed on the way: negative ones, which a receiver would take as large, go in the types
 * that can hold them, and so do large ones that it would take as negative.
 */
export function encodeFrame(
  data: TypedArray,
  number: number,
  { compress, signed }: Encoding,
): Uint8Array[] {
  const size = data.BYTES_PER_ELEMENT;
  const isFloat = data instanceof Float32Array || data instanceof Float64Array;
  const isPlain = isFloat || !hasOtherSign(data, signed);
  // Of uint8 there is nothing to save.
  if ((!compress || isFloat || size === 1) && isPlain) {
    return [header(number, codeOf(data)), littleEndian(data)];
  }
  const hybrid = 4 + 2 * data.length + PATCH_BYTES * countPatches(data);
  const other = isPlain ? size * data.length : 8 * data.length;
  if (hybrid < other || (hybrid === other && !isPlain)) {
    return [header(number, HYBRID), ...encodeHybrid(data)];
  }
  if (isPlain) return [header(number, codeOf(data)), littleEndian(data)];
  return [header(number, INT64), wide(data)];
}

function header(number: number, code: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(HEADER_BYTES));
  view.setUint16(0, number & 0xffff, true);
  view.setUint16(2, code, true);
  return new Uint8Array(view.buffer);
}

/** Whether a receiver would take some integers for others: those whose highest bit is set. */
function hasOtherSign(data: TypedArray, signed: boolean): boolean {
  const isSigned =
    data instanceof Int8Array || data instanceof Int16Array || data instanceof Int32Array;
  if (isSigned === signed) return false;
  const limit = 2 ** (8 * data.BYTES_PER_ELEMENT - 1);
  for (let i = 0; i < data.length; i++) {
    if (data[i]! < 0 || data[i]! >= limit) return true;
  }
  return false;
}

function littleEndian(data: TypedArray): Uint8Array {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (hostIsLittleEndian()) return bytes;
  const swapped = bytes.slice();
  swapBytes(swapped, data.BYTES_PER_ELEMENT as 1 | 2 | 4 | 8);
  return swapped;
}

function wide(data: TypedArray): Uint8Array {
  const halves = new DataView(new ArrayBuffer(8 * data.length));
  for (let i = 0; i < data.length; i++) {
    // The low half has the same bits whether it is signed.
    halves.setInt32(8 * i, data[i]!, true);
    halves.setInt32(8 * i + 4, data[i]! < 0 ? -1 : 0, true);
  }
  return new Uint8Array(halves.buffer);
}
