import { FileAccessError, FileFormatError } from "../errors.js";
import { nodeModule } from "../host/node.js";
import { uninitializedBytes } from "../host/uninitialized.js";
import { missingFile } from "./missing-file.js";

/** Bytes read by position, so that a huge file is never loaded whole. */
export interface FileSource {
  /** What messages call it: the path, for a file on disk. */
  readonly name: string;
  /** Of a file on disk, as it was given. */
  readonly path?: string;
  readonly size: number;
  /**
   * Exactly `length` bytes from `offset`, in a buffer of their own that the caller may overwrite.
   *
   * @throws FileFormatError if the file ends before that.
   */
  read(offset: number, length: number): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * A file on disk, open until `close()`.
 *
 * @throws FileAccessError if it is missing, a folder, or may not be read.
 */
export async function openFileSource(path: string): Promise<FileSource> {
  const handle = await openForReading(path);
  try {
    const status = await handle.stat();
    if (status.isDirectory()) {
      throw new FileAccessError(
        path,
        "is a folder; openSeries and globs read the images of a folder",
      );
    }
    return {
      name: path,
      path,
      size: status.size,
      async read(offset, length) {
        if (offset + length > status.size) throw endsEarly(path, status.size, offset, length);
        const bytes = uninitializedBytes(length);
        let done = 0;
        while (done < length) {
          const { bytesRead } = await handle.read(bytes, done, length - done, offset + done);
          // The size was taken on opening: a file that shrank since then ends here.
          if (bytesRead === 0) throw endsEarly(path, offset + done, offset, length);
          done += bytesRead;
        }
        return bytes;
      },
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Bytes in memory, such as those of a file that a browser was given. */
export function memorySource(bytes: Uint8Array, name: string): FileSource {
  return {
    name,
    size: bytes.length,
    async read(offset, length) {
      if (offset + length > bytes.length) throw endsEarly(name, bytes.length, offset, length);
      return new Uint8Array(bytes.subarray(offset, offset + length));
    },
    close: async () => {},
  };
}

/** The same source, with small reads served from a window of `size` bytes: for walking headers. */
export function windowed(source: FileSource, size = 4096): FileSource {
  let start = 0;
  let window: Uint8Array = new Uint8Array(0);
  return {
    ...source,
    async read(offset, length) {
      if (length > size) return source.read(offset, length);
      if (offset < start || offset + length > start + window.length) {
        window = await source.read(offset, Math.max(length, Math.min(size, source.size - offset)));
        start = offset;
      }
      return window.slice(offset - start, offset - start + length);
    },
  };
}

async function openForReading(path: string): Promise<import("node:fs/promises").FileHandle> {
  try {
    return await nodeModule("node:fs/promises").open(path, "r");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") throw await missingFile(path, error);
    if (code === "EACCES" || code === "EPERM") {
      throw new FileAccessError(path, "may not be read by this user; change its permissions", {
        cause: error,
      });
    }
    if (code === undefined) throw error;
    throw new FileAccessError(path, `cannot be opened (${code})`, { cause: error });
  }
}

function endsEarly(name: string, size: number, offset: number, length: number): FileFormatError {
  return new FileFormatError(
    name,
    `ends at byte ${size} where ${length} bytes from ${offset} are expected; it is truncated, damaged or still being written`,
  );
}
