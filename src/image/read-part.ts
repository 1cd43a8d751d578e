import type { Image } from "../array.js";
import type { ImageFile, ReadOptions } from "./format.js";
import { checkRegion, crop, type Region } from "./region.js";

/**
 * A frame of an open file, or a region of it: without compression, only the region's rows are read.
 *
 * @throws FileFormatError; OptionError for a region that does not lie in the frame; the signal's reason
 */
export async function readPart(
  file: ImageFile,
  frame: number,
  region: Region | undefined,
  options: ReadOptions,
): Promise<Image> {
  if (region === undefined) return file.read(frame, options);
  checkRegion(region, file.shape);
  if (file.readRegion !== undefined) return file.readRegion(frame, region, options);
  const image = await file.read(frame, options);
  // Frames of one file may differ in shape.
  checkRegion(region, image.shape);
  return crop(image, region);
}
