import { decompressed } from "./compressed-source.js";
import { type FileSource, openFileSource } from "./file-source.js";
import type { ImageFile } from "./format.js";
import { formatOf } from "./formats.js";

/** An image file that is open until `close()`. */
export interface OpenImage extends ImageFile {
  /** Name of the format: `"TIFF"`. */
  readonly format: string;
  close(): Promise<void>;
}

/**
 * Opens an image file by its path and reads its header. Files that gzip or bzip2 packed are
 * unpacked on the way.
 *
 * @throws FileAccessError for a file that is missing or may not be read, FileFormatError for one
 * that is damaged or not supported.
 */
export async function openImage(path: string): Promise<OpenImage> {
  return openSource(await openFileSource(path));
}

/**
 * The same for a source, which is closed with the image, or at once where this throws.
 *
 * @throws FileFormatError
 */
export async function openSource(packed: FileSource): Promise<OpenImage> {
  try {
    const source = await decompressed(packed);
    const format = await formatOf(source);
    const file = await format.open(source);
    return { ...file, format: format.name, close: () => packed.close() };
  } catch (error) {
    await packed.close();
    throw error;
  }
}
