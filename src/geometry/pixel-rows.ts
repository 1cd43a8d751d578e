import type { Detector, PixelLayout } from "../detector/detector.js";
import type { Geometry } from "./geometry.js";
import { type Matrix3, rotationMatrix } from "./rotation.js";

/**
 * Positions of a detector's pixels in the laboratory, one row at a time so that memory stays small.
 *
 * A position is (t1, t2, t3) in metres from the sample: t1 up the slow axis, t2 along the fast axis,
 * t3 along the beam.
 */
export interface PixelRows {
  readonly shape: readonly [rows: number, columns: number];
  /** Corners of each pixel, in pyFAI's order A, B, C, D. */
  readonly corners: number;
  /** Writes `columns × 3`. */
  readonly centersOfRow: (row: number, out: Float64Array) => void;
  /** Writes `columns × corners × 3`. */
  readonly cornersOfRow: (row: number, out: Float64Array) => void;
}

/** pyFAI takes the mean of the first four corners for a centre, of hexagons too: 15 µm off for those. */
const CENTER_CORNERS = 4;

/** The pixels of a detector in a geometry, for images of a shape. */
export function pixelRows(
  geometry: Geometry,
  detector: Detector,
  shape: readonly [number, number],
): PixelRows {
  const layout = detector.layout(shape);
  const positions = detectorRows(layout, shape);
  const matrix = rotationMatrix(geometry);
  const toLaboratory = (write: (row: number, out: Float64Array) => void) => {
    return (row: number, out: Float64Array) => {
      write(row, out);
      rotate(out, geometry, matrix);
    };
  };
  return {
    shape,
    corners: positions.corners,
    centersOfRow: toLaboratory(positions.centersOfRow),
    cornersOfRow: toLaboratory(positions.cornersOfRow),
  };
}

/** The same positions in the detector's own frame, as (y, x, z) from its origin. */
export function detectorRows(layout: PixelLayout, shape: readonly [number, number]): PixelRows {
  const columns = shape[1];
  if (layout.kind === "corners") {
    const count = layout.corners;
    const corners = new Float64Array(columns * count * 3);
    return {
      shape,
      corners: count,
      cornersOfRow: (row, out) => {
        layout.row(row, corners);
        for (let i = 0; i < out.length; i += 3) {
          out[i] = corners[i + 1]!;
          out[i + 1] = corners[i + 2]!;
          out[i + 2] = corners[i]!;
        }
      },
      centersOfRow: (row, out) => {
        layout.row(row, corners);
        for (let column = 0; column < columns; column++) {
          for (let axis = 0; axis < 3; axis++) {
            let sum = 0;
            for (let corner = 0; corner < CENTER_CORNERS; corner++) {
              sum += corners[(column * count + corner) * 3 + ((axis + 1) % 3)]!;
            }
            out[column * 3 + axis] = sum / CENTER_CORNERS;
          }
        }
      },
    };
  }
  const { rows, columns: edges } = layout;
  return {
    shape,
    corners: 4,
    cornersOfRow: (row, out) => {
      const [near, far] = [rows[2 * row]!, rows[2 * row + 1]!];
      for (let column = 0; column < columns; column++) {
        const i = 12 * column;
        out[i] = near;
        out[i + 3] = far;
        out[i + 6] = far;
        out[i + 9] = near;
        out[i + 1] = edges[2 * column]!;
        out[i + 4] = edges[2 * column]!;
        out[i + 7] = edges[2 * column + 1]!;
        out[i + 10] = edges[2 * column + 1]!;
        for (let corner = 0; corner < 4; corner++) out[i + 3 * corner + 2] = 0;
      }
    },
    centersOfRow: (row, out) => {
      const y = (rows[2 * row]! + rows[2 * row + 1]!) / 2;
      for (let column = 0; column < columns; column++) {
        out[3 * column] = y;
        out[3 * column + 1] = (edges[2 * column]! + edges[2 * column + 1]!) / 2;
        out[3 * column + 2] = 0;
      }
    },
  };
}

/** Takes positions (y, x, z) of the detector's frame to the laboratory's, in place. */
export function rotate(positions: Float64Array, geometry: Geometry, matrix: Matrix3): void {
  const { dist, poni1, poni2 } = geometry;
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = matrix;
  for (let i = 0; i < positions.length; i += 3) {
    const p1 = positions[i]! - poni1;
    const p2 = positions[i + 1]! - poni2;
    const p3 = positions[i + 2]! + dist;
    positions[i] = m0 * p1 + m1 * p2 + m2 * p3;
    positions[i + 1] = m3 * p1 + m4 * p2 + m5 * p3;
    positions[i + 2] = m6 * p1 + m7 * p2 + m8 * p3;
  }
}
