import type { Image, TypedArray } from "../array.js";
import { ShapeError } from "../errors.js";
import { type ColormapName, colormap, maskedColor } from "./colormap.js";
import { displayLimits } from "./limits.js";
import { type ScaleName, scaleBetween } from "./scale.js";

/** How intensity becomes colour. */
export interface PaintOptions {
  /** Default `"viridis"`. */
  readonly colormap?: ColormapName;
  /** Default `"linear"`. */
  readonly scale?: ScaleName;
  /** Intensities of the first and the last colour. Default: by percentiles. */
  readonly limits?: readonly [low: number, high: number];
  /** Default 0.5 and 99.8. */
  readonly percentiles?: readonly [low: number, high: number];
  /** Non-zero = masked: painted in a colour of its own, as NaN and ±Infinity are. */
  readonly mask?: Image;
}

/** A picture: four bytes for each pixel, red, green, blue, opacity. */
export interface Painting {
  data: Uint8ClampedArray;
  shape: [rows: number, columns: number];
  /** Intensities of the first and the last colour. */
  limits: [low: number, high: number];
}

/**
 * Colours of an image, a pixel for a pixel.
 *
 * @throws ShapeError where the mask does not fit, OptionError for an unknown colour map or scale.
 */
export function paintImage(image: Image, options: PaintOptions = {}): Painting {
  const { scale: scaleName = "linear", colormap: name = "viridis", mask, percentiles } = options;
  if (mask !== undefined) requireShape(mask, image.shape);
  const masked = maskedPixels(image.data, mask?.data);
  const limits: [number, number] = options.limits
    ? [options.limits[0], options.limits[1]]
    : displayLimits(image.data, scaleName, percentiles, (i) => !masked(i));
  const scale = scaleBetween(scaleName, ...limits);
  const colors = packColors(colormap(name));
  const own = packColor(...maskedColor(name));
  const packed = new Uint32Array(image.data.length);
  for (let i = 0; i < packed.length; i++) {
    packed[i] = masked(i) ? own : colors[Math.round(255 * scale.place(image.data[i]!))]!;
  }
  return { data: new Uint8ClampedArray(packed.buffer), shape: [...image.shape], limits };
}

function requireShape(mask: Image, shape: readonly [number, number]): void {
  if (mask.shape[0] !== shape[0] || mask.shape[1] !== shape[1]) {
    throw new ShapeError("mask", shape, mask.shape, "give the mask of this image");
  }
}

function maskedPixels(data: TypedArray, mask?: TypedArray): (index: number) => boolean {
  return (i) => (mask !== undefined && mask[i] !== 0) || !Number.isFinite(data[i]!);
}

function packColors(table: Uint8ClampedArray): Uint32Array {
  return Uint32Array.from({ length: table.length / 3 }, (_, i) =>
    packColor(table[3 * i]!, table[3 * i + 1]!, table[3 * i + 2]!),
  );
}

/** One opaque pixel as the word whose bytes in memory are its four channels. */
function packColor(red: number, green: number, blue: number): number {
  return new Uint32Array(Uint8Array.of(red, green, blue, 255).buffer)[0]!;
}
