import type { Image, TypedArray } from "../array.js";
import { OptionError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { writeAtomic } from "../host/write-atomic.js";

/** Options of `encodeTiff` and `writeTiff`. */
export interface TiffOptions {
  /** `"deflate"` needs Node. Default `"none"`. */
  readonly compression?: "none" | "deflate";
}

const SHORT = 3;
const LONG = 4;
const ENTRY_BYTES = 12;
const HEADER_BYTES = 8;
/** Strips of about this size: small enough to be decoded one by one, large enough to compress well. */
const STRIP_BYTES = 1 << 18;

/**
 * The bytes of a little-endian TIFF of one channel with the image's own element type: 8, 16 or 32 bit
 * signed or unsigned, float32 or float64.
 *
 * @throws OptionError for an unknown compression, or an image that TIFF's 32-bit offsets cannot hold.
 * @see TIFF 6.0, https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf
 */
export function encodeTiff(image: Image, options: TiffOptions = {}): Uint8Array[] {
  const { data, shape } = image;
  const [rows, columns] = shape;
  const { compression = "none" } = options;
  if (compression !== "none" && compression !== "deflate") {
    throw new OptionError(
      "compression",
      compression,
      `"${compression}" is not known; use "none" or "deflate"`,
    );
  }
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const rowBytes = columns * data.BYTES_PER_ELEMENT;
  const rowsPerStrip =
    compression === "none" ? rows : Math.min(rows, Math.max(1, Math.floor(STRIP_BYTES / rowBytes)));
  const strips: Uint8Array[] = [];
  for (let row = 0; row < rows; row += rowsPerStrip) {
    const strip = bytes.subarray(row * rowBytes, (row + rowsPerStrip) * rowBytes);
    strips.push(compression === "none" ? strip : nodeModule("node:zlib").deflateSync(strip));
  }
  const directory = encodeDirectory(image, strips, rowsPerStrip, compression);
  return [directory, ...strips];
}

/** Writes an image as TIFF; see `encodeTiff`. Throws an OutputError where it cannot be written. */
export async function writeTiff(
  path: string,
  image: Image,
  options: TiffOptions = {},
): Promise<void> {
  await writeAtomic(path, encodeTiff(image, options));
}

function encodeDirectory(
  { data, shape }: Image,
  strips: readonly Uint8Array[],
  rowsPerStrip: number,
  compression: "none" | "deflate",
): Uint8Array {
  const count = strips.length;
  const tags: [tag: number, type: number, values: number[]][] = [
    [256, LONG, [shape[1]]],
    [257, LONG, [shape[0]]],
    [258, SHORT, [8 * data.BYTES_PER_ELEMENT]],
    [259, SHORT, [compression === "none" ? 1 : 8]],
    [262, SHORT, [1]],
    [273, LONG, new Array<number>(count).fill(0)],
    [277, SHORT, [1]],
    [278, LONG, [rowsPerStrip]],
    [279, LONG, strips.map((strip) => strip.length)],
    [339, SHORT, [sampleFormat(data)]],
  ];
  const outside = HEADER_BYTES + 2 + tags.length * ENTRY_BYTES + 4;
  const end = outside + (count > 1 ? 2 * 4 * count : 0);
  const total = strips.reduce((sum, strip) => sum + strip.length, end);
  if (total >= 2 ** 32) {
    throw new OptionError(
      "image",
      shape,
      `an image of ${shape.join(" × ")} needs ${total} bytes, more than TIFF can hold; write it as .npy`,
    );
  }
  // Readers may map the first strip as it lies in the file, so it begins where any element may.
  const first = Math.ceil(end / 8) * 8;
  let offset = first;
  tags[5]![2] = strips.map((strip) => {
    const at = offset;
    offset += strip.length;
    return at;
  });
  const out = new Uint8Array(first);
  const view = new DataView(out.buffer);
  out.set([0x49, 0x49, 42, 0, HEADER_BYTES, 0, 0, 0]);
  view.setUint16(HEADER_BYTES, tags.length, true);
  let free = outside;
  for (const [index, [tag, type, values]] of tags.entries()) {
    const entry = HEADER_BYTES + 2 + index * ENTRY_BYTES;
    view.setUint16(entry, tag, true);
    view.setUint16(entry + 2, type, true);
    view.setUint32(entry + 4, values.length, true);
    if (values.length === 1) {
      // A SHORT lies in the first two bytes of its field: the same bytes as a LONG, little-endian.
      view.setUint32(entry + 8, values[0]!, true);
    } else {
      view.setUint32(entry + 8, free, true);
      for (const value of values) {
        view.setUint32(free, value, true);
        free += 4;
      }
    }
  }
  return out;
}

function sampleFormat(data: TypedArray): number {
  if (data instanceof Float32Array || data instanceof Float64Array) {
    return 3;
  }
  return data instanceof Int8Array || data instanceof Int16Array || data instanceof Int32Array
    ? 2
    : 1;
}
