import type { Orientation, Shape } from "../detector/detector.js";
import { flipsColumns, flipsRows } from "../detector/orientation.js";
import type { PixelSize } from "./fit2d.js";
import type { Geometry } from "./geometry.js";

/**
 * The geometry of the same image data on a detector of another orientation, as pyFAI's
 * `convert_orientation`: calibrations of Dioptas, which flips images upside down, are of orientation 2,
 * its old files without saying so.
 *
 * rot3 is kept: rings do not show it.
 */
export function convertOrientation(
  geometry: Geometry,
  { pixel1, pixel2 }: PixelSize,
  shape: Shape,
  from: Orientation,
  to: Orientation,
): Geometry {
  const { dist, poni1, poni2, rot1, rot2, rot3 } = geometry;
  const rows = flipsRows(from) !== flipsRows(to);
  const columns = flipsColumns(from) !== flipsColumns(to);
  return {
    dist,
    poni1: rows ? shape[0] * pixel1 - poni1 : poni1,
    poni2: columns ? shape[1] * pixel2 - poni2 : poni2,
    rot1: columns ? -rot1 : rot1,
    rot2: rows ? -rot2 : rot2,
    rot3,
  };
}
