import type { SampleType } from "../samples.js";
import { type OpenImageOptions, openImage } from "./open-image.js";

/** What the header of an image file says. */
export interface ImageInfo {
  readonly path: string;
  /** `"TIFF"`, `"NPY"`. */
  readonly format: string;
  readonly frames: number;
  /** Of the first frame, as the rest is. */
  readonly shape: readonly [rows: number, columns: number];
  readonly dtype: SampleType;
  /** `"none"`, `"deflate"` … */
  readonly compression: string;
  readonly header: Readonly<Record<string, string>>;
}

/**
 * Reads the header of an image file and none of its pixels.
 *
 * @throws FileAccessError, FileFormatError
 */
export async function imageInfo(path: string, options: OpenImageOptions = {}): Promise<ImageInfo> {
  const file = await openImage(path, options);
  try {
    const { format, frames, shape, dtype, compression, header } = file;
    return { path, format, frames, shape, dtype, compression, header };
  } finally {
    await file.close();
  }
}
