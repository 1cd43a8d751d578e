import { FileFormatError } from "../../errors.js";
import type { FileSource } from "../file-source.js";

/** The text block before the pixels of a frame: `{ key = value ; … }`. */
export interface HeaderBlock {
  /** In the order of the file; of a key that comes twice, the last value. */
  readonly header: Readonly<Record<string, string>>;
  /** Where the pixels begin. */
  readonly dataOffset: number;
}

/** Much more than any header; without its end, the rest of the file would be searched. */
const maxHeader = 2 ** 20;
const piece = 4096;
const open = 0x7b;
const close = 0x7d;

/**
 * Reads the block at `offset`, or `undefined` where only white space or nothing is left.
 *
 * @throws FileFormatError for a block that does not begin or end.
 */
export async function readHeaderBlock(
  source: FileSource,
  offset: number,
): Promise<HeaderBlock | undefined> {
  const fail = (message: string): FileFormatError =>
    new FileFormatError(source.name, `the EDF header at byte ${offset} ${message}`);
  let bytes: Uint8Array = new Uint8Array(0);
  let begin = -1;
  for (let length = piece; ; length *= 2) {
    const available = Math.min(length, source.size - offset, maxHeader);
    if (available <= 0) return undefined;
    bytes = await source.read(offset, available);
    begin = bytes.subarray(0, 512).indexOf(open);
    if (begin < 0) {
      if (available < 512 && bytes.every(isSpace)) return undefined;
      throw fail("does not begin with {; the file is damaged");
    }
    const end = endOf(bytes, begin);
    if (end !== undefined) {
      const text = new TextDecoder("latin1").decode(bytes.subarray(begin + 1, end.brace));
      return { header: entriesOf(text), dataOffset: offset + end.after };
    }
    if (available < length) {
      throw fail("does not end; the file is truncated, damaged or still being written");
    }
  }
}

/** The closing brace is the first one that a line end follows: a value may hold others. */
function endOf(bytes: Uint8Array, from: number): { brace: number; after: number } | undefined {
  for (let at = bytes.indexOf(close, from); at >= 0; at = bytes.indexOf(close, at + 1)) {
    const line = bytes[at + 1] === 0x0d ? at + 2 : at + 1;
    if (bytes[line] === 0x0a) return { brace: at, after: line + 1 };
  }
  return undefined;
}

function entriesOf(text: string): Record<string, string> {
  const entries = new Map<string, string>();
  for (const line of text.split(";")) {
    const equals = line.indexOf("=");
    if (equals < 0) continue;
    // Some writers fill with NUL.
    const key = trim(line.slice(0, equals));
    // No header may change what objects inherit.
    if (key !== "" && key !== "__proto__") entries.set(key, trim(line.slice(equals + 1)));
  }
  return Object.fromEntries(entries);
}

function trim(text: string): string {
  return text.replace(/^[\s\0]+|[\s\0]+$/g, "");
}

function isSpace(byte: number): boolean {
  return byte === 0 || byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
