import { inflateSync } from "node:zlib";
import { OptionError } from "../../src/errors.js";
import { withMetadata } from "../bundle-metadata.js";
import { encodeStill } from "./still.js";
import type { StillBundle } from "./still-bundle.js";

/** No screen has more. */
const MOST_PIXELS = 1e8;

/**
 * The still that a page has made of a view as the user has left it.
 *
 * @param pixels red, green, blue and opacity of each pixel, deflated (RFC 1950).
 * @throws OptionError for a size that the pixels do not have.
 */
export function pageStill(
  { width, height }: { readonly width: number; readonly height: number },
  pixels: Uint8Array,
  description: string,
): StillBundle {
  if (!(width > 0 && height > 0 && width * height <= MOST_PIXELS)) {
    throw new OptionError("still", [width, height], `a picture of ${width} × ${height} cannot be`);
  }
  const bytes = inflateSync(pixels, { maxOutputLength: 4 * width * height });
  if (bytes.length !== 4 * width * height) {
    throw new OptionError("still", bytes.length, `is not a picture of ${width} × ${height} pixels`);
  }
  const data = new Uint8ClampedArray(bytes.length);
  data.set(bytes);
  const png = Buffer.from(encodeStill(data, [height, width])).toString("base64");
  return withMetadata(
    { "text/plain": description, "image/png": png },
    { "image/png": { width, height } },
  );
}
