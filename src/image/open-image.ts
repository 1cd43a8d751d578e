import { FileFormatError, OptionError } from "../errors.js";
import { parseAddress } from "./address.js";
import { decompressed } from "./compressed-source.js";
import { type FileSource, openFileSource, windowed } from "./file-source.js";
import type { ImageFile, OpenOptions } from "./format.js";
import { formatOf } from "./formats.js";
import { hdf5 } from "./hdf5/hdf5.js";
import { zarrZip } from "./zarr-zip/zarr-zip.js";

/** An image file that is open until `close()`. */
export interface OpenImage extends ImageFile {
  /** Name of the format: `"TIFF"`. */
  readonly format: string;
  close(): Promise<void>;
}

/** What files an image file may lead to. */
export interface OpenImageOptions {
  /**
   * Folders, besides the file's own, in which the files that an HDF5 file links to may lie: others
   * are not opened. Default none.
   */
  readonly trustedFolders?: readonly string[] | undefined;
  /** Whether an HDF5 file that is still being written is opened as it is now. Default `false`. */
  readonly isGrowing?: boolean | undefined;
}

/**
 * Opens an image file by its path, or by its path and what is meant in it, and reads its header.
 * Files that gzip or bzip2 packed are unpacked on the way.
 *
 * @param address a path, `scan.h5::/entry/data`, `scan.h5::/entry/data[3]` or `scan.edf::[3]`
 * @throws FileAccessError for a file that is missing or may not be read, FileFormatError for one
 * that is damaged or not supported, OptionError for a frame that is not there.
 */
export async function openImage(
  address: string,
  options: OpenImageOptions = {},
): Promise<OpenImage> {
  const { path, dataset, frame } = parseAddress(address);
  const file = await openSource(await openFileSource(path), { ...options, dataset });
  if (frame === undefined) return file;
  try {
    checkFrame(file, path, frame);
    return oneFrame(file, frame);
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** @throws OptionError where a file has no such frame. */
export function checkFrame(file: ImageFile, name: string, frame: number): void {
  if (Number.isInteger(frame) && frame >= 0 && frame < file.frames) return;
  throw new OptionError(
    "frame",
    frame,
    `${name} has ${file.frames === 1 ? "one frame, frame 0" : `${file.frames} frames, 0 to ${file.frames - 1}`}; frame ${frame} is not there`,
  );
}

/** A file of which only one frame is meant. */
function oneFrame(file: OpenImage, frame: number): OpenImage {
  const { readRegion, headerOf, isWritten } = file;
  return {
    ...file,
    frames: 1,
    read: (_, options) => file.read(frame, options),
    ...(headerOf && { header: headerOf(frame), headerOf: () => headerOf(frame) }),
    ...(readRegion && { readRegion: (_, region, options) => readRegion(frame, region, options) }),
    ...(isWritten && { isWritten: () => isWritten(frame) }),
  };
}

/**
 * The same for a source, which is closed with the image, or at once where this throws.
 *
 * @throws FileFormatError
 */
export async function openSource(
  packed: FileSource,
  options: OpenOptions = {},
): Promise<OpenImage> {
  try {
    // One read serves the looks at the first bytes and most headers.
    const source = await decompressed(windowed(packed), formatOf);
    const format = await formatOf(source);
    if (options.dataset !== undefined && ![hdf5, zarrZip].includes(format)) {
      throw new FileFormatError(
        source.name,
        `is a file of format ${format.name}, which has no ${options.dataset}; give its path alone`,
      );
    }
    const file = await format.open(source, options);
    return {
      ...file,
      format: format.name,
      async close() {
        await file.close?.();
        await packed.close();
      },
    };
  } catch (error) {
    await packed.close();
    throw error;
  }
}
