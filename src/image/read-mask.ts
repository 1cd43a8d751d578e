import type { Image } from "../array.js";
import { type ReadImageOptions, readImage } from "./read-image.js";

/**
 * Reads a mask in any image format: 1 where a pixel of the file is not zero (masked, as pyFAI,
 * Dioptas and Fit2D mean it), 0 elsewhere; NaN counts as masked.
 *
 * @param options.invert for files in which 1 or 255 marks the good pixels. Default `false`
 * @throws as `readImage`
 * @example const mask = await readMask("beamstop.msk");
 */
export async function readMask(
  path: string,
  { invert = false, ...options }: ReadImageOptions & { readonly invert?: boolean } = {},
): Promise<Image<Uint8Array>> {
  const { data, shape } = await readImage(path, options);
  const masked = invert ? 0 : 1;
  return { data: Uint8Array.from(data, (value) => (value === 0 ? 1 - masked : masked)), shape };
}
