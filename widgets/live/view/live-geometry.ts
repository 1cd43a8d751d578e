import { indexAt, type Plane, planeOf, positionAt } from "../../../src/calibrate/plane.js";
import { ringCurve } from "../../../src/calibrate/ring-curve.js";
import type { Detector } from "../../../src/detector/detector.js";
import { detectorPoint } from "../../../src/geometry/detector-point.js";
import { type Directions, imageDirections } from "../../../src/geometry/directions.js";
import { rotationMatrix } from "../../../src/geometry/rotation.js";
import type { Pixel } from "../../image/image-geometry.js";
import { detectorPlane } from "../detector-plane.js";
import type { LiveState } from "./live-state.js";

const DEGREE = Math.PI / 180;
/** Points of a ring that is drawn anew with each frame. */
const RING_STEPS = 120;

/** A point of the detector's plane, in metres along its slow and fast axis. */
export type PlanePoint = readonly [slow: number, fast: number];

/** Between a detector's plane and the pixels of its images; centres of pixels are whole numbers. */
export interface PixelGrid {
  readonly detector: Detector;
  toPlane(pixel: Pixel): PlanePoint;
  toPixel(point: PlanePoint): Pixel;
}

/** A state's geometry on a flat grid of pixels: what is seen, and what the hand that drags it means. */
export interface LiveGeometry extends Pick<PixelGrid, "toPlane" | "toPixel"> {
  readonly directions: Directions;
  /** Where the beam is. */
  readonly beam: PlanePoint;
  /** The position of a point from the beam axis, along it, and its azimuth χ in radians. */
  polar(point: PlanePoint): { readonly r: number; readonly z: number; readonly chi: number };
  /** Where the ring of an angle (radians) lies at an azimuth (radians). */
  ringPoint(twoTheta: number, chi: number): PlanePoint | undefined;
  /** The pixel of 2θ in radians and χ in degrees. */
  pixel(twoTheta: number, chi: number): Pixel | undefined;
  /** A ring as rows and columns in turn, NaN where it leaves the plane. */
  ring(twoTheta: number): Float64Array;
}

/** The grid of a detector for images of a shape; undefined for one that is no flat grid. */
export function pixelGrid(
  detector: Detector,
  shape: readonly [number, number],
): PixelGrid | undefined {
  if (detector.layout(shape).kind !== "grid" || !detector.flat) return undefined;
  const plane = planeOf(detector, shape);
  const indexOfRow = indexing(plane.rows);
  const indexOfColumn = indexing(plane.columns);
  return {
    detector,
    toPlane: ([row, column]) => [positionAt(plane.rows, row), positionAt(plane.columns, column)],
    toPixel: ([slow, fast]) => [indexOfRow(slow), indexOfColumn(fast)],
  };
}

/** The index of a position: in proportion where pixels are even, which searching for it is not worth. */
function indexing(middles: Plane["rows"]): (position: number) => number {
  const [first, last] = [middles[0]!, middles.at(-1)!];
  const pitch = (last - first) / (middles.length - 1);
  const isEven = middles.every(
    (at, i) => Math.abs(at - first - i * pitch) < 1e-6 * Math.abs(pitch),
  );
  return isEven
    ? (position) => (position - first) / pitch
    : (position) => indexAt(middles, position);
}

/** The geometry of a state. */
export function liveGeometry({ geometry }: LiveState, grid: PixelGrid): LiveGeometry {
  const m = rotationMatrix(geometry);
  const { toPixel, toPlane } = grid;
  return {
    ...{ toPixel, toPlane },
    directions: imageDirections(geometry, grid.detector),
    beam: detectorPlane(geometry).origin,
    polar: ([slow, fast]) => {
      const [p1, p2, p3] = [slow - geometry.poni1, fast - geometry.poni2, geometry.dist];
      const t1 = m[0] * p1 + m[1] * p2 + m[2] * p3;
      const t2 = m[3] * p1 + m[4] * p2 + m[5] * p3;
      const z = m[6] * p1 + m[7] * p2 + m[8] * p3;
      return { r: Math.hypot(t1, t2), z, chi: Math.atan2(t1, t2) };
    },
    ringPoint: (twoTheta, chi) => detectorPoint(geometry, twoTheta, chi),
    pixel: (twoTheta, chi) => {
      const point = detectorPoint(geometry, twoTheta, chi * DEGREE);
      return point && toPixel(point);
    },
    ring: (twoTheta) => {
      const curve = ringCurve(geometry, twoTheta, RING_STEPS);
      for (let i = 0; i < curve.length; i += 2) {
        const [row, column] = toPixel([curve[i]!, curve[i + 1]!]);
        curve[i] = row;
        curve[i + 1] = column;
      }
      return curve;
    },
  };
}
