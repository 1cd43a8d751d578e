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
/** The code of the run that the current pixel already has, or 0. */
let runCode: u32 = 0;

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

/** Begins a row some of whose pixels are divided anew, into pairs; the others' pairs are copied. */
export function beginRowOfPairs(index: i32): void {
  beginRow(index);
  encoding = 0;
  rowWeights = <usize>load<u32>(address(ROW_WEIGHTS) + (<usize>index << 2));
}

/** Takes a pixel's pair over from elsewhere. */
export function copyPair(pair: usize): void {
  if (pairs + PAIR_BYTES > pairsEnd) growPairs();
  memory.copy(pairs, pair, PAIR_BYTES);
  pairs += PAIR_BYTES;
}

/** The current pixel is to be this one. */
export function beginPixel(index: i32): void {
  pixel = index;
  pixelPairs = pairs;
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

/** Ends a pixel all of which lies in a bin but for the fraction `next` in the bin after it. */
export function endWholePixel(bin: i32, next: f64): void {
  if (encoding != 1) {
    add(bin, 1 - next);
    if (next > 0) add(bin + 1, next);
    endPixel();
    return;
  }
  store<u32>(codes + (<usize>pixel << 2), streamCode(bin, next));
  pixel++;
}

// @ts-ignore: decorator
@inline
function streamCode(bin: u32, next: f64): u32 {
  const units = <u32><i32>(next * STREAM_UNIT + 0.5);
  // All in the next bin is none in the one after it.
  return units == STREAM_UNIT ? (bin + 1) << 16 : (bin << 16) | units;
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
    const bin = load<i32>(pixelPairs, 4);
    const next = load<f64>(pixelPairs, 16);
    if (Math.abs(load<f64>(pixelPairs, 8) + next - 1) < 1e-9) {
      code = streamCode(bin, next);
      pairs = pixelPairs;
    }
  }
  store<u32>(codes + ((<usize>pixel) << 2), code);
}

/** What is left in pairs stays there. */
function endRunPixel(): void {
  store<u32>(codes + (<usize>pixel << 2), runCode);
  runCode = 0;
}

/**
 * Gives areas, times a scale, of the bins `first` to `last` behind `offset` to the current pixel as its
 * run; false where it cannot: in another encoding, after a first run, for a weight too large.
 */
export function emitRun(areas: usize, scale: f64, first: i32, last: i32, offset: i32): bool {
  if (encoding != 2 || runCode != 0) return false;
  const group = <u32>(offset + first) >> 2;
  const groups = (<u32>(offset + last) >> 2) - group + 1;
  if (groups > MOST_GROUPS) return false;
  const bytes = <usize>groups << 3;
  if (weights + bytes > weightsEnd) growWeights(bytes);
  // The groups begin and end with bins that are not the pixel's.
  store<u64>(weights, 0);
  store<u64>(weights + bytes - 8, 0);
  const units = scale * runUnit;
  let place = weights + (<usize>(<u32>(offset + first) & 3) << 1);
  for (let cell = 0; cell <= last - first; cell++, place += 2) {
    const weight = <i32>(load<f64>(areas + (<usize>cell << 3)) * units + 0.5);
    if (weight > LARGEST_WEIGHT) return false;
    store<u16>(place, <u16>max(weight, 0));
  }
  weights += bytes;
  runCode = (group << 6) | groups;
  return true;
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
