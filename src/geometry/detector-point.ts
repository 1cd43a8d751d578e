import { cross, dot, frameOfGeometry, type Vector } from "./frame.js";
import type { Geometry } from "./geometry.js";

/**
 * Where a ray from the sample meets the plane of a flat detector: the inverse of 2θ and χ.
 *
 * @param twoTheta in radians.
 * @param chi in radians, pyFAI's azimuth.
 * @returns (y, x) in the detector's frame, in metres; `undefined` where the ray passes it by.
 */
export function detectorPoint(
  geometry: Geometry,
  twoTheta: number,
  chi: number,
): [y: number, x: number] | undefined {
  const { origin, slow, fast } = frameOfGeometry(geometry);
  const normal = cross(slow, fast);
  const sine = Math.sin(twoTheta);
  const ray: Vector = [sine * Math.sin(chi), sine * Math.cos(chi), Math.cos(twoTheta)];
  const along = dot(normal, ray);
  if (!(along > 1e-9)) return undefined;
  const length = dot(normal, origin) / along;
  const point: Vector = [
    length * ray[0] - origin[0],
    length * ray[1] - origin[1],
    length * ray[2] - origin[2],
  ];
  return [dot(slow, point), dot(fast, point)];
}
