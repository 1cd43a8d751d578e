import type { Detector } from "../detector/detector.js";
import type { Geometry } from "./geometry.js";
import { pixelRows, rotate } from "./pixel-rows.js";
import type { RadialFunction } from "./radial-formula.js";
import { rotationMatrix } from "./rotation.js";

/** Polar coordinates of pixels, one row at a time: a radial quantity, and χ in radians, (−π, π]. */
export interface PolarRows {
  readonly shape: readonly [rows: number, columns: number];
  readonly corners: number;
  /** Writes one value a pixel into each. */
  readonly centersOfRow: (row: number, radial: Float64Array, chi: Float64Array) => void;
  /** Writes one value a corner into each, `columns × corners`. */
  readonly cornersOfRow: (row: number, radial: Float64Array, chi: Float64Array) => void;
}

/** Polar coordinates of a detector's pixels: χ = atan2(t1, t2), from the fast axis to the slow one. */
export function polarRows(
  geometry: Geometry,
  detector: Detector,
  shape: readonly [number, number],
  radialOf: RadialFunction,
): PolarRows {
  const rows = pixelRows(geometry, detector, shape);
  const centers = new Float64Array(shape[1] * 3);
  const corners = new Float64Array(shape[1] * rows.corners * 3);
  const inGrid = gridCorners(geometry, detector, shape, radialOf);
  return {
    shape,
    corners: rows.corners,
    centersOfRow: (row, radial, chi) => {
      rows.centersOfRow(row, centers);
      toPolar(centers, radialOf, radial, chi);
    },
    cornersOfRow:
      inGrid ??
      ((row, radial, chi) => {
        rows.cornersOfRow(row, corners);
        toPolar(corners, radialOf, radial, chi);
      }),
  };
}

function toPolar(
  positions: Float64Array,
  radialOf: RadialFunction,
  radial: Float64Array,
  chi: Float64Array,
): void {
  for (let i = 0, j = 0; j < positions.length; i++, j += 3) {
    const t1 = positions[j]!;
    const t2 = positions[j + 1]!;
    radial[i] = radialOf(Math.sqrt(t1 * t1 + t2 * t2), positions[j + 2]!);
    chi[i] = Math.atan2(t1, t2);
  }
}

interface Line {
  y: number;
  radial: Float64Array;
  chi: Float64Array;
}

/**
 * Corners where pixels touch each other along a row: each is computed once for the pixels that share
 * it (a quarter of the arctangents), and a line of corners once for the two rows that share it.
 */
function gridCorners(
  geometry: Geometry,
  detector: Detector,
  shape: readonly [number, number],
  radialOf: RadialFunction,
): PolarRows["cornersOfRow"] | undefined {
  const layout = detector.layout(shape);
  if (layout.kind !== "grid") return undefined;
  const columns = shape[1];
  const { rows: rowEdges, columns: edges } = layout;
  for (let column = 1; column < columns; column++) {
    if (edges[2 * column] !== edges[2 * column - 1]) return undefined;
  }
  const matrix = rotationMatrix(geometry);
  const positions = new Float64Array((columns + 1) * 3);
  const newLine = (): Line => ({
    y: Number.NaN,
    radial: new Float64Array(columns + 1),
    chi: new Float64Array(columns + 1),
  });
  let [near, far] = [newLine(), newLine()];
  const compute = (line: Line, y: number): void => {
    for (let column = 0; column <= columns; column++) {
      positions[3 * column] = y;
      positions[3 * column + 1] = column < columns ? edges[2 * column]! : edges[2 * columns - 1]!;
      positions[3 * column + 2] = 0;
    }
    rotate(positions, geometry, matrix);
    toPolar(positions, radialOf, line.radial, line.chi);
    line.y = y;
  };
  return (row, radial, chi) => {
    const [yNear, yFar] = [rowEdges[2 * row]!, rowEdges[2 * row + 1]!];
    if (far.y === yNear) [near, far] = [far, near];
    if (near.y !== yNear) compute(near, yNear);
    if (far.y !== yFar) compute(far, yFar);
    for (let column = 0, i = 0; column < columns; column++, i += 4) {
      radial[i] = near.radial[column]!;
      radial[i + 1] = far.radial[column]!;
      radial[i + 2] = far.radial[column + 1]!;
      radial[i + 3] = near.radial[column + 1]!;
      chi[i] = near.chi[column]!;
      chi[i + 1] = far.chi[column]!;
      chi[i + 2] = far.chi[column + 1]!;
      chi[i + 3] = near.chi[column + 1]!;
    }
  };
}
