import type { PixelBins } from "../../pixel-bins.js";
import type { Arena } from "./arena.js";
import { ENCODING, PAIR_BYTES, RUN_UNIT } from "./parameters.js";
import { type Rounding, roundingOf } from "./round-weights.js";
import type { Tables } from "./tables.js";

const RUNS = 2;
/** A run's code: its first group of four bins above six bits for the number of groups. */
const MOST_GROUPS = 63;

/**
 * Lays a plan that JavaScript made into a memory for the kernels, with weights of 16 bits: a run of
 * neighbouring bins for each pixel. What does not fit into one, and pixels of bins that hold little,
 * stay in float64 pairs.
 */
export function encodeRuns(
  arena: Arena,
  pixels: PixelBins,
  [rows, columns]: readonly [number, number],
  tables: Tables,
): void {
  const { pixel, bin, weight, nextWeight } = pixels;
  const rounding = roundingOf(pixels);
  const codes = arena.uint32(tables.codes, rows * columns).fill(0);
  let groups = 0;
  let pairs = 0;
  // Once to see how much room it takes, once to write.
  for (const step of runsOf(pixels, rounding)) {
    groups += step.groups;
    pairs += step.to - step.afterRun;
  }
  const weightStart = arena.allocate(8 * groups + 16);
  const pairStart = arena.allocate(pairs * PAIR_BYTES);
  const weights = new Uint16Array(arena.memory.buffer, weightStart, 4 * groups).fill(0);
  const numbers = arena.uint32(pairStart, (pairs * PAIR_BYTES) / 4);
  const exact = arena.float64(pairStart, (pairs * PAIR_BYTES) / 8);
  const rowWeights = arena.uint32(tables.rowWeights, rows);
  const rowPairs = arena.uint32(tables.rowPairs, rows);
  const rowPairCounts = arena.uint32(tables.rowPairCounts, rows).fill(0);
  let group = 0;
  let pair = 0;
  let row = -1;
  const beginRows = (until: number): void => {
    while (row < until) {
      row++;
      rowWeights[row] = weightStart + 8 * group;
      rowPairs[row] = pairStart + PAIR_BYTES * pair;
    }
  };
  for (const step of runsOf(pixels, rounding)) {
    const p = pixel[step.from]!;
    beginRows(Math.floor(p / columns));
    if (step.groups > 0) {
      const first = bin[step.from]! >> 2;
      codes[p] = (first << 6) | step.groups;
      const offset = 4 * (group - first);
      for (let k = step.from; k < step.afterRun; k++) {
        const b = bin[k]!;
        weights[offset + b] = rounding.round(b, weight[k]!);
        if (nextWeight[k]! > 0) weights[offset + b + 1] = rounding.round(b + 1, nextWeight[k]!);
      }
      group += step.groups;
    }
    for (let k = step.afterRun; k < step.to; k++, pair++) {
      numbers[6 * pair] = p;
      numbers[6 * pair + 1] = bin[k]!;
      exact[3 * pair + 1] = weight[k]!;
      exact[3 * pair + 2] = nextWeight[k]!;
      rowPairCounts[row]!++;
    }
  }
  beginRows(rows - 1);
  arena.setParameter(ENCODING, RUNS);
  arena.setParameter(RUN_UNIT, rounding.unit);
}

/** A pixel's pairs: those up to `afterRun` make a run of so many groups of four bins. */
interface Step {
  from: number;
  afterRun: number;
  to: number;
  groups: number;
}

/** The pixels one after the other; the step is the same object each time. */
function* runsOf(
  { pixel, bin, weight, nextWeight }: PixelBins,
  { small, fits }: Rounding,
): Generator<Step, void, undefined> {
  const step: Step = { from: 0, afterRun: 0, to: 0, groups: 0 };
  for (let from = 0; from < pixel.length; from = step.to) {
    step.from = from;
    step.groups = 0;
    let to = from;
    let run = from;
    let isExact = false;
    for (; to < pixel.length && pixel[to] === pixel[from]; to++) {
      const b = bin[to]!;
      if (small[b] === 1 || (nextWeight[to]! > 0 && small[b + 1] === 1)) isExact = true;
      if (run === to && (to === from || b <= bin[to - 1]! + 2)) {
        if (fits(Math.max(weight[to]!, nextWeight[to]!))) run = to + 1;
        else isExact = true;
      }
    }
    if (run > from) {
      const last = bin[run - 1]! + (nextWeight[run - 1]! > 0 ? 1 : 0);
      step.groups = (last >> 2) - (bin[from]! >> 2) + 1;
    }
    if (isExact || step.groups > MOST_GROUPS) {
      step.groups = 0;
      run = from;
    }
    step.afterRun = run;
    step.to = to;
    yield step;
  }
}
