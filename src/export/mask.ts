import type { Image } from "../array.js";
import { OptionError } from "../errors.js";
import { writeAtomic } from "../host/write-atomic.js";
import { encodeEdf } from "./edf.js";
import { encodeNpy } from "./npy.js";
import { encodeTiff } from "./tiff.js";

/** What writes each kind of mask, from int8 of 0 and 1 (1 = masked). */
const ENCODERS: Readonly<Record<string, (mask: Image<Int8Array>) => Uint8Array[]>> = {
  // Dioptas' masks are deflated TIFF.
  ".mask": (mask) => encodeTiff(mask, { compression: "deflate" }),
  ".tif": (mask) => encodeTiff(mask),
  ".tiff": (mask) => encodeTiff(mask),
  ".edf": (mask) => encodeEdf(mask),
  ".npy": (mask) => encodeNpy(mask),
  ".msk": (mask) => encodeFit2dMask(mask),
};

/** The names that `writeMask` knows: `".mask"` (Dioptas), `".edf"`, `".npy"`, `".tif"`, `".msk"` (Fit2D). */
export const maskExtensions: readonly string[] = Object.keys(ENCODERS);

/**
 * Writes a mask in the format that the name's extension says, 1 = masked, as pyFAI, Dioptas and
 * Fit2D mean it. Every pixel of `mask` that is not zero counts as masked, NaN too.
 *
 * @throws OptionError for another extension; OutputError where it cannot be written.
 * @example await writeMask("beamstop.mask", mask);
 */
export async function writeMask(path: string, mask: Image): Promise<void> {
  const extension = /\.[^./\\]*$/.exec(path.toLowerCase())?.[0] ?? "";
  const encode = ENCODERS[extension];
  if (encode === undefined) {
    throw new OptionError(
      "path",
      path,
      `no mask is written as "${extension}"; choose from ${maskExtensions.join(", ")}`,
    );
  }
  const data = Int8Array.from(mask.data, (value) => (value === 0 ? 0 : 1));
  await writeAtomic(path, encode({ data, shape: mask.shape }));
}

const HEADER_BYTES = 1024;

/** The bytes of Fit2D's mask: one bit a pixel, low bit first, rows filled up to 32 bits. */
export function encodeFit2dMask({ data, shape: [rows, columns] }: Image): Uint8Array[] {
  const header = new Uint8Array(HEADER_BYTES);
  for (const [i, letter] of [..."MASK"].entries()) header[4 * i] = letter.charCodeAt(0);
  const view = new DataView(header.buffer);
  view.setUint32(16, columns, true);
  view.setUint32(20, rows, true);
  header[24] = 1;
  const rowBytes = 4 * Math.ceil(columns / 32);
  const bits = new Uint8Array(rows * rowBytes);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      if (data[row * columns + column] === 0) continue;
      bits[row * rowBytes + (column >> 3)]! |= 1 << (column & 7);
    }
  }
  return [header, bits];
}
