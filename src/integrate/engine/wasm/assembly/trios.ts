import { CODES, COLUMNS, RUN_UNIT } from "../parameters";
import { address, parameter, whole } from "./memory";

// Pixels that cover up to three neighbouring bins, each as 64 bits: three weights of 16 bits in units of
// RUN_UNIT, and the first bin. Sums have 32 bytes a bin: Σ w·value for each of the three weights of the
// pixels that begin in it, and a place that nobody reads, because four lanes are faster than three.

/** Σ w·value, in 64-bit integers for images of integers. */
export function sumTrios<T>(from: i32, to: i32, image: usize, sums: usize): void {
  const columns = <usize>whole(COLUMNS);
  const end = address(CODES) + ((<usize>to * columns) << 3);
  let code = address(CODES) + ((<usize>from * columns) << 3);
  let value = image + <usize>from * columns * sizeof<T>();
  for (; code < end; code += 8, value += sizeof<T>()) {
    const w = v128.load_ext<u16>(code);
    const slot = sums + (<usize>load<u16>(code, 6) << 5);
    if (isFloat<T>()) {
      const v = f64x2.splat(<f64>load<T>(value));
      add(slot, f64x2.mul(f64x2.convert_low_i32x4_u(w), v));
      add(slot + 16, f64x2.mul(f64x2.convert_low_i32x4_u(upper(w)), v));
    } else {
      const v = i32x4.splat(<i32>load<T>(value));
      if (isSigned<T>()) {
        addWhole(slot, i64x2.extmul_low_i32x4_s(w, v));
        addWhole(slot + 16, i64x2.extmul_high_i32x4_s(w, v));
      } else {
        addWhole(slot, i64x2.extmul_low_i32x4_u(w, v));
        addWhole(slot + 16, i64x2.extmul_high_i32x4_u(w, v));
      }
    }
  }
}

/** Σ w·value and Σ w²·max(value, 1), for small types: both in 64-bit integers. */
export function sumPoissonTrios<T>(from: i32, to: i32, image: usize, sums: usize, squares: usize): void {
  const columns = <usize>whole(COLUMNS);
  const end = address(CODES) + ((<usize>to * columns) << 3);
  let code = address(CODES) + ((<usize>from * columns) << 3);
  let value = image + <usize>from * columns * sizeof<T>();
  for (; code < end; code += 8, value += sizeof<T>()) {
    const w = v128.load_ext<u16>(code);
    const offset = <usize>load<u16>(code, 6) << 5;
    const sum = sums + offset;
    const square = squares + offset;
    const number = <i32>load<T>(value);
    const v = i32x4.splat(number);
    if (number > 0) {
      // 16 bits by 16 bits: no product is cut.
      const part = i32x4.mul(w, v);
      addWhole(sum, i64x2.extend_low_i32x4_u(part));
      addWhole(sum + 16, i64x2.extend_high_i32x4_u(part));
      addWhole(square, i64x2.extmul_low_i32x4_u(part, w));
      addWhole(square + 16, i64x2.extmul_high_i32x4_u(part, w));
    } else {
      addWhole(sum, i64x2.extmul_low_i32x4_s(w, v));
      addWhole(sum + 16, i64x2.extmul_high_i32x4_s(w, v));
      addWhole(square, i64x2.extmul_low_i32x4_u(w, w));
      addWhole(square + 16, i64x2.extmul_high_i32x4_u(w, w));
    }
  }
}

/** Σ w²·x of x = max(value, least), float64 with w as a fraction. */
export function squareTrios<T>(from: i32, to: i32, image: usize, squares: usize, least: f64): void {
  const columns = <usize>whole(COLUMNS);
  const codes = address(CODES);
  const unit = parameter(RUN_UNIT);
  const scale = 1 / (unit * unit);
  for (let pixel = <usize>from * columns; pixel < <usize>to * columns; pixel++) {
    const code = codes + (pixel << 3);
    const w = v128.load_ext<u16>(code);
    const slot = squares + (<usize>load<u16>(code, 6) << 5);
    const x = f64x2.splat(max(<f64>load<T>(image + pixel * sizeof<T>()), least) * scale);
    const low = f64x2.convert_low_i32x4_u(w);
    const high = f64x2.convert_low_i32x4_u(upper(w));
    add(slot, f64x2.mul(f64x2.mul(low, low), x));
    add(slot + 16, f64x2.mul(f64x2.mul(high, high), x));
  }
}

// @ts-expect-error: decorator
@inline
function upper(w: v128): v128 {
  return v128.shuffle<u32>(w, w, 2, 3, 2, 3);
}

// @ts-expect-error: decorator
@inline
function add(place: usize, part: v128): void {
  v128.store(place, f64x2.add(v128.load(place), part));
}

// @ts-expect-error: decorator
@inline
function addWhole(place: usize, part: v128): void {
  v128.store(place, i64x2.add(v128.load(place), part));
}
