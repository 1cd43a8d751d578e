import type { Image } from "../array.js";
import { nodeModule } from "../host/node.js";
import { averageImages } from "../image/average-images.js";
import { readMask } from "../image/read-mask.js";
import type { IntegrateOptions } from "../integrate/options.js";
import type { DiffMapOptions } from "./diff-map-options.js";
import { imageOfUrl } from "./image-url.js";
import type { ScanDescription } from "./nexus/description.js";

/** Images that correct others. */
export type Corrections = Pick<IntegrateOptions, "mask" | "dark" | "flat" | "variance">;

/** Reads the corrections that are given by their paths; of several dark or flat images, the mean. */
export async function readCorrections(options: DiffMapOptions): Promise<Corrections> {
  const { mask, dark, flat, variance } = options;
  const average = async (images: Image | string | readonly string[]): Promise<Image> =>
    typeof images === "object" && "data" in images
      ? images
      : averageImages((typeof images === "string" ? [images] : images).map(imageOfUrl));
  return {
    ...(mask !== undefined && {
      mask: typeof mask === "string" ? await readMask(imageOfUrl(mask)) : mask,
    }),
    ...(dark !== undefined && { dark: await average(dark) }),
    ...(flat !== undefined && { flat: await average(flat) }),
    ...(variance !== undefined && { variance }),
  };
}

/** The paths of what was given by its path. */
export function correctionFiles({
  ai,
  mask,
  dark,
  flat,
}: DiffMapOptions): Pick<ScanDescription, "poniFile" | "maskFile" | "darkFiles" | "flatFiles"> {
  const paths = (images: DiffMapOptions["dark"]): readonly string[] => {
    if (typeof images === "string") return [images];
    return images === undefined || "data" in images ? [] : images;
  };
  return {
    poniFile: typeof ai === "string" ? ai : undefined,
    maskFile: typeof mask === "string" ? mask : undefined,
    darkFiles: paths(dark),
    flatFiles: paths(flat),
  };
}

/** What tells an image from others. */
export function digest(image: Image | undefined): string | undefined {
  if (image === undefined) return undefined;
  const { buffer, byteOffset, byteLength } = image.data;
  const hash = nodeModule("node:crypto").createHash("sha256");
  return hash.update(new Uint8Array(buffer, byteOffset, byteLength)).digest("hex");
}
