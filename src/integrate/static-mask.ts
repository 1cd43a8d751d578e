import type { Image } from "../array.js";
import type { Detector } from "../detector/detector.js";
import type { Settings } from "./settings.js";

/** Pixels that never count, 1 = masked: the detector's mask, the user's, and unusable corrections. */
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
  return { mask: combined, hasDetectorMask: detectorMask !== undefined };
}

/** 1 where a correction has no usable value. */
function invalidIn(image: Image | undefined): Uint8Array | undefined {
  const data = image?.data;
  if (!(data instanceof Float32Array || data instanceof Float64Array)) return undefined;
  const invalid = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) if (!Number.isFinite(data[i]!)) invalid[i] = 1;
  return invalid;
}
