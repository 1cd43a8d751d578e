import { imageDirections } from "../geometry/directions.js";
import { pixelRows } from "../geometry/pixel-rows.js";
import { polarizationAt } from "../geometry/polarization.js";
import { solidAngleRows } from "../geometry/solid-angle.js";
import type { SimulateOptions } from "./options.js";

const DEGREE = Math.PI / 180;

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
  const { directionOf } = imageDirections(geometry, options.detector);
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
      direction[pixel] = directionOf(t1, t2) * DEGREE;
      efficiency[pixel] =
        weights[column]! *
        (polarizationFactor === null ? 1 : polarizationAt(t1, t2, t3, polarizationFactor));
    }
  }
  return { sinTheta, direction, efficiency };
}
