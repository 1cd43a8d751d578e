import { ENCODING, RUN_UNIT, STREAM_UNIT } from "../parameters";
import { parameter, whole } from "./memory";

// Adds up the sums of all threads, whose areas follow each other at equal distances, into float64.

// @ts-expect-error: decorator
@inline
function number(place: usize, isInteger: bool): f64 {
  return isInteger ? <f64>load<i64>(place) : load<f64>(place);
}

/** Σ c·value of the bins, into `out`. */
export function finishSums(
  from: i32, to: i32, threads: i32, short: usize, shortBytes: usize, isInteger: bool,
  pairs: usize, pairBytes: usize, out: usize,
): void {
  const encoding = whole(ENCODING);
  const runUnit = parameter(RUN_UNIT);
  for (let bin = from; bin < to; bin++) {
    let sum: f64 = 0;
    for (let thread = 0; thread < threads; thread++) {
      if (encoding == 1) {
        const slot = short + <usize>thread * shortBytes + (<usize>bin << 4);
        // Whole numbers below 2^53 divided by a power of two: nothing is rounded.
        sum += number(slot, isInteger) - number(slot + 8, isInteger) / STREAM_UNIT;
        if (bin > 0) sum += number(slot - 8, isInteger) / STREAM_UNIT;
      } else if (encoding == 2) {
        sum += number(short + <usize>thread * shortBytes + (<usize>bin << 3), isInteger) / runUnit;
      }
      sum += load<f64>(pairs + <usize>thread * pairBytes + (<usize>bin << 3));
    }
    store<f64>(out + (<usize>bin << 3), sum);
  }
}

/** Σ c²·value of the bins, into `out`. */
export function finishSquares(
  from: i32, to: i32, threads: i32, squares: usize, squareBytes: usize,
  pairs: usize, pairBytes: usize, out: usize,
): void {
  const encoding = whole(ENCODING);
  for (let bin = from; bin < to; bin++) {
    let sum: f64 = 0;
    for (let thread = 0; thread < threads; thread++) {
      if (encoding == 1) {
        const slot = squares + <usize>thread * squareBytes + (<usize>bin << 5);
        // (1 − w)² = 1 − 2w + w²
        sum += load<f64>(slot) - 2 * load<f64>(slot, 8) + load<f64>(slot, 16);
        if (bin > 0) sum += load<f64>(slot - 16);
      } else if (encoding == 2) {
        sum += load<f64>(squares + <usize>thread * squareBytes + (<usize>bin << 3));
      }
      sum += load<f64>(pairs + <usize>thread * pairBytes + (<usize>bin << 3));
    }
    store<f64>(out + (<usize>bin << 3), sum);
  }
}
