import type { Image } from "../array.js";
import { OptionError } from "../errors.js";
import { checkOptionNames } from "../option-names.js";
import { type FileSource, memorySource, openFileSource } from "./file-source.js";
import { formatOf } from "./formats.js";

/** Which frame, and how to stop. */
export interface ReadImageOptions {
  /** From 0. Default 0. */
  readonly frame?: number;
  readonly signal?: AbortSignal;
}

/**
 * Reads an image file (TIFF, NPY), recognised by its first bytes: data row-major with row 0 first
 * in the file, in the file's element type (64-bit integers narrowed to 32 if they all fit), NaN and
 * infinities kept.
 *
 * @throws FileAccessError for a file that is missing or may not be read, FileFormatError for one
 * that is damaged or not supported, OptionError for a frame that is not there.
 * @example const image = await readImage("data/pixium_03150.tif");
 */
export async function readImage(path: string, options: ReadImageOptions = {}): Promise<Image> {
  checkOptionNames(options, ["frame", "signal"]);
  options.signal?.throwIfAborted();
  return readFrame(await openFileSource(path), options);
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
  checkOptionNames(options, ["frame", "signal", "name"]);
  return readFrame(memorySource(bytes, options.name ?? "image in memory"), options);
}

async function readFrame(
  source: FileSource,
  { frame = 0, signal }: ReadImageOptions,
): Promise<Image> {
  try {
    const file = await (await formatOf(source)).open(source);
    if (!Number.isInteger(frame) || frame < 0 || frame >= file.frames) {
      throw new OptionError(
        "frame",
        frame,
        `${source.name} has ${file.frames === 1 ? "one frame, frame 0" : `${file.frames} frames, 0 to ${file.frames - 1}`}; frame ${frame} is not there`,
      );
    }
    return await file.read(frame, { signal });
  } finally {
    await source.close();
  }
}
