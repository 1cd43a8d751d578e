import type { Image } from "../array.js";
import { OptionError } from "../errors.js";

/**
 * A copy of a sinogram in which points without a value (NaN, ±Infinity) are taken from the next ones at
 * other angles, linearly between two of them.
 *
 * @throws OptionError where a position has no value at any angle.
 */
export function fillGaps({ data, shape }: Image): Float64Array {
  const [rows, columns] = shape;
  const filled = Float64Array.from(data);
  if (filled.every(Number.isFinite)) return filled;
  for (let column = 0; column < columns; column++) {
    const known: number[] = [];
    for (let row = 0; row < rows; row++) {
      if (Number.isFinite(filled[row * columns + column]!)) known.push(row);
    }
    if (known.length === 0) {
      const message = `column ${column} has no value at any angle; leave it out`;
      throw new OptionError("sinogram", undefined, message);
    }
    for (let row = 0, next = 0; row < rows; row++) {
      while (next < known.length && known[next]! < row) next++;
      if (known[next] === row) continue;
      const after = known[next] ?? known.at(-1)!;
      const before = known[next - 1] ?? after;
      const share = after === before ? 0 : (row - before) / (after - before);
      const [low, high] = [before, after].map((at) => filled[at * columns + column]!);
      filled[row * columns + column] = low! + share * (high! - low!);
    }
  }
  return filled;
}
