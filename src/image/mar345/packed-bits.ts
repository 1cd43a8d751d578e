/** The two versions of the packing: how long the numbers of a block are, and how many a block has. */
const versions = {
  1: { headerBits: 3, bits: [0, 4, 5, 6, 7, 8, 16, 32] },
  2: { headerBits: 4, bits: [0, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 32] },
} as const;

/**
 * Decodes "CCP4 packed" pixels: blocks of 2ⁿ numbers of equal length in bits, low bits first, each
 * the difference to the mean of four neighbours that were decoded before. Sums wrap at 16 bits.
 *
 * @throws Error for data that end early or are damaged.
 * @see J. P. Abrahams, CCP4 newsletter on detectors (1993)
 */
export function unpackPixels(
  data: Uint8Array,
  { columns, pixels, version }: { columns: number; pixels: number; version: 1 | 2 },
): Uint32Array {
  const { headerBits, bits } = versions[version];
  const mask = (1 << headerBits) - 1;
  // Signed, as the mean of the neighbours takes them.
  const values = new Int16Array(pixels);
  let at = 0;
  let held = 0;
  let available = 0;
  const take = (count: number): number => {
    while (available < count) {
      if (at === data.length) throw new Error("its packed data end before its pixels do");
      held |= data[at++]! << available;
      available += 8;
    }
    const value = held & ((1 << count) - 1);
    held >>>= count;
    available -= count;
    return value;
  };
  for (let i = 0; i < pixels; ) {
    const count = 1 << take(headerBits);
    const length = bits[take(headerBits) & mask];
    if (length === undefined) throw new Error(`its packed data are damaged at pixel ${i}`);
    const end = Math.min(i + count, pixels);
    for (; i < end; i++) {
      let difference = 0;
      if (length > 16) {
        // Sums wrap at 16 bits: the high half does not matter.
        difference = take(16);
        take(16);
      } else if (length > 0) {
        difference = (take(length) << (32 - length)) >> (32 - length);
      }
      if (i > columns) {
        const sum =
          values[i - 1]! +
          values[i - columns + 1]! +
          values[i - columns]! +
          values[i - columns - 1]!;
        // Towards zero, as C divides.
        difference += Math.trunc((sum + 2) / 4);
      } else if (i > 0) {
        difference += values[i - 1]!;
      }
      values[i] = difference;
    }
  }
  return Uint32Array.from(new Uint16Array(values.buffer));
}
