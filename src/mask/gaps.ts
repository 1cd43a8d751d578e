import type { Image } from "../array.js";
import { emptyMask, type Mask } from "./mask.js";

/**
 * Masks what detectors write between their modules: whole numbers below zero, NaN, and rows and columns
 * with one value throughout.
 */
export function maskGaps({ data, shape }: Image): Mask {
  const [rows, columns] = shape;
  const mask = emptyMask(shape);
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (Number.isNaN(value) || (value < 0 && Number.isInteger(value))) mask.data[i] = 1;
  }
  for (let row = 0; row < rows; row++) {
    if (isConstant(data, row * columns, 1, columns)) {
      mask.data.fill(1, row * columns, (row + 1) * columns);
    }
  }
  for (let column = 0; column < columns; column++) {
    if (!isConstant(data, column, columns, rows)) continue;
    for (let i = column; i < data.length; i += columns) mask.data[i] = 1;
  }
  return mask;
}

function isConstant(data: ArrayLike<number>, first: number, step: number, count: number): boolean {
  for (let n = 1; n < count; n++) if (data[first + n * step] !== data[first]) return false;
  return count > 1;
}
