import type { Geometry } from "../../src/geometry/geometry.js";
import { type Matrix3, rotationMatrix } from "../../src/geometry/rotation.js";

/** A flat detector in the laboratory, described from where the beam meets it. */
export interface DetectorPlane {
  readonly matrix: Matrix3;
  /** Where positions on the detector are counted from, along its slow and its fast axis, in metres. */
  readonly origin: readonly [slow: number, fast: number];
  /** That point in the laboratory. */
  readonly position: readonly [t1: number, t2: number, t3: number];
  /** Not where the detector lies along the beam. */
  readonly meetsBeam: boolean;
}

/**
 * The plane of a geometry, with the beam as origin: float32 would lose the digits that cancel there
 * if positions were counted from elsewhere. A detector along the beam is counted from its PONI.
 */
export function detectorPlane(geometry: Geometry): DetectorPlane {
  const { dist, poni1, poni2 } = geometry;
  const m = rotationMatrix(geometry);
  const determinant = m[0] * m[4] - m[1] * m[3];
  if (Math.abs(determinant) < 1e-6) {
    const position = [m[2] * dist, m[5] * dist, m[8] * dist] as const;
    return { matrix: m, origin: [poni1, poni2], position, meetsBeam: false };
  }
  const slow = (dist * (m[1] * m[5] - m[2] * m[4])) / determinant;
  const fast = (dist * (m[2] * m[3] - m[0] * m[5])) / determinant;
  const along = m[6] * slow + m[7] * fast + m[8] * dist;
  return {
    matrix: m,
    origin: [poni1 + slow, poni2 + fast],
    position: [0, 0, along],
    meetsBeam: true,
  };
}
