import type { Orientation } from "../detector/detector.js";
import type { Geometry } from "../geometry/geometry.js";
import { rotationMatrix } from "../geometry/rotation.js";

const DEGREE = Math.PI / 180;

/** Directions in the displayed image against azimuths χ around the beam, both in degrees. */
export interface Directions {
  /**
   * χ of a direction, which is in degrees clockwise from North, up in the image as it is displayed.
   *
   * All points of a flat detector that lie in one direction from the beam have the same χ.
   */
  readonly azimuthOf: (direction: number) => number;
  /** 1 where χ grows clockwise in the displayed image, −1 where it grows anticlockwise. */
  readonly sense: 1 | -1;
}

/** How a detector in a geometry is seen when its image is displayed, first row at the top. */
export function imageDirections(geometry: Geometry, orientation: Orientation): Directions {
  const [m0, m1, , m3, m4] = rotationMatrix(geometry);
  // Position along an axis grows with the index, or against it where the orientation turns it.
  const down = orientation === 3 || orientation === 4 ? 1 : -1;
  const right = orientation === 3 || orientation === 2 ? 1 : -1;
  return {
    azimuthOf: (direction) => {
      const y = -down * Math.cos(direction * DEGREE);
      const x = right * Math.sin(direction * DEGREE);
      return Math.atan2(m0 * y + m1 * x, m3 * y + m4 * x) / DEGREE;
    },
    sense: down * right > 0 ? 1 : -1,
  };
}
