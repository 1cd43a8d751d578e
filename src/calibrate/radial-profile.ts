import { stabilized } from "../mask/defects.js";
import type { Counts } from "./counts.js";
import { DIST, PONI1, PONI2, ROT1, ROT2 } from "./parameters.js";
import type { Plane } from "./plane.js";

/** Mean stabilised counts against the radius that a detector without tilt would have, in pixels. */
export interface RadialProfile {
  /** Means in bins of one pixel; bin i is around the radius i. */
  readonly mean: Float64Array;
  /** Standard error of each; infinite where no pixel is. */
  readonly error: Float64Array;
}

/** Distance of the sample from an untilted detector through the beam's centre, in pixels. */
export function directDistance(p: ArrayLike<number>, plane: Plane): number {
  return p[DIST]! / (Math.cos(p[ROT1]!) * Math.cos(p[ROT2]!)) / plane.pixel;
}

/** The image averaged over azimuth in a geometry. */
export function radialProfile(
  { data, valid, shape }: Counts,
  plane: Plane,
  p: Float64Array,
): RadialProfile {
  const [rows, columns] = shape;
  const direct = directDistance(p, plane);
  const size = Math.ceil(3 * Math.hypot(rows, columns));
  const sum = new Float64Array(size);
  const squares = new Float64Array(size);
  const number = new Float64Array(size);
  const [c1, c2] = [Math.cos(p[ROT1]!), Math.cos(p[ROT2]!)];
  const [ny, nx, nz] = [Math.sin(p[ROT2]!), -c2 * Math.sin(p[ROT1]!), c1 * c2];
  const dist = p[DIST]!;
  for (let row = 0; row < rows; row++) {
    const a = plane.rows[row]! - p[PONI1]!;
    for (let column = 0; column < columns; column++) {
      const i = row * columns + column;
      if (valid[i] === 0) continue;
      const b = plane.columns[column]! - p[PONI2]!;
      const t3 = a * ny + b * nx + dist * nz;
      const across = Math.sqrt(Math.max(a * a + b * b + dist * dist - t3 * t3, 0));
      const bin = t3 > 0 ? Math.round((direct * across) / t3) : size;
      if (bin >= size) continue;
      const value = stabilized(data[i]!);
      sum[bin]! += value;
      squares[bin]! += value * value;
      number[bin]!++;
    }
  }
  const mean = sum.map((value, i) => value / Math.max(number[i]!, 1));
  const error = number.map((n, i) => {
    if (n < 8) return Infinity;
    return Math.sqrt(Math.max(squares[i]! / n - mean[i]! ** 2, 0.25) / n);
  });
  return { mean, error };
}
