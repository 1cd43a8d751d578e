import {
  AZIMUTH_BINS,
  CODES,
  COLUMNS,
  ENCODING,
  NORMALIZATION,
  PAIR_BYTES,
  RADIAL_BINS,
  ROW_PAIR_COUNTS,
  ROW_PAIRS,
  ROW_WEIGHTS,
} from "../parameters";
import { startCells } from "./cells";
import { address, whole } from "./memory";
import { beginPixel, beginRowOfPairs, copyPair, endRow } from "./output";
import { dividePixel, loadRow } from "./split";

// What rounded weights do to the bins: pixels of bins that hold too little for them are divided anew,
// and what is left tells how far off the others may be.

/** Pixels that a bin has to hold, so that roundings of their weights average out. */
const FEW_PIXELS: f64 = 2;

/**
 * Counts the bins that hold less, whose areas are at `counts`, up to each bin into 32-bit numbers
 * at `small`, so that two of them tell whether there is one in a range.
 */
export function listSmall(counts: usize, small: usize): i32 {
  let found = 0;
  const all = bins() + 8;
  for (let bin: usize = 0; bin < all; bin++) {
    store<i32>(small + (bin << 2), found);
    if (bin >= bins()) continue;
    // Bins of 0 too: what they hold may have been rounded away.
    if (load<f64>(counts + (bin << 3)) < FEW_PIXELS) found++;
  }
  return found;
}

/** How many pixels have rounded weights in such bins. */
export function countSmall(from: i32, to: i32, small: usize): i32 {
  let found = 0;
  for (let row = from; row < to; row++) found += countInRow(row, small);
  return found;
}

function countInRow(row: i32, small: usize): i32 {
  const columns = whole(COLUMNS);
  let found = 0;
  for (let column = 0; column < columns; column++) {
    if (reachesSmall(codeOf(row * columns + column), small)) found++;
  }
  return found;
}

/** Divides those pixels anew, into float64 pairs, and takes their rounded weights away. */
export function divideSmallRows(from: i32, to: i32, small: usize): void {
  startCells();
  const columns = whole(COLUMNS);
  for (let row = from; row < to; row++) {
    if (countInRow(row, small) == 0) continue;
    let pair = <usize>load<u32>(address(ROW_PAIRS) + (<usize>row << 2));
    const end = pair + <usize>load<u32>(address(ROW_PAIR_COUNTS) + (<usize>row << 2)) * PAIR_BYTES;
    let weights = weightsOf(row);
    loadRow(row);
    beginRowOfPairs(row);
    for (let column = 0; column < columns; column++) {
      const pixel = row * columns + column;
      const code = codeOf(pixel);
      const isSmall = reachesSmall(code, small);
      for (; pair < end && load<i32>(pair) == pixel; pair += PAIR_BYTES) {
        if (!isSmall) copyPair(pair);
      }
      if (isSmall) {
        if (whole(ENCODING) == 1) store<u32>(address(CODES) + (<usize>pixel << 2), <u32>bins() << 16);
        else memory.fill(weights, 0, weightBytes(code));
        beginPixel(pixel);
        dividePixel(column);
      }
      weights += weightBytes(code);
    }
    endRow();
  }
}

/** Adds up the normalizations of all pixels that each bin has a rounded weight of, into float64 `sums`. */
export function addRounded(from: i32, to: i32, sums: usize): void {
  const columns = whole(COLUMNS);
  const encoding = whole(ENCODING);
  const isStream = encoding == 1;
  for (let row = from; row < to; row++) {
    for (let column = 0; column < columns; column++) {
      const pixel = row * columns + column;
      const n = load<f64>(address(NORMALIZATION) + (<usize>pixel << 3));
      if (encoding == 3) {
        const trio = address(CODES) + (<usize>pixel << 3);
        for (let k: usize = 0; k < 3; k++) {
          if (load<u16>(trio + (k << 1)) != 0) addTo(sums, <usize>load<u16>(trio, 6) + k, n);
        }
        continue;
      }
      const code = codeOf(pixel);
      if (isStream) {
        if ((code & 0xffff) == 0) continue;
        addTo(sums, <usize>(code >> 16), n);
        addTo(sums, <usize>(code >> 16) + 1, n);
      } else {
        let bin = <usize>(code >> 6) << 2;
        for (const end = bin + ((code & 63) << 2); bin < end; bin++) addTo(sums, bin, n);
      }
    }
  }
}

function addTo(sums: usize, bin: usize, value: f64): void {
  const place = sums + (bin << 3);
  store<f64>(place, load<f64>(place) + value);
}

// @ts-expect-error: decorator
@inline
function reachesSmall(code: u32, small: usize): bool {
  const isStream = whole(ENCODING) == 1;
  const first = isStream ? <usize>(code >> 16) : <usize>(code >> 6) << 2;
  // Past the last bin of a stream stands what is masked or in pairs already.
  if (first >= bins()) return false;
  const end = first + (isStream ? ((code & 0xffff) != 0 ? 2 : 1) : (code & 63) << 2);
  return load<i32>(small + (end << 2)) != load<i32>(small + (first << 2));
}

// @ts-expect-error: decorator
@inline
function bins(): usize {
  return <usize>whole(RADIAL_BINS) * max<usize>(1, <usize>whole(AZIMUTH_BINS));
}

// @ts-expect-error: decorator
@inline
function codeOf(pixel: i32): u32 {
  return load<u32>(address(CODES) + (<usize>pixel << 2));
}

// @ts-expect-error: decorator
@inline
function weightsOf(row: i32): usize {
  return <usize>load<u32>(address(ROW_WEIGHTS) + (<usize>row << 2));
}

/** Bytes of a run's weights; a stream has none. */
// @ts-expect-error: decorator
@inline
function weightBytes(code: u32): usize {
  return whole(ENCODING) == 1 ? 0 : <usize>(code & 63) << 3;
}
