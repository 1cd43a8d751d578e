import type { Detector } from "../detector/detector.js";
import { flipsColumns, flipsRows } from "../detector/orientation.js";
import type { Geometry } from "./geometry.js";
import { rotationMatrix } from "./rotation.js";

const DEGREE = Math.PI / 180;

/**
 * Directions in the image as it is displayed, first row at the top, in degrees clockwise from North,
 * which is up; against azimuths χ around the beam, in degrees.
 *
 * All points of a flat detector that lie in one direction from the beam have the same χ.
 */
export interface Directions {
  readonly azimuthOf: (direction: number) => number;
  /** The direction of a position in the laboratory, −180 to 180. */
  readonly directionOf: (t1: number, t2: number) => number;
  /** 1 where χ grows clockwise in the displayed image, −1 where it grows anticlockwise. */
  readonly sense: 1 | -1;
}

/** How a detector in a geometry is seen when its image is displayed. */
export function imageDirections(geometry: Geometry, { orientation }: Detector): Directions {
  const [m0, m1, , m3, m4] = rotationMatrix(geometry);
  const down = flipsRows(orientation) ? -1 : 1;
  const right = flipsColumns(orientation) ? -1 : 1;
  // Seen from behind, a detector shows the other hand.
  const hand = Math.sign(m0 * m4 - m1 * m3);
  return {
    azimuthOf: (direction) => {
      const y = -down * Math.cos(direction * DEGREE);
      const x = right * Math.sin(direction * DEGREE);
      return Math.atan2(m0 * y + m1 * x, m3 * y + m4 * x) / DEGREE;
    },
    // Back along the beam onto the detector: the inverse of [m0 m1; m3 m4] but for its length.
    directionOf: (t1, t2) => {
      const x = right * hand * (m0 * t2 - m3 * t1);
      const y = down * hand * (m4 * t1 - m1 * t2);
      return Math.atan2(x, -y) / DEGREE;
    },
    sense: down * right * hand > 0 ? 1 : -1,
  };
}
