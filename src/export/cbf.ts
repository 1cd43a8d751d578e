import type { Image, TypedArray } from "../array.js";
import { OptionError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { writeAtomic } from "../host/write-atomic.js";

const ELEMENT_TYPES: Readonly<Record<string, string>> = {
  Int8Array: "signed 8-bit integer",
  Uint8Array: "unsigned 8-bit integer",
  Uint8ClampedArray: "unsigned 8-bit integer",
  Int16Array: "signed 16-bit integer",
  Uint16Array: "unsigned 16-bit integer",
  Int32Array: "signed 32-bit integer",
  Uint32Array: "unsigned 32-bit integer",
};

/**
 * The bytes of a CBF with byte-offset compression, as FabIO and Dectris' programs read it. Integers
 * only; the image's header becomes the lines `# key value`. The MD5 needs Node.
 *
 * @throws OptionError for floats.
 */
export function encodeCbf(image: Image): Uint8Array[] {
  const { data, shape, header = {} } = image;
  const type = ELEMENT_TYPES[Object.prototype.toString.call(data).slice(8, -1)];
  if (type === undefined) {
    throw new OptionError(
      "image",
      data.constructor.name,
      "CBF holds whole numbers only; write floats as .tif, .edf or .npy",
    );
  }
  const packed = encodeByteOffset(data);
  const md5 = nodeModule("node:crypto").createHash("md5").update(packed).digest("base64");
  const before = [
    "###CBF: VERSION 1.5, CakeLab",
    "",
    "data_image",
    "",
    '_array_data.header_convention "SLS_1.0"',
    "_array_data.header_contents",
    ";",
    ...Object.entries(header)
      .filter(([key]) => !/^(X-Binary-|Content-|conversions$|_array_data)/.test(key))
      .map(([key, value]) => `# ${clean(key).replaceAll(" ", "_")} ${clean(value)}`),
    ";",
    "",
    "_array_data.data",
    ";",
    "--CIF-BINARY-FORMAT-SECTION--",
    "Content-Type: application/octet-stream;",
    '     conversions="x-CBF_BYTE_OFFSET"',
    "Content-Transfer-Encoding: BINARY",
    `X-Binary-Size: ${packed.length}`,
    "X-Binary-ID: 1",
    `X-Binary-Element-Type: "${type}"`,
    "X-Binary-Element-Byte-Order: LITTLE_ENDIAN",
    `Content-MD5: ${md5}`,
    `X-Binary-Number-of-Elements: ${data.length}`,
    `X-Binary-Size-Fastest-Dimension: ${shape[1]}`,
    `X-Binary-Size-Second-Dimension: ${shape[0]}`,
    "X-Binary-Size-Padding: 1",
    "",
    "",
  ].join("\r\n");
  return [
    Uint8Array.from(before, (character) => character.charCodeAt(0)),
    Uint8Array.of(0x0c, 0x1a, 0x04, 0xd5),
    packed,
    Uint8Array.from("\r\n\r\n--CIF-BINARY-FORMAT-SECTION----\r\n;\r\n", (character) =>
      character.charCodeAt(0),
    ),
  ];
}

/** Writes an image as CBF; see `encodeCbf`. Throws an OutputError where it cannot be written. */
export async function writeCbf(path: string, image: Image): Promise<void> {
  await writeAtomic(path, encodeCbf(image));
}

/**
 * Differences between neighbours in as few bytes as they need: one, or after the smallest number of
 * that size two, four or eight.
 */
export function encodeByteOffset(data: TypedArray): Uint8Array {
  let length = 0;
  let value = 0;
  for (const pixel of data) {
    const size = Math.abs(wrapped(pixel - value));
    length += size < 0x80 ? 1 : size < 0x8000 ? 3 : size < 0x8000_0000 ? 7 : 15;
    value = pixel;
  }
  const out = new Uint8Array(length);
  const view = new DataView(out.buffer);
  let at = 0;
  value = 0;
  for (const pixel of data) {
    const difference = wrapped(pixel - value);
    const size = Math.abs(difference);
    value = pixel;
    if (size < 0x80) {
      out[at++] = difference;
      continue;
    }
    out[at] = 0x80;
    if (size < 0x8000) {
      view.setInt16(at + 1, difference, true);
      at += 3;
      continue;
    }
    view.setInt16(at + 1, -0x8000, true);
    if (size < 0x8000_0000) {
      view.setInt32(at + 3, difference, true);
      at += 7;
      continue;
    }
    view.setInt32(at + 3, -0x8000_0000, true);
    view.setBigInt64(at + 7, BigInt(difference), true);
    at += 15;
  }
  return out;
}

/** A line of a CIF text field: ASCII, without an end of its own. */
function clean(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[^\x20-\x7e]/g, "?");
}

/** Readers' sums wrap at 32 bits, and FabIO's fast one reads no difference of 64. */
function wrapped(difference: number): number {
  return difference | 0;
}
