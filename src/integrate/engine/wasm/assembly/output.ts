import {
  AZIMUTH_BINS,
  CODES,
  COLUMNS,
  ENCODING,
  LARGEST_WEIGHT,
  PAIR_BYTES,
  RADIAL_BINS,
  ROW_PAIR_COUNTS,
  ROW_PAIRS,
  ROW_WEIGHTS,
  RUN_UNIT,
  STREAM_UNIT,
} from "../parameters";
import { address, allocate, parameter, whole } from "./memory";

// Where this thread writes; each row's pairs and weights lie in one piece.
const CHUNK: usize = 4 << 20;
/** A run's code: its first group of four bins above six bits for the number of groups. */
const MOST_GROUPS: u32 = 63;

let row = 0;
let pixel = 0;
let encoding = 0;
let codes: usize = 0;
let pairs: usize = 0;
let pairsEnd: usize = 0;
let rowPairs: usize = 0;
let pixelPairs: usize = 0;
let weights: usize = 0;
let weightsEnd: usize = 0;
let rowWeights: usize = 0;
let sink: u32 = 0;
let runUnit: f64 = 1;

/** Begins a row; the chunks of the row before go on. */
export function beginRow(index: i32): void {
  row = index;
  pixel = index * whole(COLUMNS);
  encoding = whole(ENCODING);
  codes = address(CODES);
  sink = <u32>whole(RADIAL_BINS) * max<u32>(1, <u32>whole(AZIMUTH_BINS));
  runUnit = parameter(RUN_UNIT);
  rowPairs = pairs;
  pixelPairs = pairs;
  rowWeights = weights;
}

/** Gives a fraction of the current pixel to a bin; neighbouring bins share a pair. */
export function add(bin: i32, weight: f64): void {
  if (pairs > pixelPairs) {
    const last = pairs - PAIR_BYTES;
    if (load<i32>(last, 4) + 1 == bin && load<f64>(last, 16) == 0) {
      store<f64>(last, weight, 16);
      return;
    }
  }
  if (pairs + PAIR_BYTES > pairsEnd) growPairs();
  store<i32>(pairs, pixel);
  store<i32>(pairs, bin, 4);
  store<f64>(pairs, weight, 8);
  store<f64>(pairs, 0, 16);
  pairs += PAIR_BYTES;
}

/** Ends the current pixel, and writes it shorter where the encoding allows. */
export function endPixel(): void {
  if (encoding == 1) endStreamPixel();
  else if (encoding == 2) endRunPixel();
  pixelPairs = pairs;
  pixel++;
}

export function endRow(): void {
  store<u32>(address(ROW_PAIRS) + (row << 2), <u32>rowPairs);
  store<u32>(address(ROW_PAIR_COUNTS) + (row << 2), <u32>((pairs - rowPairs) / PAIR_BYTES));
  store<u32>(address(ROW_WEIGHTS) + (row << 2), <u32>rowWeights);
}

/** One pair that holds all of the pixel becomes 32 bits; any other pixel counts past the last bin. */
function endStreamPixel(): void {
  let code = sink << 16;
  if (pairs - pixelPairs == PAIR_BYTES) {
    const next = load<f64>(pixelPairs, 16);
    if (Math.abs(load<f64>(pixelPairs, 8) + next - 1) < 1e-9) {
      const units = <u32>Math.round(next * STREAM_UNIT);
      const bin = load<u32>(pixelPairs, 4);
      // All in the next bin is none in the one after it.
      code = units == STREAM_UNIT ? (bin + 1) << 16 : (bin << 16) | units;
      pairs = pixelPairs;
    }
  }
  store<u32>(codes + ((<usize>pixel) << 2), code);
}

/** The first stretch of neighbouring bins becomes a run of weights; what is left stays in pairs. */
function endRunPixel(): void {
  let end = pixelPairs;
  let code: u32 = 0;
  if (pairs > pixelPairs) {
    end += PAIR_BYTES;
    while (end < pairs && load<i32>(end, 4) == load<i32>(end - PAIR_BYTES, 4) + 2)
      end += PAIR_BYTES;
    const group = load<u32>(pixelPairs, 4) >> 2;
    const lastBin = load<u32>(end - PAIR_BYTES, 4) + (load<f64>(end - PAIR_BYTES, 16) > 0 ? 1 : 0);
    const groups = (lastBin >> 2) - group + 1;
    if (groups <= MOST_GROUPS && fits(end)) {
      writeRun(group, groups, end);
      code = (group << 6) | groups;
      if (pairs > end) memory.copy(pixelPairs, end, pairs - end);
      pairs -= end - pixelPairs;
    }
  }
  store<u32>(codes + ((<usize>pixel) << 2), code);
}

/** Whether the current pixel's pairs up to `end` have no weight above what 16 bits hold. */
function fits(end: usize): bool {
  for (let pair = pixelPairs; pair < end; pair += PAIR_BYTES) {
    if (max(load<f64>(pair, 8), load<f64>(pair, 16)) * runUnit > LARGEST_WEIGHT) return false;
  }
  return true;
}

function writeRun(group: u32, groups: u32, end: usize): void {
  const bytes = (<usize>groups) << 3;
  if (weights + bytes > weightsEnd) growWeights(bytes);
  for (let place = weights; place < weights + bytes; place += 8) store<u64>(place, 0);
  for (let pair = pixelPairs; pair < end; pair += PAIR_BYTES) {
    const place = weights + ((<usize>(load<u32>(pair, 4) - (group << 2))) << 1);
    store<u16>(place, <u16>Math.round(load<f64>(pair, 8) * runUnit));
    const next = load<f64>(pair, 16);
    if (next > 0) store<u16>(place + 2, <u16>Math.round(next * runUnit));
  }
  weights += bytes;
}

function growPairs(): void {
  const used = pairs - rowPairs;
  const size = max<usize>(CHUNK, 2 * used);
  const chunk = allocate(size);
  memory.copy(chunk, rowPairs, used);
  pixelPairs = chunk + (pixelPairs - rowPairs);
  pairs = chunk + used;
  pairsEnd = chunk + size;
  rowPairs = chunk;
}

function growWeights(bytes: usize): void {
  const used = weights - rowWeights;
  const size = max<usize>(CHUNK, 2 * (used + bytes));
  const chunk = allocate(size);
  memory.copy(chunk, rowWeights, used);
  weights = chunk + used;
  weightsEnd = chunk + size;
  rowWeights = chunk;
}
