import type { Detector } from "../detector/detector.js";
import type { Geometry } from "./geometry.js";
import { detectorRows, pixelRows } from "./pixel-rows.js";

/**
 * Solid angle of each pixel of a row, relative to that of a pixel at the PONI: cos³ of the angle of
 * incidence, as pyFAI's `diffSolidAngle`.
 *
 * On a flat detector cos = dist / |sample to pixel|; else it is the angle to the pixel's normal, the
 * cross product of its diagonals.
 */
export function solidAngleRows(
  geometry: Geometry,
  detector: Detector,
  shape: readonly [number, number],
): (row: number, out: Float64Array) => void {
  const columns = shape[1];
  if (!detector.flat) return bentRows(geometry, detector, shape);
  const { centersOfRow } = detectorRows(detector.layout(shape), shape);
  const { dist, poni1, poni2 } = geometry;
  const centers = new Float64Array(columns * 3);
  return (row, out) => {
    centersOfRow(row, centers);
    for (let column = 0; column < columns; column++) {
      const p1 = centers[3 * column]! - poni1;
      const p2 = centers[3 * column + 1]! - poni2;
      const cos = dist / Math.sqrt(dist * dist + p1 * p1 + p2 * p2);
      // A power of three by `**` takes ten times as long.
      out[column] = cos * cos * cos;
    }
  };
}

function bentRows(
  geometry: Geometry,
  detector: Detector,
  shape: readonly [number, number],
): (row: number, out: Float64Array) => void {
  const rows = pixelRows(geometry, detector, shape);
  const centers = new Float64Array(shape[1] * 3);
  const corners = new Float64Array(shape[1] * rows.corners * 3);
  return (row, out) => {
    rows.centersOfRow(row, centers);
    rows.cornersOfRow(row, corners);
    for (let column = 0; column < shape[1]; column++) {
      const a = column * rows.corners * 3;
      const [x1, y1, z1] = difference(corners, a + 6, a);
      const [x2, y2, z2] = difference(corners, a + 9, a + 3);
      const normal = [y1 * z2 - z1 * y2, z1 * x2 - x1 * z2, x1 * y2 - y1 * x2] as const;
      const [t1, t2, t3] = [
        centers[3 * column]!,
        centers[3 * column + 1]!,
        centers[3 * column + 2]!,
      ];
      const dot = normal[0] * t1 + normal[1] * t2 + normal[2] * t3;
      // The side from which corners are counted depends on the orientation; the light comes from one.
      out[column] = Math.abs(dot / (Math.hypot(...normal) * Math.hypot(t1, t2, t3))) ** 3;
    }
  };
}

function difference(positions: Float64Array, end: number, start: number): [number, number, number] {
  return [
    positions[end]! - positions[start]!,
    positions[end + 1]! - positions[start + 1]!,
    positions[end + 2]! - positions[start + 2]!,
  ];
}
