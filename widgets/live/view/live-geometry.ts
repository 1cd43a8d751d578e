import { indexAt, planeOf, positionAt } from "../../../src/calibrate/plane.js";
import type { Detector } from "../../../src/detector/detector.js";
import { detectorPoint } from "../../../src/geometry/detector-point.js";
import { rotationMatrix } from "../../../src/geometry/rotation.js";
import { type ImageGeometry, imageGeometryOf, type Pixel } from "../../image/image-geometry.js";
import { detectorPlane } from "../detector-plane.js";
import type { LiveState } from "./live-state.js";

/** A point of the detector's plane, in metres along its slow and fast axis. */
export type PlanePoint = readonly [slow: number, fast: number];

/** A state's geometry on a flat grid of pixels: what is seen, and what the hand that drags it means. */
export interface LiveGeometry extends ImageGeometry {
  /** Where the beam is. */
  readonly beam: PlanePoint;
  toPlane(pixel: Pixel): PlanePoint;
  toPixel(point: PlanePoint): Pixel;
  /** The position of a point from the beam axis, along it, and its azimuth χ in radians. */
  polar(point: PlanePoint): { readonly r: number; readonly z: number; readonly chi: number };
  /** Where the ring of an angle (radians) lies at an azimuth (radians). */
  ringPoint(twoTheta: number, chi: number): PlanePoint | undefined;
}

/** The geometry of a state; undefined for detectors that are no flat grid. */
export function liveGeometry(
  { geometry, wavelength }: LiveState,
  detector: Detector,
  shape: readonly [number, number],
): LiveGeometry | undefined {
  const layout = detector.layout(shape);
  if (layout.kind !== "grid" || !detector.flat) return undefined;
  const plane = planeOf(detector, shape);
  const m = rotationMatrix(geometry);
  const poni = { ...geometry, detector, ...(wavelength === null ? {} : { wavelength }) };
  return {
    ...imageGeometryOf(poni, shape),
    beam: detectorPlane(geometry).origin,
    toPlane: ([row, column]) => [positionAt(plane.rows, row), positionAt(plane.columns, column)],
    toPixel: ([slow, fast]) => [indexAt(plane.rows, slow), indexAt(plane.columns, fast)],
    polar: ([slow, fast]) => {
      const [p1, p2, p3] = [slow - geometry.poni1, fast - geometry.poni2, geometry.dist];
      const t1 = m[0] * p1 + m[1] * p2 + m[2] * p3;
      const t2 = m[3] * p1 + m[4] * p2 + m[5] * p3;
      const z = m[6] * p1 + m[7] * p2 + m[8] * p3;
      return { r: Math.hypot(t1, t2), z, chi: Math.atan2(t1, t2) };
    },
    ringPoint: (twoTheta, chi) => detectorPoint(geometry, twoTheta, chi),
  };
}
