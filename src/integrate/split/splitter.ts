import type { PolarRows } from "../../geometry/polar-rows.js";
import type { Axis } from "../axis.js";
import type { PixelBinsBuilder } from "../pixel-bins.js";
import type { BeamAxis } from "./outline.js";

/** Smallest and largest value. */
export interface Extent {
  low: number;
  high: number;
}

/** A row of pixels in polar coordinates, and whether each counts. */
export interface SplitRow {
  readonly row: number;
  /** The row's part of the mask: 0 = counts. */
  readonly masked: Uint8Array;
}

/** Where pixels are, and what a splitter needs to know of the radial quantity. */
export interface SplitInput {
  readonly rows: PolarRows;
  readonly beam: BeamAxis;
  /** The radial quantity is never below zero. */
  readonly positive: boolean;
}

/** The bins: `azimuth` in radians, `undefined` where all azimuths count. */
export interface SplitAxes {
  readonly radial: Axis;
  readonly azimuth: Axis | undefined;
}

/** One way of dividing pixels among bins. */
export interface Splitter {
  /**
   * Widens the extents to what the row's pixels cover; true where a pixel straddles ±180°, so that its
   * azimuths have no extent.
   */
  extend(row: SplitRow, radial: Extent, azimuth: Extent): boolean;
  /** Adds the row's pixels to the bins: bin = azimuthal bin × radial bins + radial bin. */
  divide(row: SplitRow, axes: SplitAxes, out: PixelBinsBuilder): void;
}
