import type { Accumulators } from "./accumulators.js";
import type { Arena } from "./arena.js";
import { UINT8 } from "./element-types.js";
import { share, type Team } from "./team.js";

/** Of more pixels than this the pairs would cost what the encoding saves; their weights are fine then. */
const LARGEST_PART = 0.1;

/**
 * Gives float64 weights to the pixels of bins that hold less than one pixel, such as those around the
 * beam and at the edges: there the roundings of weights do not average out.
 *
 * `divideAgain` runs a kernel over the rows that divides such pixels once more, given a list of bins.
 */
export async function keepSmallBins(
  arena: Arena,
  team: Team,
  sums: Accumulators,
  bins: number,
  [rows, columns]: readonly [number, number],
  divideAgain: (kernel: string, list: number) => Promise<void>,
): Promise<void> {
  const pixels = rows * columns;
  const ones = arena.allocate(pixels);
  arena.uint8(ones, pixels).fill(1);
  await sums.sum(UINT8, ones);
  const list = arena.allocate(4 * (bins + 8));
  if (team.runHere([["listSmall", sums.sums, list]]) === 0) return;
  const found = await team.run((thread, threads) => {
    return ["countSmall", ...share(rows, thread, threads), list];
  });
  const small = found.reduce((sum, count) => sum + count, 0);
  if (small > 0 && small <= LARGEST_PART * pixels) await divideAgain("divideSmallTogether", list);
}
