import type { Image } from "./array.js";
import type { DetectorData } from "./detector/detector-data.js";
import type { NumberArray, ViewArrays } from "./widget-messages.js";

/** The images of an integration that is done on a page. */
export interface LiveImages {
  readonly image: Image;
  readonly mask?: Image;
  readonly dark?: Image;
  readonly flat?: Image;
  readonly variance?: Image;
}

/** What of a detector is no array. */
export type DetectorFields = Omit<DetectorData, "pixels" | "mask">;

const IMAGES = ["image", "mask", "dark", "flat", "variance"] as const;

/** Takes images and a detector apart into arrays and fields, as widgets send them. */
export function packLive(
  images: LiveImages,
  { pixels, mask, ...fields }: DetectorData,
): { arrays: ViewArrays; fields: DetectorFields } {
  const arrays: Record<string, NumberArray> = {};
  for (const name of IMAGES) {
    const image = images[name];
    if (image !== undefined) arrays[name] = { data: image.data, shape: image.shape };
  }
  const line = (data: NumberArray["data"]): NumberArray => ({ data, shape: [data.length] });
  if (pixels.kind === "grid") {
    arrays.pixelRows = line(pixels.rows);
    arrays.pixelColumns = line(pixels.columns);
  } else {
    arrays.pixelCorners = { data: pixels.data, shape: [...fields.shape, pixels.corners, 3] };
  }
  if (mask !== undefined) arrays.detectorMask = line(mask);
  return { arrays, fields };
}

/** Puts them together again. */
export function unpackLive(
  arrays: ViewArrays,
  fields: DetectorFields,
): { images: LiveImages; detector: DetectorData } {
  const images: Record<string, Image> = {};
  for (const name of IMAGES) {
    const found = arrays[name];
    if (found !== undefined) {
      images[name] = { data: found.data, shape: found.shape as [number, number] };
    }
  }
  const { pixelRows, pixelColumns, pixelCorners, detectorMask } = arrays;
  const pixels: DetectorData["pixels"] =
    pixelCorners === undefined
      ? {
          kind: "grid",
          rows: pixelRows!.data as Float64Array,
          columns: pixelColumns!.data as Float64Array,
        }
      : {
          kind: "corners",
          corners: pixelCorners.shape[2]!,
          data: pixelCorners.data as Float32Array,
        };
  const mask = detectorMask?.data as Uint8Array | undefined;
  return {
    images: images as unknown as LiveImages,
    detector: { ...fields, pixels, ...(mask === undefined ? {} : { mask }) },
  };
}
