import type { Image } from "../array.js";
import type { Detector } from "../detector/detector.js";
import { OptionError } from "../errors.js";
import type { Settings } from "./settings.js";

/**
 * Pixels that never count, 1 = masked: the detector's mask, the user's, and unusable corrections.
 *
 * @throws OptionError for a variance below zero, whose square root would be NaN.
 */
export function staticMask(
  detector: Detector,
  shape: readonly [number, number],
  { mask, dark, variance }: Settings,
): { mask: Uint8Array; hasDetectorMask: boolean } {
  const detectorMask = detector.mask(shape);
  const combined = new Uint8Array(shape[0] * shape[1]);
  for (const part of [detectorMask, mask?.data, invalidIn(dark), invalidIn(variance)]) {
    if (part === undefined) continue;
    for (let pixel = 0; pixel < combined.length; pixel++) {
      if (part[pixel] !== 0) combined[pixel] = 1;
    }
  }
  checkVariance(variance, combined);
  return { mask: combined, hasDetectorMask: detectorMask !== undefined };
}

function checkVariance(variance: Image | undefined, mask: Uint8Array): void {
  const pixel = variance?.data.findIndex((value, i) => value < 0 && mask[i] === 0) ?? -1;
  if (variance === undefined || pixel < 0) return;
  const [row, column] = [Math.floor(pixel / variance.shape[1]), pixel % variance.shape[1]];
  const value = variance.data[pixel];
  throw new OptionError(
    "variance",
    value,
    `it is ${value} at row ${row}, column ${column}; give variances of 0 or more, or mask the pixel`,
  );
}

/** 1 where a correction has no usable value. */
function invalidIn(image: Image | undefined): Uint8Array | undefined {
  const data = image?.data;
  if (!(data instanceof Float32Array || data instanceof Float64Array)) return undefined;
  const invalid = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i]!)) invalid[i] = 1;
  return invalid;
}
