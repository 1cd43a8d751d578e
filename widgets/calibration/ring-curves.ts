import { indexAt, planeOf } from "../../src/calibrate/plane.js";
import { ringCurve } from "../../src/calibrate/ring-curve.js";
import { twoThetaAt } from "../../src/calibrate/two-theta.js";
import type { Detector } from "../../src/detector/detector.js";
import type { Geometry } from "../../src/geometry/geometry.js";

const STEPS = 540;

/** Between the pixels of a detector and angles, in any geometry of it. */
export interface RingCurves {
  /** A ring as rows and columns in turn, NaN where it leaves the plane. */
  ring(geometry: Geometry, twoTheta: number): Float64Array;
  /** The angle at the centre of a pixel, in radians. */
  twoTheta(geometry: Geometry, row: number, column: number): number;
}

/** Rings on images of a shape; quick enough for dozens of them in each frame of a screen. */
export function ringCurves(detector: Detector, shape: readonly [number, number]): RingCurves {
  const plane = planeOf(detector, shape);
  const [rowAt, columnAt] = [indexing(plane.rows), indexing(plane.columns)];
  const angle = new Float64Array(1);
  return {
    ring: (geometry, twoTheta) => {
      const curve = ringCurve(geometry, twoTheta, STEPS);
      for (let i = 0; i < curve.length; i += 2) {
        curve[i] = rowAt(curve[i]!);
        curve[i + 1] = columnAt(curve[i + 1]!);
      }
      return curve;
    },
    twoTheta: ({ dist, poni1, poni2, rot1, rot2 }, row, column) => {
      const y = Float64Array.of(plane.rows[row]!);
      const x = Float64Array.of(plane.columns[column]!);
      twoThetaAt([dist, poni1, poni2, rot1, rot2], y, x, angle, new Float64Array(1));
      return angle[0]!;
    },
  };
}

/** The index of a position; without a search where the lines are evenly apart. */
function indexing(middles: Float64Array): (position: number) => number {
  const first = middles[0]!;
  const step = (middles.at(-1)! - first) / (middles.length - 1);
  const isEven = middles.every((at, i) => Math.abs(at - first - i * step) < 1e-6 * Math.abs(step));
  return isEven ? (position) => (position - first) / step : (at) => indexAt(middles, at);
}
