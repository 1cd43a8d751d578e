import type { Geometry } from "./geometry.js";
import { rotationMatrix } from "./rotation.js";

/** A vector in the laboratory (pyFAI's axes): up the slow axis, along the fast axis, along the beam. */
export type Vector = readonly [number, number, number];

/** Where a flat detector is, by its frame in the laboratory; lengths in metres. */
export interface DetectorFrame {
  /** The origin of the detector's own frame: the outer corner of its first pixel. */
  readonly origin: Vector;
  /** Unit vectors along its slow and fast axis. */
  readonly slow: Vector;
  readonly fast: Vector;
}

/** The frame of a geometry. */
export function frameOfGeometry(geometry: Geometry): DetectorFrame {
  const m = rotationMatrix(geometry);
  const { dist, poni1, poni2 } = geometry;
  const slow: Vector = [m[0], m[3], m[6]];
  const fast: Vector = [m[1], m[4], m[7]];
  const normal: Vector = [m[2], m[5], m[8]];
  const at = (i: 0 | 1 | 2): number => dist * normal[i] - poni1 * slow[i] - poni2 * fast[i];
  return { origin: [at(0), at(1), at(2)], slow, fast };
}

/**
 * The geometry of a frame whose axes are orthogonal unit vectors and right-handed with the normal away
 * from the sample.
 */
export function geometryOfFrame({ origin, slow, fast }: DetectorFrame): Geometry {
  const normal = cross(slow, fast);
  const dist = dot(normal, origin);
  return {
    dist,
    poni1: -dot(slow, origin),
    poni2: -dot(fast, origin),
    rot1: Math.atan2(-fast[2], normal[2]),
    rot2: Math.asin(Math.min(Math.max(slow[2], -1), 1)),
    rot3: Math.atan2(slow[1], slow[0]),
  };
}

export function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

export function cross(a: Vector, b: Vector): Vector {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}
