import type { Detector } from "../detector/detector.js";
import type { Geometry } from "../geometry/geometry.js";
import { pixelRows } from "../geometry/pixel-rows.js";
import { polarizationAt } from "../geometry/polarization.js";
import { rotationMatrix } from "../geometry/rotation.js";
import { solidAngleRows } from "../geometry/solid-angle.js";
import type { SimulateOptions } from "./options.js";

/** What each pixel of an image sees; one value a pixel, row-major. */
export interface Pixels {
  readonly sinTheta: Float64Array;
  /** Displayed direction from the beam, in radians clockwise from North, −π to π. */
  readonly direction: Float64Array;
  /** Part of the light that it counts, for its distance, inclination and the polarization. */
  readonly efficiency: Float64Array;
}

/** The view of each pixel in the geometry of a simulation. */
export function viewPixels(options: SimulateOptions, shape: readonly [number, number]): Pixels {
  const { rot1 = 0, rot2 = 0, rot3 = 0, polarizationFactor = 0.99, solidAngle = true } = options;
  const geometry = {
    dist: options.dist,
    poni1: options.poni1,
    poni2: options.poni2,
    rot1,
    rot2,
    rot3,
  };
  const [rows, columns] = shape;
  const { centersOfRow } = pixelRows(geometry, options.detector, shape);
  const solidAngleOfRow = solidAngleRows(geometry, options.detector, shape);
  const centers = new Float64Array(columns * 3);
  const weights = new Float64Array(columns).fill(1);
  const sinTheta = new Float64Array(rows * columns);
  const direction = new Float64Array(rows * columns);
  const efficiency = new Float64Array(rows * columns);
  const displayed = displayedDirection(geometry, options.detector);
  for (let row = 0, pixel = 0; row < rows; row++) {
    centersOfRow(row, centers);
    if (solidAngle) solidAngleOfRow(row, weights);
    for (let column = 0; column < columns; column++, pixel++) {
      const t1 = centers[3 * column]!;
      const t2 = centers[3 * column + 1]!;
      const t3 = centers[3 * column + 2]!;
      const across = t1 * t1 + t2 * t2;
      const length = Math.sqrt(across + t3 * t3);
      // sin²θ = (1 − cos 2θ)/2, written so that nothing cancels near the beam.
      sinTheta[pixel] = Math.sqrt(
        t3 > 0 ? across / (2 * length * (length + t3)) : (length - t3) / (2 * length),
      );
      direction[pixel] = displayed(t1, t2);
      efficiency[pixel] =
        weights[column]! *
        (polarizationFactor === null ? 1 : polarizationAt(t1, t2, t3, polarizationFactor));
    }
  }
  return { sinTheta, direction, efficiency };
}

/**
 * From a position in the laboratory to its direction in the displayed image: back along the beam onto
 * the detector, then with the flips of its orientation (1 flips rows and columns, 2 rows, 4 columns).
 */
function displayedDirection(
  geometry: Geometry,
  { orientation }: Detector,
): (t1: number, t2: number) => number {
  const [m0, m1, , m3, m4] = rotationMatrix(geometry);
  const down = orientation === 1 || orientation === 2 ? -1 : 1;
  const right = orientation === 1 || orientation === 4 ? -1 : 1;
  // The inverse of [m0 m1; m3 m4] times its determinant, whose sign is all that a direction needs.
  const sign = Math.sign(m0 * m4 - m1 * m3);
  return (t1, t2) =>
    Math.atan2(right * sign * (m0 * t2 - m3 * t1), -down * sign * (m4 * t1 - m1 * t2));
}
