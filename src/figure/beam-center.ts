import type { Detector } from "../detector/detector.js";
import type { Geometry } from "../geometry/geometry.js";
import { pixelRows } from "../geometry/pixel-rows.js";
import type { Center } from "./compass.js";

/**
 * Where the direct beam meets a detector, in parts of the displayed image's width and height from
 * its top left; outside 0 to 1 when it misses. `undefined` for a detector that is not flat, or seen
 * edge on.
 */
export function beamCenter(
  geometry: Geometry,
  detector: Detector,
  shape: readonly [rows: number, columns: number],
): Center | undefined {
  const [rows, columns] = shape;
  if (!detector.flat || rows < 2 || columns < 2) return undefined;
  const { centersOfRow } = pixelRows(geometry, detector, shape);
  const first = new Float64Array(3 * columns);
  const last = new Float64Array(3 * columns);
  centersOfRow(0, first);
  centersOfRow(rows - 1, last);
  // On a plane, positions across the beam are linear in row and column: two equations for two unknowns.
  const end = 3 * (columns - 1);
  const [y, x] = [first[0]!, first[1]!];
  const [yDown, xDown] = [last[0]! - y, last[1]! - x];
  const [yRight, xRight] = [first[end]! - y, first[end + 1]! - x];
  const determinant = yDown * xRight - yRight * xDown;
  if (determinant === 0) return undefined;
  const down = (-y * xRight + x * yRight) / determinant;
  const right = (-x * yDown + y * xDown) / determinant;
  return {
    x: (right * (columns - 1) + 0.5) / columns,
    y: (down * (rows - 1) + 0.5) / rows,
  };
}
