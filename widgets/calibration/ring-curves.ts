import { indexAt, planeOf } from "../../src/calibrate/plane.js";
import { ringCurve } from "../../src/calibrate/ring-curve.js";
import type { Detector } from "../../src/detector/detector.js";
import type { Geometry } from "../../src/geometry/geometry.js";

const STEPS = 540;

/** Rings as rows and columns in turn, NaN where they leave the plane, for geometries of a detector. */
export type RingCurves = (geometry: Geometry, twoTheta: number) => Float64Array;

/** Rings on images of a shape; quick enough for dozens of them in each frame of a screen. */
export function ringCurves(detector: Detector, shape: readonly [number, number]): RingCurves {
  const plane = planeOf(detector, shape);
  const [rowAt, columnAt] = [indexing(plane.rows), indexing(plane.columns)];
  return (geometry, twoTheta) => {
    const curve = ringCurve(geometry, twoTheta, STEPS);
    for (let i = 0; i < curve.length; i += 2) {
      curve[i] = rowAt(curve[i]!);
      curve[i + 1] = columnAt(curve[i + 1]!);
    }
    return curve;
  };
}

/** The index of a position; without a search where the lines are evenly apart. */
function indexing(middles: Float64Array): (position: number) => number {
  const first = middles[0]!;
  const step = (middles.at(-1)! - first) / (middles.length - 1);
  const isEven = middles.every((at, i) => Math.abs(at - first - i * step) < 1e-6 * Math.abs(step));
  return isEven ? (position) => (position - first) / step : (at) => indexAt(middles, at);
}
