import type { Geometry } from "../../src/geometry/geometry.js";
import { rotationMatrix } from "../../src/geometry/rotation.js";

/**
 * Root mean square over pixels that are not masked of (2θ − 2θ_true)·dist / cos²(2θ) / pixel: how many
 * pixels a calibration is wrong.
 */
export function radialError(
  found: Geometry,
  truth: Geometry,
  shape: readonly [number, number],
  pixel: number,
  mask: ArrayLike<number>,
): number {
  let [sum, count] = [0, 0];
  for (let row = 2; row < shape[0]; row += 5) {
    for (let column = 2; column < shape[1]; column += 5) {
      if (mask[row * shape[1] + column]) continue;
      const position = [(row + 0.5) * pixel, (column + 0.5) * pixel] as const;
      const expected = twoThetaOf(truth, position);
      const error = twoThetaOf(found, position) - expected;
      sum += ((error * truth.dist) / Math.cos(expected) ** 2 / pixel) ** 2;
      count++;
    }
  }
  return Math.sqrt(sum / count);
}

/** 2θ of a position (y, x) of the detector, by turning it into the laboratory. */
export function twoThetaOf(geometry: Geometry, [y, x]: readonly [number, number]): number {
  const m = rotationMatrix(geometry);
  const [a, b, c] = [y - geometry.poni1, x - geometry.poni2, geometry.dist];
  const t = [0, 3, 6].map((i) => m[i]! * a + m[i + 1]! * b + m[i + 2]! * c);
  return Math.atan2(Math.hypot(t[0]!, t[1]!), t[2]!);
}
