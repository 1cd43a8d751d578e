import type { PlotAxis } from "plotly.js";
import type { PlotRange } from "../plot/plot-range.js";
import type { Raster, Union, Window } from "./raster.js";

/** A tick at a value of its axis. */
export interface AxisTick {
  readonly at: number;
  readonly text: string;
}

/** An axis of a raster: its values at the outer edges of the first and the last pixel. */
export interface RasterAxis {
  readonly title: string;
  readonly first: number;
  readonly last: number;
  /** Where ticks other than round numbers are wanted: those between two values. */
  readonly ticks?: (low: number, high: number) => readonly AxisTick[];
}

/** What a raster plot shows. */
export interface RasterScene {
  readonly raster: Raster;
  readonly x: RasterAxis;
  /** Of the rows; the first one is at the top, unless `rowsUp`. */
  readonly y: RasterAxis;
  readonly rowsUp?: boolean;
  /** Whether the first column is at the right. */
  readonly columnsLeft?: boolean;
  /** Whether pixels are square on the screen. */
  readonly square?: boolean;
  /** What the colours mean; without it there is no colour bar. */
  readonly colorTitle?: string;
  readonly union?: Union;
}

/** All of a scene, as plotly has ranges: from the left, from the bottom. */
export function wholeRange({ x, y, rowsUp, columnsLeft }: RasterScene): PlotRange {
  return {
    x: columnsLeft ? [x.last, x.first] : [x.first, x.last],
    y: rowsUp ? [y.first, y.last] : [y.last, y.first],
  };
}

/** The part of a scene's raster that axes show, in pixels. */
export function windowOf(
  { raster, x, y }: RasterScene,
  axes: { readonly x: PlotAxis; readonly y: PlotAxis },
): Window {
  const [rows, columns] = raster.shape;
  const column = (value: number): number => ((value - x.first) / (x.last - x.first)) * columns;
  const row = (value: number): number => ((value - y.first) / (y.last - y.first)) * rows;
  const [bottom, top] = axes.y.range;
  const [left, right] = axes.x.range;
  return { left: column(left), right: column(right), top: row(top), bottom: row(bottom) };
}
