import type { ScanMotor } from "./axis.js";
import { evenAxis } from "./axis.js";
import type { ScanAxis } from "./scan.js";

/** The points of a scan, and the frame that belongs to each. */
export interface ScanGrid {
  readonly slow: ScanAxis;
  readonly fast: ScanAxis;
  readonly shape: readonly [slow: number, fast: number];
  /** Index of the first frame that may lie on the grid. */
  readonly first: number;
  /** Index after that of the last one. */
  readonly end: number;
  /** The point of a frame, `slow * shape[1] + fast`; −1 for one that is not on the grid. */
  point(index: number): number;
}

/** How frames follow each other in a scan of equal steps. */
export interface Raster {
  /** Frames before the first point. */
  readonly offset: number;
  /** Whether every other line runs back. */
  readonly zigzag: boolean;
}

/** A scan line by line, in equal steps. */
export function rasterGrid(
  slowMotor: ScanMotor,
  fastMotor: ScanMotor,
  { offset, zigzag }: Raster,
): ScanGrid {
  const slow = evenAxis(slowMotor, "slow");
  const fast = evenAxis(fastMotor, "fast");
  const shape = [slow.positions.length, fast.positions.length] as const;
  const [lines, columns] = shape;
  return {
    slow,
    fast,
    shape,
    first: offset,
    end: offset + lines * columns,
    point(index) {
      const place = index - offset;
      if (place < 0 || place >= lines * columns) return -1;
      const line = Math.floor(place / columns);
      const column = place - line * columns;
      return line * columns + (zigzag && line % 2 === 1 ? columns - 1 - column : column);
    },
  };
}
