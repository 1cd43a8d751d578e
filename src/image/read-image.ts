import type { Image } from "../array.js";
import { checkOptionNames } from "../option-names.js";
import { memorySource } from "./file-source.js";
import { checkFrame, type OpenImage, openImage, openSource } from "./open-image.js";
import { readPart } from "./read-part.js";
import type { Region } from "./region.js";

/** Which frame, which part of it, and how to stop. */
export interface ReadImageOptions {
  /** From 0. Default 0. */
  readonly frame?: number;
  /** Default: the whole frame. Of formats without compression, only the region's rows are read. */
  readonly region?: Region;
  /** Folders, besides the file's own, in which what an HDF5 file links to may lie. Default none. */
  readonly trustedFolders?: readonly string[];
  /** Whether a checksum that the file carries (CBF's MD5) is compared. Default `true`. */
  readonly verify?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Reads an image file, recognised by its first bytes, also one that gzip or bzip2 packed: data
 * row-major with row 0 first in the file, in the file's element type (64-bit integers narrowed to
 * 32 if they all fit), NaN and infinities kept.
 *
 * @throws FileAccessError for a file that is missing or may not be read, FileFormatError for one
 * that is damaged or not supported, OptionError for a frame that is not there.
 * @example const image = await readImage("data/pixium_03150.tif");
 */
export async function readImage(path: string, options: ReadImageOptions = {}): Promise<Image> {
  checkOptionNames(options, ["frame", "region", "trustedFolders", "verify", "signal"]);
  options.signal?.throwIfAborted();
  return readFrame(await openImage(path, options), path, options);
}

/**
 * The same for a file's bytes in memory, also in a browser.
 *
 * @param options.name what messages call it
 * @throws FileFormatError, OptionError
 * @example const image = await decodeImage(new Uint8Array(await file.arrayBuffer()), { name: file.name });
 */
export async function decodeImage(
  bytes: Uint8Array,
  options: ReadImageOptions & { readonly name?: string } = {},
): Promise<Image> {
  checkOptionNames(options, ["frame", "region", "verify", "signal", "name"]);
  const name = options.name ?? "image in memory";
  return readFrame(await openSource(memorySource(bytes, name)), name, options);
}

async function readFrame(
  file: OpenImage,
  name: string,
  { frame = 0, region, signal, verify }: ReadImageOptions,
): Promise<Image> {
  try {
    checkFrame(file, name, frame);
    return await readPart(file, frame, region, { signal, verify });
  } finally {
    await file.close();
  }
}
