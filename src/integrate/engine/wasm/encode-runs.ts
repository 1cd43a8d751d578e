import type { PixelBins } from "../../pixel-bins.js";
import type { Arena } from "./arena.js";
import { ENCODING, LARGEST_WEIGHT, PAIR_BYTES, RUN_UNIT } from "./parameters.js";
import type { Tables } from "./tables.js";

const RUNS = 2;
/** A run's code: its first group of four bins above six bits for the number of groups. */
const MOST_GROUPS = 63;
/** Pixels that a bin has to hold, so that roundings of their weights average out. */
const FEW_PIXELS = 2;
/** So many of the pixels have weights that fit; the others' stay in pairs. */
const FITTING = 0.98;
const SAMPLES = 4096;

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
  const unit = Math.floor(LARGEST_WEIGHT / mostlyLargest(pixels));
  const small = smallBins(pixels);
  const codes = arena.uint32(tables.codes, rows * columns).fill(0);
  let groups = 0;
  let pairs = 0;
  // Once to see how much room it takes, once to write.
  for (const step of runsOf(pixels, unit, small)) {
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
  // What rounding took from a bin, its next weight is given: a bin's weights add up to what they should.
  const owed = new Float64Array(pixels.bins + 1);
  const rounded = (b: number, units: number): number => {
    const wanted = units + owed[b]!;
    const whole = Math.min(Math.max(Math.round(wanted), 0), LARGEST_WEIGHT);
    owed[b] = wanted - whole;
    return whole;
  };
  const beginRows = (until: number): void => {
    while (row < until) {
      row++;
      rowWeights[row] = weightStart + 8 * group;
      rowPairs[row] = pairStart + PAIR_BYTES * pair;
    }
  };
  for (const step of runsOf(pixels, unit, small)) {
    const p = pixel[step.from]!;
    beginRows(Math.floor(p / columns));
    if (step.groups > 0) {
      const first = bin[step.from]! >> 2;
      codes[p] = (first << 6) | step.groups;
      const offset = 4 * (group - first);
      for (let k = step.from; k < step.afterRun; k++) {
        const b = bin[k]!;
        weights[offset + b] = rounded(b, weight[k]! * unit);
        if (nextWeight[k]! > 0) weights[offset + b + 1] = rounded(b + 1, nextWeight[k]! * unit);
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
  arena.setParameter(RUN_UNIT, unit);
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
  unit: number,
  small: Uint8Array,
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
        const largest = Math.max(weight[to]!, nextWeight[to]!);
        if (largest * unit + 0.5 < LARGEST_WEIGHT + 1) run = to + 1;
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

/** A weight that the largest ones of most pixels do not exceed. */
function mostlyLargest({ pixel, weight, nextWeight }: PixelBins): number {
  const largest: number[] = [];
  const stride = Math.max(1, Math.floor(pixel.length / SAMPLES));
  for (let pair = 0; pair < pixel.length; pair += stride) {
    largest.push(Math.max(weight[pair]!, nextWeight[pair]!));
  }
  largest.sort((a, b) => a - b);
  return Math.max(largest[Math.floor(FITTING * largest.length)] ?? 1, 2 ** -12);
}

/** 1 for the bins that hold too little for rounded weights. */
function smallBins({ bins, bin, weight, nextWeight }: PixelBins): Uint8Array {
  const held = new Float64Array(bins + 1);
  for (let pair = 0; pair < bin.length; pair++) {
    held[bin[pair]!]! += weight[pair]!;
    held[bin[pair]! + 1]! += nextWeight[pair]!;
  }
  return Uint8Array.from(held, (pixels) => (pixels < FEW_PIXELS ? 1 : 0));
}
