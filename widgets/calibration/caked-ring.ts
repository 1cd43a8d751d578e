import { ringCurve } from "../../src/calibrate/ring-curve.js";
import type { Geometry } from "../../src/geometry/geometry.js";
import { rotationMatrix } from "../../src/geometry/rotation.js";

const DEGREE = Math.PI / 180;
const STEPS = 360;

/**
 * Where the ring that one geometry calculates lies in a cake that was made in another: 2θ and χ in
 * turn, in degrees; a straight line where both are the same.
 */
export function cakedRing(geometry: Geometry, caked: Geometry, twoTheta: number): Float64Array {
  const curve = ringCurve(geometry, twoTheta, STEPS);
  const m = rotationMatrix(caked);
  for (let i = 0; i < curve.length; i += 2) {
    const p1 = curve[i]! - caked.poni1;
    const p2 = curve[i + 1]! - caked.poni2;
    const p3 = caked.dist;
    const t1 = m[0] * p1 + m[1] * p2 + m[2] * p3;
    const t2 = m[3] * p1 + m[4] * p2 + m[5] * p3;
    const t3 = m[6] * p1 + m[7] * p2 + m[8] * p3;
    curve[i] = Math.atan2(Math.hypot(t1, t2), t3) / DEGREE;
    curve[i + 1] = Math.atan2(t1, t2) / DEGREE;
  }
  return curve;
}
