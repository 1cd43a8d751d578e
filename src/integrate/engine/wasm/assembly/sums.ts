import {
  CODES,
  COLUMNS,
  ENCODING,
  PAIR_BYTES,
  ROW_PAIR_COUNTS,
  ROW_PAIRS,
  ROW_WEIGHTS,
  RUN_UNIT,
  STREAM_UNIT,
} from "../parameters";
import { address, parameter, whole } from "./memory";
import { squareTrios, sumPoissonTrios, sumTrios } from "./trios";

// Sums of an image's pixels into the bins, in areas as blocks.ts says:
//   stream  16 bytes a bin: Σ value and Σ w·value of pixels that begin in it, w in 65536ths to the next
//   runs    8 bytes a bin: Σ w·value, w in units of RUN_UNIT
//   trios   32 bytes a bin: see trios.ts
//   pairs   8 bytes a bin: Σ c·value, always float64
// All but the last are 64-bit integers for images of integers, so nothing is rounded; else float64.

/** Whether squares of weights times values of a type are whole numbers that fit in 64 bits, sum and all. */
// @ts-ignore: decorator
@inline
export function isSmall<T>(): bool {
  return !isFloat<T>() && sizeof<T>() <= 2;
}

/** Σ c·value of the rows' pixels, but for those in pairs. */
export function sumShort<T>(from: i32, to: i32, image: usize, sums: usize): void {
  const encoding = whole(ENCODING);
  if (encoding == 1) sumStream<T>(from, to, image, sums);
  else if (encoding == 3) sumTrios<T>(from, to, image, sums);
  else sumRuns<T>(from, to, image, sums);
}

/** Σ c·value and Σ c²·max(value, 1), counts and their Poisson variance, but for pixels in pairs. */
export function sumPoissonShort<T>(from: i32, to: i32, image: usize, sums: usize, squares: usize): void {
  const isStream = whole(ENCODING) == 1;
  const columns = whole(COLUMNS);
  if (isStream && isSmall<T>()) {
    sumPoissonStream<T>(from, to, image, sums, squares);
    return;
  }
  if (whole(ENCODING) == 3) {
    if (isSmall<T>()) {
      sumPoissonTrios<T>(from, to, image, sums, squares);
    } else {
      sumTrios<T>(from, to, image, sums);
      squareTrios<T>(from, to, image, squares, 1);
    }
    return;
  }
  for (let row = from; row < to; row++) {
    if (isStream) {
      sumStream<T>(row, row + 1, image, sums);
      squareStream<T>(row, image, squares, 1);
    } else if (isSmall<T>()) {
      sumPoissonRuns<T>(row, columns, image, sums, squares);
    } else {
      sumRuns<T>(row, row + 1, image, sums);
      squareRuns<T>(row, columns, image, squares, 1);
    }
  }
}

/** Σ c²·value, but for pixels in pairs. */
export function squareShort<T>(from: i32, to: i32, image: usize, squares: usize): void {
  if (whole(ENCODING) == 3) {
    squareTrios<T>(from, to, image, squares, -Infinity);
    return;
  }
  const isStream = whole(ENCODING) == 1;
  const columns = whole(COLUMNS);
  for (let row = from; row < to; row++) {
    if (isStream) squareStream<T>(row, image, squares, -Infinity);
    else squareRuns<T>(row, columns, image, squares, -Infinity);
  }
}

/** Σ c·value of pixels in pairs. */
export function sumPairs<T>(from: i32, to: i32, image: usize, sums: usize): void {
  for (let row = from; row < to; row++) {
    const start = pairsOf(row);
    for (let pair = start; pair < start + pairBytesOf(row); pair += PAIR_BYTES) {
      const value = <f64>load<T>(image + <usize>load<u32>(pair) * sizeof<T>());
      addPair(sums + (<usize>load<u32>(pair, 4) << 3), pair, value);
    }
  }
}

/** Σ c·value and Σ c²·max(value, 1) of pixels in pairs. */
export function sumPoissonPairs<T>(from: i32, to: i32, image: usize, sums: usize, squares: usize): void {
  for (let row = from; row < to; row++) {
    const start = pairsOf(row);
    for (let pair = start; pair < start + pairBytesOf(row); pair += PAIR_BYTES) {
      const value = <f64>load<T>(image + <usize>load<u32>(pair) * sizeof<T>());
      const bin = <usize>load<u32>(pair, 4) << 3;
      addPair(sums + bin, pair, value);
      addSquare(squares + bin, pair, max(value, 1));
    }
  }
}

/** Σ c²·value of pixels in pairs. */
export function squarePairs<T>(from: i32, to: i32, image: usize, squares: usize): void {
  for (let row = from; row < to; row++) {
    const start = pairsOf(row);
    for (let pair = start; pair < start + pairBytesOf(row); pair += PAIR_BYTES) {
      const value = <f64>load<T>(image + <usize>load<u32>(pair) * sizeof<T>());
      addSquare(squares + (<usize>load<u32>(pair, 4) << 3), pair, value);
    }
  }
}

// @ts-expect-error: decorator
@inline
function pairsOf(row: i32): usize {
  return <usize>load<u32>(address(ROW_PAIRS) + (<usize>row << 2));
}

// @ts-expect-error: decorator
@inline
function pairBytesOf(row: i32): usize {
  return <usize>load<u32>(address(ROW_PAIR_COUNTS) + (<usize>row << 2)) * PAIR_BYTES;
}

// @ts-expect-error: decorator
@inline
function addPair(sums: usize, pair: usize, value: f64): void {
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.mul(v128.load(pair, 8), f64x2.splat(value))));
}

// @ts-expect-error: decorator
@inline
function addSquare(sums: usize, pair: usize, value: f64): void {
  const c = v128.load(pair, 8);
  v128.store(sums, f64x2.add(v128.load(sums), f64x2.mul(f64x2.mul(c, c), f64x2.splat(value))));
}

function sumStream<T>(from: i32, to: i32, image: usize, sums: usize): void {
  const columns = <usize>whole(COLUMNS);
  const end = address(CODES) + ((<usize>to * columns) << 2);
  let code = address(CODES) + ((<usize>from * columns) << 2);
  let value = image + <usize>from * columns * sizeof<T>();
  // Four at a time, two codes with a load: the loop is as long as its instructions are many.
  for (; code + 12 < end; code += 16, value += 4 * sizeof<T>()) {
    const first = load<u64>(code);
    const second = load<u64>(code, 8);
    addStreamPixel<T>(first, load<T>(value), sums);
    addStreamPixel<T>(first >> 32, load<T>(value, sizeof<T>()), sums);
    addStreamPixel<T>(second, load<T>(value, 2 * sizeof<T>()), sums);
    addStreamPixel<T>(second >> 32, load<T>(value, 3 * sizeof<T>()), sums);
  }
  for (; code < end; code += 4, value += sizeof<T>()) {
    addStreamPixel<T>(<u64>load<u32>(code), load<T>(value), sums);
  }
}

/** The code is in the lower half of a number. */
// @ts-ignore: decorator
@inline
function addStreamPixel<T>(code: u64, value: T, sums: usize): void {
  const slot = sums + (<usize>(code >> 12) & 0xffff0);
  if (isFloat<T>()) {
    const number = <f64>value;
    store<f64>(slot, load<f64>(slot) + number);
    store<f64>(slot, load<f64>(slot, 8) + number * <f64>(<u32>code & 0xffff), 8);
  } else {
    const number = <i64>value;
    store<i64>(slot, load<i64>(slot) + number);
    store<i64>(slot, load<i64>(slot, 8) + number * <i64>(code & 0xffff), 8);
  }
}

function sumRuns<T>(from: i32, to: i32, image: usize, sums: usize): void {
  const columns = <usize>whole(COLUMNS);
  const codes = address(CODES);
  for (let row = from; row < to; row++) {
    let weights = <usize>load<u32>(address(ROW_WEIGHTS) + (<usize>row << 2));
    const end = <usize>(row + 1) * columns;
    for (let pixel = <usize>row * columns; pixel < end; pixel++) {
      const code = load<u32>(codes + (pixel << 2));
      let slot = sums + (<usize>(code >> 6) << 5);
      if (isFloat<T>()) {
        const value = f64x2.splat(<f64>load<T>(image + pixel * sizeof<T>()));
        for (let group = code & 63; group > 0; group--) {
          const w = v128.load_ext<u16>(weights);
          const low = f64x2.mul(f64x2.convert_low_i32x4_u(w), value);
          const high = f64x2.mul(f64x2.convert_low_i32x4_u(upper(w)), value);
          v128.store(slot, f64x2.add(v128.load(slot), low));
          v128.store(slot, f64x2.add(v128.load(slot, 16), high), 16);
          slot += 32;
          weights += 8;
        }
      } else {
        const value = i32x4.splat(<i32>load<T>(image + pixel * sizeof<T>()));
        for (let group = code & 63; group > 0; group--) {
          const w = v128.load_ext<u16>(weights);
          const low = isSigned<T>() ? i64x2.extmul_low_i32x4_s(w, value) : i64x2.extmul_low_i32x4_u(w, value);
          const high = isSigned<T>() ? i64x2.extmul_high_i32x4_s(w, value) : i64x2.extmul_high_i32x4_u(w, value);
          v128.store(slot, i64x2.add(v128.load(slot), low));
          v128.store(slot, i64x2.add(v128.load(slot, 16), high), 16);
          slot += 32;
          weights += 8;
        }
      }
    }
  }
}

// @ts-expect-error: decorator
@inline
function upper(w: v128): v128 {
  return v128.shuffle<u32>(w, w, 2, 3, 2, 3);
}

/** 32 bytes a bin: Σ x, Σ w·x and Σ w²·x of x = max(value, least), w as a fraction. */
function squareStream<T>(row: i32, image: usize, squares: usize, least: f64): void {
  const columns = <usize>whole(COLUMNS);
  const codes = address(CODES);
  const end = <usize>(row + 1) * columns;
  for (let pixel = <usize>row * columns; pixel < end; pixel++) {
    const code = load<u32>(codes + (pixel << 2));
    const slot = squares + (<usize>(code >> 16) << 5);
    const value = max(<f64>load<T>(image + pixel * sizeof<T>()), least);
    const w = <f64>(code & 0xffff) * (1.0 / STREAM_UNIT);
    const part = value * w;
    store<f64>(slot, load<f64>(slot) + value);
    store<f64>(slot, load<f64>(slot, 8) + part, 8);
    store<f64>(slot, load<f64>(slot, 16) + part * w, 16);
  }
}

/**
 * Σ value and Σ w·value of a stream for small types, and 32 bytes a bin: what Σ x and Σ w·x of
 * x = max(value, 1) have more than those, and Σ w²·x; all in 64-bit integers, w in 65536ths.
 */
function sumPoissonStream<T>(from: i32, to: i32, image: usize, sums: usize, squares: usize): void {
  const columns = <usize>whole(COLUMNS);
  const end = address(CODES) + ((<usize>to * columns) << 2);
  let code = address(CODES) + ((<usize>from * columns) << 2);
  let value = image + <usize>from * columns * sizeof<T>();
  for (; code + 4 < end; code += 8, value += 2 * sizeof<T>()) {
    const both = load<u64>(code);
    addPoissonPixel(both, <i64>load<T>(value), sums, squares);
    addPoissonPixel(both >> 32, <i64>load<T>(value, sizeof<T>()), sums, squares);
  }
  if (code < end) addPoissonPixel(<u64>load<u32>(code), <i64>load<T>(value), sums, squares);
}

/** The code is in the lower half of a number. */
// @ts-ignore: decorator
@inline
function addPoissonPixel(code: u64, value: i64, sums: usize, squares: usize): void {
  const offset = <usize>(code >> 12) & 0xffff0;
  const slot = sums + offset;
  const square = squares + (offset << 1);
  const w = <i64>(code & 0xffff);
  const part = value * w;
  store<i64>(slot, load<i64>(slot) + value);
  store<i64>(slot, load<i64>(slot, 8) + part, 8);
  store<i64>(square, load<i64>(square, 16) + part * w, 16);
  if (value < 1) {
    const more = 1 - value;
    store<i64>(square, load<i64>(square) + more);
    store<i64>(square, load<i64>(square, 8) + more * w, 8);
    store<i64>(square, load<i64>(square, 16) + more * w * w, 16);
  }
}

/** Σ w·value and Σ w²·max(value, 1) of runs, for small types: both in 64-bit integers. */
function sumPoissonRuns<T>(row: i32, columns: i32, image: usize, sums: usize, squares: usize): void {
  const codes = address(CODES);
  let weights = <usize>load<u32>(address(ROW_WEIGHTS) + (<usize>row << 2));
  const end = <usize>(row + 1) * columns;
  for (let pixel = <usize>row * columns; pixel < end; pixel++) {
    const code = load<u32>(codes + (pixel << 2));
    const value = <i32>load<T>(image + pixel * sizeof<T>());
    const v = i32x4.splat(value);
    let offset = <usize>(code >> 6) << 5;
    for (let group = code & 63; group > 0; group--) {
      const w = v128.load_ext<u16>(weights);
      const sum = sums + offset;
      const square = squares + offset;
      if (value > 0) {
        // 16 bits by 16 bits: no product is cut.
        const part = i32x4.mul(w, v);
        v128.store(sum, i64x2.add(v128.load(sum), i64x2.extend_low_i32x4_u(part)));
        v128.store(sum, i64x2.add(v128.load(sum, 16), i64x2.extend_high_i32x4_u(part)), 16);
        v128.store(square, i64x2.add(v128.load(square), i64x2.extmul_low_i32x4_u(part, w)));
        v128.store(square, i64x2.add(v128.load(square, 16), i64x2.extmul_high_i32x4_u(part, w)), 16);
      } else {
        v128.store(sum, i64x2.add(v128.load(sum), i64x2.extmul_low_i32x4_s(w, v)));
        v128.store(sum, i64x2.add(v128.load(sum, 16), i64x2.extmul_high_i32x4_s(w, v)), 16);
        v128.store(square, i64x2.add(v128.load(square), i64x2.extmul_low_i32x4_u(w, w)));
        v128.store(square, i64x2.add(v128.load(square, 16), i64x2.extmul_high_i32x4_u(w, w)), 16);
      }
      offset += 32;
      weights += 8;
    }
  }
}

/** 8 bytes a bin: Σ w²·x of x = max(value, least), w as a fraction. */
function squareRuns<T>(row: i32, columns: i32, image: usize, squares: usize, least: f64): void {
  const codes = address(CODES);
  let weights = <usize>load<u32>(address(ROW_WEIGHTS) + (<usize>row << 2));
  const end = <usize>(row + 1) * columns;
  const unit = parameter(RUN_UNIT);
  const square = 1 / (unit * unit);
  for (let pixel = <usize>row * columns; pixel < end; pixel++) {
    const code = load<u32>(codes + (pixel << 2));
    let slot = squares + (<usize>(code >> 6) << 5);
    const value = max(<f64>load<T>(image + pixel * sizeof<T>()), least);
    const x = f64x2.splat(value * square);
    for (let group = code & 63; group > 0; group--) {
      const w = v128.load_ext<u16>(weights);
      const low = f64x2.convert_low_i32x4_u(w);
      const high = f64x2.convert_low_i32x4_u(upper(w));
      v128.store(slot, f64x2.add(v128.load(slot), f64x2.mul(f64x2.mul(low, low), x)));
      v128.store(slot, f64x2.add(v128.load(slot, 16), f64x2.mul(f64x2.mul(high, high), x)), 16);
      slot += 32;
      weights += 8;
    }
  }
}
