import type { TypedArray } from "../../array.js";
import { decoderBytes } from "./decoder-bytes.js";

interface Decoder {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly source: { readonly value: number };
  start(): void;
  decode(from: number, end: number, target: number, targetEnd: number): number;
}

// Windows of the memory: small enough to stay in a core's cache, so that only the image itself goes
// through the main memory. Below them lies what the compiler may need.
const inputAt = 2 ** 16;
const inputBytes = 2 ** 16;
const outputAt = inputAt + inputBytes;
const outputBytes = 2 ** 18;

let decoder: Promise<Decoder> | undefined;

/**
 * Decodes CBF's byte-offset compression: each code is the difference to the pixel before, in as many
 * bytes as it needs. The sums wrap at 32 bits.
 *
 * @param image takes the pixels, of up to 32 bits each, modulo the width of its elements
 * @returns how many bytes were decoded
 * @throws Error for data that end early.
 * @see CBFlib, https://www.iucr.org/__data/iucr/cif/software/cbflib (x-CBF_BYTE_OFFSET)
 */
export async function decodeByteOffset(data: Uint8Array, image: TypedArray): Promise<number> {
  decoder ??= instantiate();
  const { memory, source, start, decode } = await decoder;
  const bytes = new Uint8Array(memory.buffer);
  const pixels = new Int32Array(memory.buffer);
  start();
  let read = 0;
  let written = 0;
  while (written < image.length) {
    const input = data.subarray(read, read + inputBytes);
    bytes.set(input, inputAt);
    const inputEnd = inputAt + input.length;
    const isLast = read + input.length === data.length;
    // Of one window of the file, as many windows of the image as it fills.
    for (let from = inputAt; ; ) {
      const room = Math.min(outputBytes, 4 * (image.length - written));
      const end = decode(from, inputEnd, outputAt, outputAt + room);
      image.set(pixels.subarray(outputAt / 4, end / 4), written);
      written += (end - outputAt) / 4;
      read += source.value - from;
      from = source.value;
      if (end < outputAt + room || written === image.length) break;
    }
    if (isLast && written < image.length) {
      throw new Error(`its data end after ${written} of ${image.length} pixels`);
    }
  }
  return read;
}

/**
 * The same one code after the other: for 64-bit pixels, and what the fast one is compared with. The
 * sums are exact up to 2⁵³.
 */
export function decodeByteOffsetPlainly(data: Uint8Array, image: TypedArray): number {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let value = 0;
  let at = 0;
  try {
    for (let i = 0; i < image.length; i++) {
      let difference = view.getInt8(at);
      at += 1;
      if (difference === -0x80) {
        difference = view.getInt16(at, true);
        at += 2;
        if (difference === -0x8000) {
          difference = view.getInt32(at, true);
          at += 4;
          if (difference === -0x8000_0000) {
            difference = Number(view.getBigInt64(at, true));
            at += 8;
          }
        }
      }
      value += difference;
      image[i] = value;
    }
  } catch (cause) {
    throw new Error("its data end before its pixels do", { cause });
  }
  return at;
}

async function instantiate(): Promise<Decoder> {
  const module = await WebAssembly.compile(
    Uint8Array.from(atob(decoderBytes), (char) => char.charCodeAt(0)),
  );
  const { exports } = await WebAssembly.instantiate(module, {});
  return exports as unknown as Decoder;
}
