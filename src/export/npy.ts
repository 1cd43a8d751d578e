import type { TypedArray } from "../array.js";
import { writeAtomic } from "../host/write-atomic.js";

/** Numbers in rows of any number of dimensions: an image, a stack, a result. */
export interface NdArray {
  readonly data: TypedArray;
  readonly shape: readonly number[];
}

/** NumPy's names of the element types, little-endian as every host of Node and every browser is. */
const DESCRIPTIONS: Readonly<Record<string, string>> = {
  Int8Array: "|i1",
  Uint8Array: "|u1",
  Uint8ClampedArray: "|u1",
  Int16Array: "<i2",
  Uint16Array: "<u2",
  Int32Array: "<i4",
  Uint32Array: "<u4",
  Float32Array: "<f4",
  Float64Array: "<f8",
};

/**
 * The bytes of NumPy's `.npy`, version 1.0, in C order: the head, then the values as they are.
 *
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function encodeNpy({ data, shape }: NdArray): Uint8Array[] {
  const dimensions = shape.length === 1 ? `${shape[0]},` : shape.join(", ");
  const description = DESCRIPTIONS[Object.prototype.toString.call(data).slice(8, -1)];
  const text = `{'descr': '${description}', 'fortran_order': False, 'shape': (${dimensions}), }`;
  const prefix = 10;
  // The values start at a multiple of 64 bytes, and a line end comes before them.
  const total = Math.ceil((prefix + text.length + 1) / 64) * 64;
  const head = new Uint8Array(total);
  head.set([0x93, ...ascii("NUMPY"), 1, 0, (total - prefix) & 0xff, (total - prefix) >> 8]);
  head.set(ascii(`${text.padEnd(total - prefix - 1)}\n`), prefix);
  return [head, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)];
}

/** Writes an array as NumPy's `.npy`. Throws an OutputError where it cannot be written. */
export async function writeNpy(path: string, array: NdArray): Promise<void> {
  await writeAtomic(path, encodeNpy(array));
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
