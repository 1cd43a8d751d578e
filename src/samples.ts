import type { TypedArray } from "./array.js";

/** The element types of files; 64-bit integers are narrowed when they are read. */
export type SampleType =
  | "uint8"
  | "int8"
  | "uint16"
  | "int16"
  | "uint32"
  | "int32"
  | "uint64"
  | "int64"
  | "float32"
  | "float64";

/** Size of one sample in bytes. */
export function bytesPerSample(type: SampleType): 1 | 2 | 4 | 8 {
  if (type.endsWith("64")) return 8;
  if (type.endsWith("32")) return 4;
  return type.endsWith("16") ? 2 : 1;
}

/**
 * The samples that `bytes` hold; `bytes` may be overwritten, and share memory with the result.
 *
 * @throws RangeError for a 64-bit integer that neither int32 nor uint32 can hold.
 */
export function samplesFromBytes(
  bytes: Uint8Array,
  type: SampleType,
  littleEndian: boolean,
): TypedArray {
  const size = bytesPerSample(type);
  const aligned = bytes.byteOffset % size === 0 ? bytes : bytes.slice();
  if (littleEndian !== hostIsLittleEndian()) swapBytes(aligned, size);
  const count = aligned.length / size;
  const { buffer, byteOffset } = aligned;
  switch (type) {
    case "uint8":
      return new Uint8Array(buffer, byteOffset, count);
    case "int8":
      return new Int8Array(buffer, byteOffset, count);
    case "uint16":
      return new Uint16Array(buffer, byteOffset, count);
    case "int16":
      return new Int16Array(buffer, byteOffset, count);
    case "uint32":
      return new Uint32Array(buffer, byteOffset, count);
    case "int32":
      return new Int32Array(buffer, byteOffset, count);
    case "float32":
      return new Float32Array(buffer, byteOffset, count);
    case "float64":
      return new Float64Array(buffer, byteOffset, count);
    case "uint64":
      return narrow(new BigUint64Array(buffer, byteOffset, count));
    case "int64":
      return narrow(new BigInt64Array(buffer, byteOffset, count));
  }
}

/** Reverses the bytes of every sample in place; `bytes` are aligned to `size`. */
export function swapBytes(bytes: Uint8Array, size: 1 | 2 | 4 | 8): void {
  const { buffer, byteOffset, length } = bytes;
  if (size === 2) {
    // Two samples in one go where they are aligned to 4 bytes.
    const words = new Uint16Array(buffer, byteOffset, length / 2);
    const first = byteOffset % 4 === 0 ? 0 : 1;
    const pairs = new Uint32Array(buffer, byteOffset + 2 * first, (words.length - first) >> 1);
    for (let i = 0; i < pairs.length; i++) {
      const v = pairs[i]!;
      pairs[i] = ((v & 0x00ff00ff) << 8) | ((v >>> 8) & 0x00ff00ff);
    }
    const swapOne = (i: number): void => {
      words[i] = (words[i]! << 8) | (words[i]! >>> 8);
    };
    if (first === 1 && words.length > 0) swapOne(0);
    if (first + 2 * pairs.length < words.length) swapOne(words.length - 1);
  } else if (size >= 4) {
    const words = new Uint32Array(buffer, byteOffset, length / 4);
    for (let i = 0; i < words.length; i++) {
      const v = words[i]!;
      words[i] = (v << 24) | ((v & 0xff00) << 8) | ((v >>> 8) & 0xff00) | (v >>> 24);
    }
    if (size === 8) {
      for (let i = 0; i < words.length; i += 2) {
        const low = words[i]!;
        words[i] = words[i + 1]!;
        words[i + 1] = low;
      }
    }
  }
}

/** Whether this machine keeps the low byte first, as nearly all do. */
export function hostIsLittleEndian(): boolean {
  return new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
}

function narrow(values: BigInt64Array | BigUint64Array): Int32Array | Uint32Array {
  let low = 0n;
  let high = 0n;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const narrowed = new (narrowType(low, high))(values.length);
  for (let i = 0; i < values.length; i++) narrowed[i] = Number(values[i]);
  return narrowed;
}

/**
 * Whole numbers as 32-bit integers.
 *
 * @throws RangeError for one that neither int32 nor uint32 can hold.
 */
export function narrowFloats(values: Float64Array): Int32Array | Uint32Array {
  let low = 0;
  let high = 0;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return (narrowType(low, high) === Uint32Array ? Uint32Array : Int32Array).from(values);
}

function narrowType(
  low: number | bigint,
  high: number | bigint,
): typeof Int32Array | typeof Uint32Array {
  if (low >= 0 && high <= 0xffff_ffff) return Uint32Array;
  if (low >= -0x8000_0000 && high <= 0x7fff_ffff) return Int32Array;
  throw new RangeError(
    `its 64-bit integers reach from ${low} to ${high}, more than 32 bits can hold; convert it to float64`,
  );
}
