import { CakelabError, FileFormatError } from "../errors.js";
import { bunzip2 } from "./bzip2.js";
import { type FileSource, memorySource } from "./file-source.js";
import { gunzip, gunzipStart } from "./inflate.js";

/** A packed file is unpacked into memory as a whole: more than this is to be unpacked on disk. */
const maxUnpacked = 2 ** 29;

/** Deflate and bzip2 do not pack more than this: what promises more is refused before it is decoded. */
const maxRatio = 1100;

/**
 * The source itself, or what gzip or bzip2 packed in it, recognised by its first bytes.
 *
 * @param check looks at the beginning of what is packed, before the whole of it is decoded
 * @throws FileFormatError for packed data that are damaged, or larger than 512 MiB unpacked; what
 * `check` throws
 */
export async function decompressed(
  source: FileSource,
  check: (start: FileSource) => Promise<unknown>,
): Promise<FileSource> {
  if (source.size < 10) return source;
  const head = await source.read(0, 4);
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  const isBzip2 = head[0] === 0x42 && head[1] === 0x5a && head[2] === 0x68;
  if (!isGzip && !isBzip2) return source;
  if (source.size > maxUnpacked) throw tooLarge(source.name);
  const packed = await source.read(0, source.size);
  try {
    const start = isGzip ? gunzipStart(packed) : undefined;
    if (start !== undefined && start.length > 0) await check(memorySource(start, source.name));
    const limit = Math.min(maxUnpacked, packed.length * maxRatio + 2 ** 20);
    const bytes = isGzip ? await gunzip(packed, limit) : bunzip2(packed, maxUnpacked);
    return memorySource(bytes, source.name);
  } catch (error) {
    if (error instanceof CakelabError) throw error;
    throw new FileFormatError(source.name, error instanceof Error ? error.message : `${error}`, {
      cause: error,
    });
  }
}

function tooLarge(name: string): FileFormatError {
  return new FileFormatError(
    name,
    `is packed and larger than ${maxUnpacked} bytes; unpack it with gunzip or bunzip2 first`,
  );
}
