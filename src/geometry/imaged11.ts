import type { Orientation, Shape } from "../detector/detector.js";
import { flipsColumns, flipsRows } from "../detector/orientation.js";
import { OptionError } from "../errors.js";
import type { PixelSize } from "./fit2d.js";
import type { Geometry } from "./geometry.js";

/** A geometry as ImageD11 has it: lengths in micrometres, angles in radians, y along rows, z along columns. */
export interface ImageD11 {
  /** From the sample to the detector along the beam. */
  readonly distance: number;
  readonly tilt_x: number;
  readonly tilt_y: number;
  readonly tilt_z: number;
  /** Where the beam meets the detector, in pixels from the centre of the first one. */
  readonly y_center: number;
  readonly z_center: number;
  /** Pixel sizes. */
  readonly y_size: number;
  readonly z_size: number;
  /** How the image is flipped: each 1 or −1. */
  readonly o11: number;
  readonly o22: number;
  readonly o12?: number;
  readonly o21?: number;
}

/** The detector that an ImageD11 geometry is of. */
export interface OrientedPixels extends PixelSize {
  readonly orientation: Orientation;
  /** Needed where the orientation is not 3. */
  readonly shape: Shape;
}

/** (o11, o22) of pyFAI's orientations: the horizontal axes of the two programs are opposite. */
const FLIPS: Readonly<Record<Orientation, readonly [number, number]>> = {
  1: [-1, 1],
  2: [-1, -1],
  3: [1, -1],
  4: [1, 1],
};

const MICROMETRE = 1e-6;

/** The ImageD11 geometry of a PONI geometry, as pyFAI's `getImageD11` gives it. */
export function poniToImageD11(geometry: Geometry, detector: OrientedPixels): ImageD11 {
  const { dist, poni1, poni2, rot1, rot2, rot3 } = geometry;
  const { pixel1, pixel2, orientation, shape } = detector;
  const z = (poni1 + (dist * Math.tan(rot2)) / Math.cos(rot1)) / pixel1 - 0.5;
  const y = (poni2 - dist * Math.tan(rot1)) / pixel2 - 0.5;
  const [o11, o22] = FLIPS[orientation];
  return {
    distance: dist / (Math.cos(rot1) * Math.cos(rot2)) / MICROMETRE,
    tilt_x: rot3,
    tilt_y: rot2,
    tilt_z: -rot1,
    y_center: flipsColumns(orientation) ? shape[1] - 1 - y : y,
    z_center: flipsRows(orientation) ? shape[0] - 1 - z : z,
    y_size: pixel2 / MICROMETRE,
    z_size: pixel1 / MICROMETRE,
    o11,
    o12: 0,
    o21: 0,
    o22,
  };
}

/**
 * The PONI geometry of an ImageD11 geometry and the orientation of its detector.
 *
 * @throws OptionError for an image whose rows and columns are exchanged.
 */
export function imageD11ToPoni(
  given: ImageD11,
  shape: Shape,
): { geometry: Geometry; orientation: Orientation } {
  const { o11, o12 = 0, o21 = 0, o22 } = given;
  const found = ([1, 2, 3, 4] as const).find(
    (orientation) => FLIPS[orientation][0] === o11 && FLIPS[orientation][1] === o22,
  );
  if (found === undefined || o12 !== 0 || o21 !== 0) {
    const value = [o11, o12, o21, o22].join(" ");
    throw new OptionError(
      "o11",
      value,
      "rows and columns are exchanged; transpose the image first",
    );
  }
  const [rot1, rot2] = [-given.tilt_z, given.tilt_y];
  const direct = given.distance * MICROMETRE;
  const dist = direct * Math.cos(rot1) * Math.cos(rot2);
  const z = flipsRows(found) ? shape[0] - 1 - given.z_center : given.z_center;
  const y = flipsColumns(found) ? shape[1] - 1 - given.y_center : given.y_center;
  return {
    geometry: {
      dist,
      poni1: (z + 0.5) * given.z_size * MICROMETRE - (dist * Math.tan(rot2)) / Math.cos(rot1),
      poni2: (y + 0.5) * given.y_size * MICROMETRE + dist * Math.tan(rot1),
      rot1,
      rot2,
      rot3: given.tilt_x,
    },
    orientation: found,
  };
}
