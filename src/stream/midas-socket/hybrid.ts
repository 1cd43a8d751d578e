import type { TypedArray } from "../../array.js";
import { hostIsLittleEndian } from "../../samples.js";
import { PATCH_BYTES } from "./dtypes.js";
import { wideValues } from "./wide-integers.js";

/**
 * The image of a hybrid frame: its base, with the values of the patches at their indices, in the
 * smallest type that holds all of them (uint16, uint32, int32, float64).
 *
 * @param patches all indices (int32), then all values (int64), little-endian
 * @throws RangeError for an index outside the image, or a value that no float64 holds.
 */
export function decodeHybrid(base: Uint16Array, patches: Uint8Array): TypedArray {
  const count = patches.length / PATCH_BYTES;
  if (count === 0) return base;
  const view = new DataView(patches.buffer, patches.byteOffset, patches.length);
  const values = wideValues(patches.slice(4 * count));
  let low = 0;
  let high = 0xffff;
  for (let i = 0; i < count; i++) {
    const index = view.getInt32(4 * i, true);
    if (index < 0 || index >= base.length) {
      throw new RangeError(
        `value ${i} beside the hybrid base is for pixel ${index}, and there are ${base.length}`,
      );
    }
    if (values[i]! < low) low = values[i]!;
    if (values[i]! > high) high = values[i]!;
  }
  const image = new (smallestType(low, high))(base);
  for (let i = 0; i < count; i++) image[view.getInt32(4 * i, true)] = values[i]!;
  return image;
}

function smallestType(
  low: number,
  high: number,
): typeof Uint16Array | typeof Uint32Array | typeof Int32Array | typeof Float64Array {
  if (low >= 0 && high <= 0xffff) return Uint16Array;
  if (low >= 0 && high <= 0xffff_ffff) return Uint32Array;
  if (low >= -0x8000_0000 && high <= 0x7fff_ffff) return Int32Array;
  return Float64Array;
}

/** How many values a hybrid frame keeps beside its base: those that uint16 does not hold. */
export function countPatches(data: TypedArray): number {
  let count = 0;
  for (let i = 0; i < data.length; i++) {
    if ((data[i]! & 0xffff) !== data[i]!) count++;
  }
  return count;
}

/**
 * An image of integers as a hybrid frame's parts: the number of patches, the base, and the patches.
 * What uint16 does not hold, negative values too, is kept whole beside it.
 */
export function encodeHybrid(data: TypedArray): Uint8Array[] {
  const count = countPatches(data);
  const base = new DataView(new ArrayBuffer(2 * data.length));
  const fast = hostIsLittleEndian() ? new Uint16Array(base.buffer) : undefined;
  const patches = new DataView(new ArrayBuffer(PATCH_BYTES * count));
  fast?.set(data);
  for (let i = 0, patch = 0; i < data.length; i++) {
    const value = data[i]!;
    const fits = (value & 0xffff) === value;
    if (fast === undefined) base.setUint16(2 * i, fits ? value : 0, true);
    if (fits) continue;
    // What the receiver overwrites is to be the limit for those that read the base alone.
    base.setUint16(2 * i, value < 0 ? 0 : 0xffff, true);
    patches.setInt32(4 * patch, i, true);
    patches.setBigInt64(4 * count + 8 * patch, BigInt(value), true);
    patch++;
  }
  const head = new DataView(new ArrayBuffer(4));
  head.setUint32(0, count, true);
  return [head, base, patches].map(({ buffer }) => new Uint8Array(buffer));
}
