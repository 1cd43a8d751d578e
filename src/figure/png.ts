import { nodeModule } from "../host/node.js";
import type { Painting } from "./paint.js";

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);

/**
 * A picture as a PNG file (ISO/IEC 15948): with a palette where 256 colours suffice, which they do for
 * every colour map, else with four bytes for each pixel. Needs Node's zlib.
 *
 * @param texts what the file says of itself by the PNG's keywords, such as `Software`, in Latin-1.
 */
export function encodePng(
  { data, shape: [rows, columns] }: Pick<Painting, "data" | "shape">,
  texts: Readonly<Record<string, string>> = {},
): Uint8Array {
  const words = new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);
  const palette = paletteOf(words);
  const bytesPerPixel = palette === undefined ? 4 : 1;
  const lines = new Uint8Array(rows * (columns * bytesPerPixel + 1));
  for (let row = 0, to = 0; row < rows; row++) {
    // The first byte of a line names its filter: 0, none; others do not help noisy pictures.
    to++;
    for (let column = 0; column < columns; column++, to += bytesPerPixel) {
      const pixel = row * columns + column;
      if (palette !== undefined) lines[to] = palette.get(words[pixel]!)!;
      else lines.set(data.subarray(4 * pixel, 4 * pixel + 4), to);
    }
  }
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, columns);
  view.setUint32(4, rows);
  header.set([8, palette === undefined ? 6 : 3], 8);
  const colors = palette === undefined ? undefined : bytesOf([...palette.keys()]);
  const compressed = nodeModule("node:zlib").deflateSync(lines, { level: 9 });
  return join([
    SIGNATURE,
    chunk("IHDR", header),
    ...Object.entries(texts).map((text) => chunk("tEXt", latin1(text.join("\0")))),
    ...(colors === undefined ? [] : [chunk("PLTE", channels(colors, [0, 1, 2]))]),
    ...(colors === undefined ? [] : [chunk("tRNS", channels(colors, [3]))]),
    chunk("IDAT", compressed),
    chunk("IEND", new Uint8Array(0)),
  ]);
}

/** The place of each colour, or `undefined` where there are more than 256. */
function paletteOf(words: Uint32Array): Map<number, number> | undefined {
  const places = new Map<number, number>();
  for (const word of words) {
    if (places.has(word)) continue;
    if (places.size === 256) return undefined;
    places.set(word, places.size);
  }
  return places;
}

function bytesOf(colors: number[]): Uint8Array {
  return new Uint8Array(Uint32Array.from(colors).buffer);
}

function channels(colors: Uint8Array, wanted: readonly number[]): Uint8Array {
  const result = new Uint8Array((colors.length / 4) * wanted.length);
  for (let i = 0; i < result.length; i++) {
    const color = Math.floor(i / wanted.length);
    result[i] = colors[4 * color + wanted[i % wanted.length]!]!;
  }
  return result;
}

function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(body.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, body.length);
  for (let i = 0; i < 4; i++) bytes[4 + i] = type.charCodeAt(i);
  bytes.set(body, 8);
  view.setUint32(8 + body.length, nodeModule("node:zlib").crc32(bytes.subarray(4, -4)));
  return bytes;
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
