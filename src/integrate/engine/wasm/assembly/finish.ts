import { ENCODING, RUN_UNIT, STREAM_UNIT } from "../parameters";
import { parameter, whole } from "./memory";

// Adds up sums from areas, which follow each other at equal distances, into float64.

// @ts-expect-error: decorator
@inline
function number(place: usize, isInteger: bool): f64 {
  return isInteger ? <f64>load<i64>(place) : load<f64>(place);
}

/** What trios that begin in a bin and in the two before it give to it. */
// @ts-expect-error: decorator
@inline
function trio(slot: usize, bin: i32, isInteger: bool): f64 {
  let sum = number(slot, isInteger);
  if (bin > 0) sum += number(slot - 24, isInteger);
  if (bin > 1) sum += number(slot - 48, isInteger);
  return sum;
}

/** Σ c·value of the bins, into `out`. */
export function finishSums(
  from: i32, to: i32, areas: i32, short: usize, shortBytes: usize, isInteger: bool,
  parts: i32, pairs: usize, pairBytes: usize, out: usize,
): void {
  const encoding = whole(ENCODING);
  const runUnit = parameter(RUN_UNIT);
  for (let bin = from; bin < to; bin++) {
    let sum: f64 = 0;
    for (let area = 0; area < areas; area++) {
      if (encoding == 1) {
        const slot = short + <usize>area * shortBytes + (<usize>bin << 4);
        // Whole numbers below 2^53 divided by a power of two: nothing is rounded.
        sum += number(slot, isInteger) - number(slot + 8, isInteger) / STREAM_UNIT;
        if (bin > 0) sum += number(slot - 8, isInteger) / STREAM_UNIT;
      } else if (encoding == 2) {
        sum += number(short + <usize>area * shortBytes + (<usize>bin << 3), isInteger) / runUnit;
      } else if (encoding == 3) {
        sum += trio(short + <usize>area * shortBytes + (<usize>bin << 5), bin, isInteger) / runUnit;
      }
    }
    for (let part = 0; part < parts; part++) {
      sum += load<f64>(pairs + <usize>part * pairBytes + (<usize>bin << 3));
    }
    store<f64>(out + (<usize>bin << 3), sum);
  }
}

/**
 * Σ c²·value of the bins, into `out`. Whole numbers, as Poisson sums of small types are, count in squares
 * of a weight's unit, and for a stream stand beside those at `short`.
 */
export function finishSquares(
  from: i32, to: i32, areas: i32, squares: usize, squareBytes: usize, isInteger: bool,
  short: usize, shortBytes: usize, parts: i32, pairs: usize, pairBytes: usize, out: usize,
): void {
  const encoding = whole(ENCODING);
  const once: f64 = isInteger ? 1.0 / STREAM_UNIT : 1;
  const runUnit: f64 = isInteger ? parameter(RUN_UNIT) : 1;
  const runs = 1 / (runUnit * runUnit);
  for (let bin = from; bin < to; bin++) {
    let sum: f64 = 0;
    for (let area = 0; area < areas; area++) {
      if (encoding == 1) {
        const slot = squares + <usize>area * squareBytes + (<usize>bin << 5);
        let all = number(slot, isInteger);
        let next = number(slot + 8, isInteger) * once;
        if (isInteger) {
          const place = short + <usize>area * shortBytes + (<usize>bin << 4);
          all += number(place, true);
          next += number(place + 8, true) * once;
        }
        // (1 − w)² = 1 − 2w + w²
        sum += all - 2 * next + number(slot + 16, isInteger) * once * once;
        if (bin > 0) sum += number(slot - 16, isInteger) * once * once;
      } else if (encoding == 2) {
        const place = squares + <usize>area * squareBytes + (<usize>bin << 3);
        sum += number(place, isInteger) * runs;
      } else if (encoding == 3) {
        sum += trio(squares + <usize>area * squareBytes + (<usize>bin << 5), bin, isInteger) * runs;
      }
    }
    for (let part = 0; part < parts; part++) {
      sum += load<f64>(pairs + <usize>part * pairBytes + (<usize>bin << 3));
    }
    store<f64>(out + (<usize>bin << 3), sum);
  }
}
