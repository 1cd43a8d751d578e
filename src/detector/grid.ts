import type { GridLayout, Orientation } from "./detector.js";
import { flipsColumns, flipsRows } from "./orientation.js";

/** Modules side by side along one axis, with wider pixels at their seams or gaps between them. */
export interface AxisModules {
  /** Pixels of one module. */
  readonly module: number;
  /** Size of the last and first pixel beside a seam between modules, in pixels. */
  readonly seam?: number;
  /** Distance between modules that the image leaves out, in metres. */
  readonly gap?: number;
}

/** The two edges of each of `count` equal pixels, in metres. */
export function uniformEdges(count: number, pixel: number): Float64Array {
  const edges = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    edges[2 * i] = i * pixel;
    edges[2 * i + 1] = (i + 1) * pixel;
  }
  return edges;
}

/** The two edges of each of `count` pixels in modules, in metres. */
export function moduleEdges(count: number, pixel: number, modules: AxisModules): Float64Array {
  const { module, seam = 1, gap = 0 } = modules;
  const edges = new Float64Array(2 * count);
  const lastSeam = Math.floor(count / module) - 1;
  let position = 0;
  for (let i = 0; i < count; i++) {
    const before = i % module === 0 && i > 0 && i / module <= lastSeam;
    const after = (i + 1) % module === 0 && (i + 1) / module <= lastSeam;
    if (before) position += gap;
    edges[2 * i] = position;
    position += before || after ? pixel * seam : pixel;
    edges[2 * i + 1] = position;
  }
  return edges;
}

/** A grid from edges along both axes in orientation 3; takes the arrays over. */
export function gridLayout(
  rows: Float64Array,
  columns: Float64Array,
  orientation: Orientation,
): GridLayout {
  return {
    kind: "grid",
    rows: flipsRows(orientation) ? rows.reverse() : rows,
    columns: flipsColumns(orientation) ? columns.reverse() : columns,
  };
}
