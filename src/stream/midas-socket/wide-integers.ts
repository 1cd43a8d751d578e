import type { TypedArray } from "../../array.js";
import { hostIsLittleEndian } from "../../samples.js";

/**
 * Little-endian int64 values in the smallest type that holds all of them exactly: uint32, int32, else
 * float64; 64-bit integers are no element type of images.
 *
 * @throws RangeError naming the first value that not even a float64 holds.
 */
export function narrowWide(bytes: Uint8Array): TypedArray {
  const halves = halvesOf(bytes);
  const count = halves.length / 2;
  let fitsUnsigned = true;
  let fitsSigned = true;
  for (let i = 0; i < count && (fitsUnsigned || fitsSigned); i++) {
    const high = halves[2 * i + 1]!;
    if (high !== 0) fitsUnsigned = false;
    if (high !== halves[2 * i]! >> 31) fitsSigned = false;
  }
  if (fitsUnsigned || fitsSigned) {
    const values = fitsUnsigned ? new Uint32Array(count) : new Int32Array(count);
    for (let i = 0; i < count; i++) values[i] = halves[2 * i]!;
    return values;
  }
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    values[i] = wideValue(halves[2 * i]!, halves[2 * i + 1]!, i);
  }
  return values;
}

/** The values one by one, as `narrowWide` takes them. */
export function wideValues(bytes: Uint8Array): Float64Array {
  const halves = halvesOf(bytes);
  const values = new Float64Array(halves.length / 2);
  for (let i = 0; i < values.length; i++) {
    values[i] = wideValue(halves[2 * i]!, halves[2 * i + 1]!, i);
  }
  return values;
}

/** @throws RangeError */
function wideValue(low: number, high: number, index: number): number {
  const value = high * 2 ** 32 + (low >>> 0);
  // Beyond 2^53 the low half may have been rounded away.
  const isExact = Math.abs(high) < 2 ** 20 || BigInt(value) === exact(low, high);
  if (isExact) return value;
  throw new RangeError(
    `value ${index} is ${exact(low, high)}, which float64 cannot hold exactly; send counts below 2^53`,
  );
}

function exact(low: number, high: number): bigint {
  return (BigInt(high) << 32n) + BigInt(low >>> 0);
}

/** Low and high halves in turn. */
function halvesOf(bytes: Uint8Array): Int32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  const halves = new Int32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
  if (hostIsLittleEndian()) return halves;
  const view = new DataView(aligned.buffer, aligned.byteOffset, aligned.length);
  return halves.map((_, i) => view.getInt32(4 * i, true));
}
