import type { PixelBins } from "../../pixel-bins.js";
import type { Arena } from "./arena.js";
import { PAIR_BYTES } from "./parameters.js";
import type { Tables } from "./tables.js";

/** Lays a plan that JavaScript made into a memory for the kernels, its float64 pairs as they are. */
export function encodePixelBins(
  arena: Arena,
  { pixel, bin, weight, nextWeight }: PixelBins,
  [rows, columns]: readonly [number, number],
  tables: Tables,
): void {
  const start = arena.allocate(pixel.length * PAIR_BYTES);
  const numbers = arena.uint32(start, (pixel.length * PAIR_BYTES) / 4);
  const weights = arena.float64(start, (pixel.length * PAIR_BYTES) / 8);
  const rowPairs = arena.uint32(tables.rowPairs, rows);
  const counts = arena.uint32(tables.rowPairCounts, rows);
  rowPairs.fill(start);
  counts.fill(0);
  for (let pair = 0; pair < pixel.length; pair++) {
    numbers[6 * pair] = pixel[pair]!;
    numbers[6 * pair + 1] = bin[pair]!;
    weights[3 * pair + 1] = weight[pair]!;
    weights[3 * pair + 2] = nextWeight[pair]!;
    counts[Math.floor(pixel[pair]! / columns)]!++;
  }
  for (let row = 1; row < rows; row++) {
    rowPairs[row] = rowPairs[row - 1]! + counts[row - 1]! * PAIR_BYTES;
  }
}
