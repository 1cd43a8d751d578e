import type { CornerLayout, Shape } from "./detector.js";

/** Corners of a hexagon of pitch 1 that stands on a corner, as (y, x) from its bounding box's origin, upwards on the right and downwards on the left. */
const SIDE = 1 / Math.sqrt(3);
const HEXAGON: readonly (readonly [y: number, x: number])[] = [
  [0, 0.5],
  [SIDE / 2, 1],
  [1.5 * SIDE, 1],
  [2 * SIDE, 0.5],
  [1.5 * SIDE, 0],
  [SIDE / 2, 0],
];

/** Hexagonal pixels in rows `pitch · √3 / 2` apart, odd rows half a pixel further along the fast axis. */
export function hexagonalLayout(shape: Shape, pitch: number): CornerLayout {
  const columns = shape[1];
  const height = Math.sqrt(3) / 2;
  const row = (index: number, out: Float64Array): void => {
    const shift = index % 2 === 0 ? 0 : 0.5;
    let at = 0;
    for (let column = 0; column < columns; column++) {
      for (const [y, x] of HEXAGON) {
        out[at++] = 0;
        out[at++] = (index * height + y) * pitch;
        out[at++] = (column + shift + x) * pitch;
      }
    }
  };
  return { kind: "corners", corners: 6, row };
}
