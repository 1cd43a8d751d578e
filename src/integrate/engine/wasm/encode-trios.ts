import type { PixelBins } from "../../pixel-bins.js";
import type { Arena } from "./arena.js";
import { CODES, ENCODING, PAIR_BYTES, RUN_UNIT } from "./parameters.js";
import { type Rounding, roundingOf } from "./round-weights.js";
import type { Tables } from "./tables.js";

const TRIOS = 3;
/** The first bin has 16 bits, and one is past the last. */
const MOST_BINS = 2 ** 16 - 1;
/** Pairs that do not fit into trios, of all: with more, runs are faster. */
const MOST_OUTSIDE = 0.1;
const SAMPLES = 4096;

/** Whether nearly all pixels of a plan cover three neighbouring bins at most. */
export function fitsTrios({ bins, pixel, bin, nextWeight }: PixelBins): boolean {
  if (bins > MOST_BINS) return false;
  const stride = Math.max(1, Math.floor(pixel.length / SAMPLES));
  let outside = 0;
  let seen = 0;
  for (let at = 0; at < pixel.length; at += stride, seen++) {
    let first = at;
    while (first > 0 && pixel[first - 1] === pixel[at]) first--;
    const last = bin[at]! + (nextWeight[at]! > 0 ? 1 : 0);
    if (last > bin[first]! + 2) outside++;
  }
  return outside <= MOST_OUTSIDE * seen;
}

/**
 * Lays a plan that JavaScript made into a memory for the kernels: for each pixel the weights of the first
 * three bins that it covers, in 16 bits each. What is left, and pixels of bins that hold little, stay in
 * float64 pairs.
 */
export function encodeTrios(
  arena: Arena,
  pixels: PixelBins,
  [rows, columns]: readonly [number, number],
  tables: Tables,
): void {
  const { pixel, bin, weight, nextWeight } = pixels;
  const rounding = roundingOf(pixels);
  const places = placesOf(pixels, rounding);
  const pairs = places.reduce((sum, place) => sum + (place === IN_TRIO ? 0 : 1), 0);
  const codeStart = arena.allocate(8 * rows * columns + 16);
  const pairStart = arena.allocate(pairs * PAIR_BYTES);
  const codes = new Uint16Array(arena.memory.buffer, codeStart, 4 * rows * columns).fill(0);
  const numbers = arena.uint32(pairStart, (pairs * PAIR_BYTES) / 4);
  const exact = arena.float64(pairStart, (pairs * PAIR_BYTES) / 8);
  const rowPairs = arena.uint32(tables.rowPairs, rows).fill(pairStart);
  const rowPairCounts = arena.uint32(tables.rowPairCounts, rows).fill(0);
  // A pixel without weights may be NaN, and 0 × NaN is no 0: it begins past the last bin.
  for (let p = 0; p < rows * columns; p++) codes[4 * p + 3] = pixels.bins;
  let first = 0;
  let pair = 0;
  for (let k = 0; k < pixel.length; k++) {
    const p = pixel[k]!;
    const b = bin[k]!;
    if (k === 0 || pixel[k - 1] !== p) first = b;
    const code = 4 * p;
    if (places[k] !== IN_PAIR) {
      codes[code + 3] = first;
      codes[code + b - first] = rounding.round(b, weight[k]!);
      if (places[k] === IN_TRIO && nextWeight[k]! > 0) {
        codes[code + b + 1 - first] = rounding.round(b + 1, nextWeight[k]!);
      }
    }
    if (places[k] === IN_TRIO) continue;
    numbers[6 * pair] = p;
    numbers[6 * pair + 1] = b;
    exact[3 * pair + 1] = places[k] === IN_PAIR ? weight[k]! : 0;
    exact[3 * pair + 2] = nextWeight[k]!;
    pair++;
    rowPairCounts[Math.floor(p / columns)]!++;
  }
  for (let row = 1; row < rows; row++) {
    rowPairs[row] = rowPairs[row - 1]! + rowPairCounts[row - 1]! * PAIR_BYTES;
  }
  arena.setParameter(CODES, codeStart);
  arena.setParameter(ENCODING, TRIOS);
  arena.setParameter(RUN_UNIT, rounding.unit);
}

const IN_TRIO = 0;
const IN_PAIR = 1;
/** The weight in the trio, the next one in a pair. */
const IN_BOTH = 2;

/** Where each pair of the plan goes. */
function placesOf({ pixel, bin, weight, nextWeight }: PixelBins, rounding: Rounding): Uint8Array {
  const { small } = rounding;
  const places = new Uint8Array(pixel.length);
  for (let from = 0, to = 0; from < pixel.length; from = to) {
    let isExact = false;
    for (to = from; to < pixel.length && pixel[to] === pixel[from]; to++) {
      const b = bin[to]!;
      const isSmall = small[b] === 1 || (nextWeight[to]! > 0 && small[b + 1] === 1);
      if (isSmall || !rounding.fits(Math.max(weight[to]!, nextWeight[to]!))) isExact = true;
    }
    const last = bin[from]! + 2;
    for (let k = from; k < to; k++) {
      if (isExact || bin[k]! > last) places[k] = IN_PAIR;
      else if (bin[k] === last && nextWeight[k]! > 0) places[k] = IN_BOTH;
    }
  }
  return places;
}
