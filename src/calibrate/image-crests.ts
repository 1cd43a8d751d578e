import type { Image } from "../array.js";
import type { Detector } from "../detector/detector.js";
import { type Counts, usableCounts } from "./counts.js";
import { findRidges, type Ridges } from "./ridges.js";

/** What an image shows whatever the geometry: found once, it serves several calibrations. */
export interface ImageCrests {
  readonly counts: Counts;
  readonly ridges: Ridges;
}

/** The usable counts of an image and their crests; `mask`: non-zero = masked. */
export function imageCrests(
  image: Image,
  detector: Detector,
  mask: Image | undefined,
): ImageCrests {
  const counts = usableCounts(image, [mask?.data, detector.mask(image.shape)]);
  return { counts, ridges: findRidges(counts) };
}
