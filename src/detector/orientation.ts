import type { CornerLayout, Orientation, Shape } from "./detector.js";

/** Whether the rows of an image run against the detector's slow axis. */
export function flipsRows(orientation: Orientation): boolean {
  return orientation === 1 || orientation === 2;
}

/** Whether the columns of an image run against the detector's fast axis. */
export function flipsColumns(orientation: Orientation): boolean {
  return orientation === 1 || orientation === 4;
}

/** Which native corner becomes A, B, C and D where rows or columns run backwards. */
const CORNERS_OF: Readonly<Record<Orientation, readonly number[]>> = {
  1: [2, 3, 0, 1],
  2: [1, 0, 3, 2],
  3: [0, 1, 2, 3],
  4: [3, 2, 1, 0],
};

/** The pixels of `native`, which is in orientation 3, by their index in another orientation. */
export function orientCorners(
  native: CornerLayout,
  shape: Shape,
  orientation: Orientation,
): CornerLayout {
  if (orientation === 3) return native;
  const [rows, columns] = shape;
  const { corners } = native;
  const source = new Float64Array(columns * corners * 3);
  const order = corners === 4 ? CORNERS_OF[orientation] : [0, 1, 2, 3, 4, 5];
  const row = (index: number, out: Float64Array): void => {
    native.row(flipsRows(orientation) ? rows - 1 - index : index, source);
    let at = 0;
    for (let column = 0; column < columns; column++) {
      const from = flipsColumns(orientation) ? columns - 1 - column : column;
      for (let corner = 0; corner < corners; corner++) {
        const start = (from * corners + order[corner]!) * 3;
        out[at++] = source[start]!;
        out[at++] = source[start + 1]!;
        out[at++] = source[start + 2]!;
      }
    }
  };
  return { kind: "corners", corners, row };
}

/**
 * Reorders a mask that is in orientation 3, in place.
 *
 * pyFAI 2026.9 leaves masks as they are; but gaps belong to the pixels, whatever their index.
 */
export function orientMask(mask: Uint8Array, shape: Shape, orientation: Orientation): Uint8Array {
  const [rows, columns] = shape;
  if (orientation === 1) return mask.reverse();
  if (orientation === 4) {
    for (let row = 0; row < rows; row++)
      mask.subarray(row * columns, (row + 1) * columns).reverse();
  }
  if (orientation === 2) {
    for (let row = 0; row < rows >> 1; row++) {
      const mirror = (rows - 1 - row) * columns;
      const kept = mask.slice(row * columns, (row + 1) * columns);
      mask.copyWithin(row * columns, mirror, mirror + columns);
      mask.set(kept, mirror);
    }
  }
  return mask;
}
