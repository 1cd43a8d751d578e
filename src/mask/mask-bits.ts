import type { Mask } from "./mask.js";

/** A mask as one bit for each pixel, the low bit first: an eighth of its size, for messages. */
export function packMask({ data }: Mask): Uint8Array {
  const bits = new Uint8Array(Math.ceil(data.length / 8));
  for (let i = 0; i < data.length; i++) if (data[i] !== 0) bits[i >> 3]! |= 1 << (i & 7);
  return bits;
}

/** The mask of a shape that `packMask` has packed. */
export function unpackMask(bits: Uint8Array, [rows, columns]: readonly [number, number]): Mask {
  const data = Uint8Array.from(
    { length: rows * columns },
    (_, i) => (bits[i >> 3]! >> (i & 7)) & 1,
  );
  return { data, shape: [rows, columns] };
}
