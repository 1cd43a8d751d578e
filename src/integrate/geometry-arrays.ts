import { type PixelRows, pixelRows } from "../geometry/pixel-rows.js";
import { polarRows } from "../geometry/polar-rows.js";
import { polarizationAt } from "../geometry/polarization.js";
import type { RadialFunction } from "../geometry/radial-formula.js";
import { solidAngleRows } from "../geometry/solid-angle.js";
import type { Setup } from "./plan-data.js";
import { shortWay } from "./split/outline.js";

/** A row-major array of any number of dimensions. */
export interface DenseArray {
  data: Float64Array;
  shape: number[];
}

type Shape = readonly [rows: number, columns: number];

/** Fills `[rows, columns, …inner]`, a row at a time. */
function filled(
  shape: Shape,
  inner: number[],
  write: (row: number, out: Float64Array) => void,
): DenseArray {
  const [rows, columns] = shape;
  const length = columns * inner.reduce((product, n) => product * n, 1);
  const data = new Float64Array(rows * length);
  for (let row = 0; row < rows; row++) write(row, data.subarray(row * length, (row + 1) * length));
  return { data, shape: [rows, columns, ...inner] };
}

export function centerArray(
  { geometry, detector }: Setup,
  shape: Shape,
  radialOf: RadialFunction,
): DenseArray {
  const { centersOfRow } = polarRows(geometry, detector, shape, radialOf);
  const chi = new Float64Array(shape[1]);
  return filled(shape, [], (row, out) => centersOfRow(row, out, chi));
}

export function chiArray({ geometry, detector }: Setup, shape: Shape): DenseArray {
  const { centersOfRow } = polarRows(geometry, detector, shape, (r) => r);
  const radial = new Float64Array(shape[1]);
  return filled(shape, [], (row, out) => centersOfRow(row, radial, out));
}

export function cornerArray(
  { geometry, detector }: Setup,
  shape: Shape,
  radialOf: RadialFunction,
): DenseArray {
  const { corners, cornersOfRow } = polarRows(geometry, detector, shape, radialOf);
  const radial = new Float64Array(shape[1] * corners);
  const chi = new Float64Array(shape[1] * corners);
  return filled(shape, [corners, 2], (row, out) => {
    cornersOfRow(row, radial, chi);
    for (let k = 0; k < radial.length; k++) {
      out[2 * k] = radial[k]!;
      out[2 * k + 1] = chi[k]!;
    }
  });
}

export function deltaArray(setup: Setup, shape: Shape, radialOf: RadialFunction): DenseArray {
  return farthestCorner(setup, shape, radialOf, (center, corner) =>
    Math.abs(corner[0] - center[0]),
  );
}

export function deltaChiArray(setup: Setup, shape: Shape): DenseArray {
  return farthestCorner(
    setup,
    shape,
    (r) => r,
    (center, corner) => Math.abs(shortWay(center[1], corner[1])),
  );
}

type Polar = [radial: number, chi: number];

function farthestCorner(
  { geometry, detector }: Setup,
  shape: Shape,
  radialOf: RadialFunction,
  distance: (center: Polar, corner: Polar) => number,
): DenseArray {
  const { corners, centersOfRow, cornersOfRow } = polarRows(geometry, detector, shape, radialOf);
  const columns = shape[1];
  const [radial, chi] = [new Float64Array(columns), new Float64Array(columns)];
  const cornerRadial = new Float64Array(columns * corners);
  const cornerChi = new Float64Array(columns * corners);
  return filled(shape, [], (row, out) => {
    centersOfRow(row, radial, chi);
    cornersOfRow(row, cornerRadial, cornerChi);
    for (let k = 0; k < cornerRadial.length; k++) {
      const column = Math.floor(k / corners);
      const center: Polar = [radial[column]!, chi[column]!];
      out[column] = Math.max(out[column]!, distance(center, [cornerRadial[k]!, cornerChi[k]!]));
    }
  });
}

export function solidAngleArray({ geometry, detector }: Setup, shape: Shape): DenseArray {
  return filled(shape, [], solidAngleRows(geometry, detector, shape));
}

export function polarizationArray(setup: Setup, shape: Shape, factor: number): DenseArray {
  return atCenters(setup, shape, [], (positions, i, out) => {
    out[i] = polarizationAt(
      positions[3 * i]!,
      positions[3 * i + 1]!,
      positions[3 * i + 2]!,
      factor,
    );
  });
}

/** (z, y, x), as pyFAI's `position_array`. */
export function positionArray(setup: Setup, shape: Shape): DenseArray {
  return atCenters(setup, shape, [3], (positions, i, out) => {
    out[3 * i] = positions[3 * i + 2]!;
    out[3 * i + 1] = positions[3 * i]!;
    out[3 * i + 2] = positions[3 * i + 1]!;
  });
}

function atCenters(
  { geometry, detector }: Setup,
  shape: Shape,
  inner: number[],
  write: (positions: Float64Array, column: number, out: Float64Array) => void,
): DenseArray {
  const { centersOfRow }: PixelRows = pixelRows(geometry, detector, shape);
  const positions = new Float64Array(shape[1] * 3);
  return filled(shape, inner, (row, out) => {
    centersOfRow(row, positions);
    for (let column = 0; column < shape[1]; column++) write(positions, column, out);
  });
}
