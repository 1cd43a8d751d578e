import { FileFormatError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";
import type { FileSource } from "../file-source.js";

/** A file in a ZIP archive. */
export interface ZipEntry {
  /** Of its local header. */
  readonly offset: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** 0 is stored, 8 deflated. */
  readonly method: number;
}

const mostDirectoryBytes = 2 ** 26;
/** The end of the directory, and the longest comment after it. */
const endBytes = 22;
const mostEndBytes = endBytes + 0xffff;

/**
 * The files of a ZIP archive by their names, of any size.
 *
 * @throws FileFormatError
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function zipEntries(source: FileSource): Promise<Map<string, ZipEntry>> {
  const length = Math.min(source.size, mostEndBytes);
  const tail = viewOf(await source.read(source.size - length, length));
  let at = length - endBytes;
  while (at >= 0 && tail.getUint32(at, true) !== 0x06054b50) at--;
  if (at < 0) {
    throw new FileFormatError(
      source.name,
      "has no end of a ZIP directory; it is truncated or still being written",
    );
  }
  let bytes = tail.getUint32(at + 12, true);
  let offset = tail.getUint32(at + 16, true);
  if (offset === 0xffffffff || bytes === 0xffffffff || tail.getUint16(at + 10, true) === 0xffff) {
    // Larger archives say it before, in 64 bits.
    if (at < 20 || tail.getUint32(at - 20, true) !== 0x07064b50) throw damaged(source);
    const end = viewOf(await source.read(long(tail, at - 12), 56));
    bytes = long(end, 40);
    offset = long(end, 48);
  }
  if (bytes > mostDirectoryBytes || offset + bytes > source.size) throw damaged(source);
  return parseDirectory(source, viewOf(await source.read(offset, bytes)));
}

/**
 * The content of an entry, which has at most `limit` bytes.
 *
 * @throws FileFormatError
 */
export async function readEntry(
  source: FileSource,
  entry: ZipEntry,
  limit: number,
): Promise<Uint8Array> {
  const { offset, packedBytes, bytes, method } = entry;
  if (bytes > limit || packedBytes > limit + 4096) throw damaged(source);
  const head = viewOf(await source.read(offset, 30));
  if (head.getUint32(0, true) !== 0x04034b50) throw damaged(source);
  const start = offset + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const packed = await source.read(start, packedBytes);
  if (method === 0) return packed;
  if (method !== 8) {
    throw new FileFormatError(
      source.name,
      `packs with ZIP method ${method}, and 0 and 8 are read; pack it with zip -0`,
    );
  }
  try {
    const unpacked = nodeModule("node:zlib").inflateRawSync(packed, {
      maxOutputLength: Math.max(bytes, 1),
    });
    if (unpacked.length === bytes) return new Uint8Array(unpacked);
  } catch (cause) {
    throw damaged(source, cause);
  }
  throw damaged(source);
}

function parseDirectory(source: FileSource, view: DataView): Map<string, ZipEntry> {
  const entries = new Map<string, ZipEntry>();
  const text = new TextDecoder();
  for (let at = 0; at + 46 <= view.byteLength; ) {
    if (view.getUint32(at, true) !== 0x02014b50) throw damaged(source);
    const method = view.getUint16(at + 10, true);
    const nameBytes = view.getUint16(at + 28, true);
    const extraBytes = view.getUint16(at + 30, true);
    const next = at + 46 + nameBytes + extraBytes + view.getUint16(at + 32, true);
    if (next > view.byteLength) throw damaged(source);
    const name = new Uint8Array(view.buffer, view.byteOffset + at + 46, nameBytes);
    const sizes = {
      packedBytes: view.getUint32(at + 20, true),
      bytes: view.getUint32(at + 24, true),
      offset: view.getUint32(at + 42, true),
    };
    const extra = new DataView(view.buffer, view.byteOffset + at + 46 + nameBytes, extraBytes);
    entries.set(text.decode(name), { method, ...longSizes(sizes, extra) });
    at = next;
  }
  return entries;
}

type Sizes = Pick<ZipEntry, "packedBytes" | "bytes" | "offset">;

/** Sizes that do not fit 32 bits stand in an extra field, those that do not fit, in this order. */
function longSizes(sizes: Sizes, extra: DataView): Sizes {
  const found = { ...sizes };
  for (let at = 0; at + 4 <= extra.byteLength; ) {
    const length = extra.getUint16(at + 2, true);
    if (extra.getUint16(at, true) === 1) {
      let field = at + 4;
      const end = Math.min(field + length, extra.byteLength);
      for (const key of ["bytes", "packedBytes", "offset"] as const) {
        if (found[key] !== 0xffffffff || field + 8 > end) continue;
        found[key] = long(extra, field);
        field += 8;
      }
    }
    at += 4 + length;
  }
  return found;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

function long(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

function damaged(source: FileSource, cause?: unknown): FileFormatError {
  return new FileFormatError(source.name, "is a damaged ZIP archive; copy or make it again", {
    cause,
  });
}
