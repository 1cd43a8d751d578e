import type { Image } from "../array.js";
import type { RingPoints } from "./result.js";

/** Cells along the longer side. */
const CELLS = 24;

/** Mean misfits in cells of a detector. */
export interface ResidualMap extends Image<Float64Array> {
  /** Side of a cell in pixels. */
  readonly cell: number;
  /** Misfits within ± this are told apart by colours, in pixels. */
  readonly limit: number;
}

/**
 * How far the image's rings are outside the calculated ones, by place: the weighted mean of pieces of
 * rings in square cells, in pixels; NaN where there are none.
 */
export function residualMap(points: RingPoints, shape: readonly [number, number]): ResidualMap {
  const cell = Math.max(...shape) / CELLS;
  const cells: [number, number] = [Math.ceil(shape[0] / cell), Math.ceil(shape[1] / cell)];
  const sum = new Float64Array(cells[0] * cells[1]);
  const weights = new Float64Array(sum.length);
  const within = (position: number, most: number): number =>
    Math.min(Math.max(Math.floor((position + 0.5) / cell), 0), most - 1);
  for (let i = 0; i < points.row.length; i++) {
    const at = within(points.row[i]!, cells[0]) * cells[1] + within(points.column[i]!, cells[1]);
    const weight = points.sigma[i]! ** -2;
    sum[at]! += weight * points.misfit[i]!;
    weights[at]! += weight;
  }
  const data = sum.map((value, i) => (weights[i]! > 0 ? value / weights[i]! : Number.NaN));
  const sizes = data.filter(Number.isFinite).map(Math.abs).sort();
  return { data, shape: cells, cell, limit: sizes[Math.floor(0.95 * sizes.length)] || 0.01 };
}
