import type { NumberArray } from "../../src/widget-messages.js";
import type { Column } from "../export/table-text.js";
import type { PlotRange } from "../plot/plot-range.js";

/**
 * Row, column and intensity of the pixels of an image that a plot shows.
 *
 * @param factor pixels of the detector that each of them is the mean of, along each side: the first of
 * them is named.
 */
export function seenPixels({ data, shape }: NumberArray, range: PlotRange, factor = 1): Column[] {
  const columns = ["row", "column", "intensity"].map((name) => ({ name, values: [] as number[] }));
  const [rows, wide] = shape as [number, number];
  const firstOf = (low: number): number => Math.max(0, Math.ceil(low / factor));
  const lastOf = (high: number, most: number): number =>
    Math.min(most - 1, Math.floor(high / factor));
  const lastRow = lastOf(Math.max(...range.y), rows);
  const lastColumn = lastOf(Math.max(...range.x), wide);
  for (let row = firstOf(Math.min(...range.y)); row <= lastRow; row++) {
    for (let column = firstOf(Math.min(...range.x)); column <= lastColumn; column++) {
      columns[0]!.values.push(row * factor);
      columns[1]!.values.push(column * factor);
      columns[2]!.values.push(data[row * wide + column]!);
    }
  }
  return columns;
}
