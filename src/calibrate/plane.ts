import type { Detector } from "../detector/detector.js";
import { OptionError } from "../errors.js";

/** Where the rows and columns of a flat detector lie in its plane: centres of pixels in metres. */
export interface Plane {
  readonly rows: Float64Array;
  readonly columns: Float64Array;
  /** Side of a square as large as a pixel: the unit of what is told in pixels. */
  readonly pixel: number;
}

/**
 * The plane of a detector whose pixels are aligned with its axes.
 *
 * @throws OptionError for one that is bent, hexagonal or given by the corners of its pixels.
 */
export function planeOf(detector: Detector, shape: readonly [number, number]): Plane {
  const layout = detector.layout(shape);
  if (layout.kind !== "grid" || !detector.flat) {
    throw new OptionError(
      "detector",
      detector.name,
      "its pixels do not lie on a flat grid, which calibrate needs; give its pixel size, detector({ pixel1, pixel2 }), to calibrate without its distortion",
    );
  }
  return {
    rows: middles(layout.rows),
    columns: middles(layout.columns),
    pixel: Math.sqrt(detector.pixel1 * detector.pixel2),
  };
}

/** The position of a fractional index: between the centres of pixels, and beyond them as they go on. */
export function positionAt(middles: Float64Array, index: number): number {
  const low = Math.max(0, Math.min(Math.floor(index), middles.length - 2));
  return middles[low]! + (index - low) * (middles[low + 1]! - middles[low]!);
}

/** The fractional index of a position: the inverse of `positionAt`. */
export function indexAt(middles: Float64Array, position: number): number {
  const sign = middles[1]! > middles[0]! ? 1 : -1;
  let [low, high] = [0, middles.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (sign * (middles[middle]! - position) <= 0) low = middle;
    else high = middle;
  }
  return low + (position - middles[low]!) / (middles[low + 1]! - middles[low]!);
}

function middles(edges: Float64Array): Float64Array {
  return Float64Array.from(
    { length: edges.length / 2 },
    (_, i) => (edges[2 * i]! + edges[2 * i + 1]!) / 2,
  );
}
