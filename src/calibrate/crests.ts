import { type Plane, positionAt } from "./plane.js";
import type { Ridges } from "./ridges.js";
import type { Crests } from "./search.js";

/** Crests on the detector's plane: positions in metres, and the directions across them. */
export function crestsOf(ridges: Ridges, plane: Plane): Crests {
  const { count, row, column, acrossRow, acrossColumn, arc, arcs } = ridges;
  const y = row.map((value) => positionAt(plane.rows, value));
  const x = column.map((value) => positionAt(plane.columns, value));
  const directionY = new Float64Array(count);
  const directionX = new Float64Array(count);
  // The slope along an axis is one over the length of a pixel there; rows may run backwards.
  const perRow = 1 / (plane.rows[1]! - plane.rows[0]!);
  const perColumn = 1 / (plane.columns[1]! - plane.columns[0]!);
  for (let i = 0; i < count; i++) {
    const dy = acrossRow[i]! * perRow;
    const dx = acrossColumn[i]! * perColumn;
    const length = Math.hypot(dy, dx);
    directionY[i] = dy / length;
    directionX[i] = dx / length;
  }
  return { y, x, directionY, directionX, arc, arcs };
}
