import type { Accumulators } from "./accumulators.js";
import type { Arena } from "./arena.js";
import { UINT8 } from "./element-types.js";
import { PAIR_BYTES } from "./parameters.js";
import { share, type Team } from "./team.js";

/** Memory that pairs of such pixels may take; a plan whose bins are all as small keeps rounded weights. */
const MOST_BYTES = 2 ** 30;

/**
 * Gives float64 weights to the pixels of bins that hold less than two pixels, such as those around the
 * beam and at the edges: there the roundings of weights do not average out.
 *
 * `divideAgain` runs a kernel over the rows that divides such pixels once more, given a list of bins;
 * `pairsOfPixel` is how many pairs a pixel takes, about.
 */
export async function keepSmallBins(
  arena: Arena,
  team: Team,
  sums: Accumulators,
  bins: number,
  pairsOfPixel: number,
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
  if (small > 0 && small * pairsOfPixel * PAIR_BYTES <= MOST_BYTES) {
    await divideAgain("divideSmallTogether", list);
  }
}
