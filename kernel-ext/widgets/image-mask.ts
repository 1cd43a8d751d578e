import type { Image } from "../../src/array.js";
import type { Detector } from "../../src/detector/detector.js";

/** The pixels of images that are never shown: a detector's gaps, and those of a mask. */
export class ImageMask {
  #key: readonly unknown[] = [];
  #mask: Uint8Array | undefined;

  /** Non-zero = masked; undefined where none is. Images of one shape and detector share it. */
  of(
    [rows, columns]: readonly [number, number],
    detector: Detector | undefined,
    mask: Image | undefined,
  ): Uint8Array | undefined {
    const key = [rows, columns, detector, mask];
    if (key.some((part, i) => part !== this.#key[i]) || this.#key.length === 0) {
      this.#key = key;
      this.#mask = combined([rows, columns], detector, mask);
    }
    return this.#mask;
  }
}

function combined(
  shape: readonly [number, number],
  detector: Detector | undefined,
  mask: Image | undefined,
): Uint8Array | undefined {
  const gaps = gapsOf(shape, detector);
  if (mask?.data.length !== shape[0] * shape[1]) return gaps;
  const both = gaps === undefined ? new Uint8Array(mask.data.length) : Uint8Array.from(gaps);
  for (let i = 0; i < both.length; i++) if (mask.data[i] !== 0) both[i] = 1;
  return both;
}

/** An image of another shape than the detector's is told of when it is integrated. */
function gapsOf(
  shape: readonly [number, number],
  detector: Detector | undefined,
): Uint8Array | undefined {
  try {
    return detector?.mask(shape);
  } catch {
    return undefined;
  }
}
