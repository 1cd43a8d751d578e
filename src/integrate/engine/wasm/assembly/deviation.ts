import {
  CODES,
  COLUMNS,
  ENCODING,
  NORMALIZATION,
  PAIR_BYTES,
  ROW_PAIR_COUNTS,
  ROW_PAIRS,
  ROW_WEIGHTS,
  RUN_UNIT,
  STREAM_UNIT,
} from "../parameters";
import { address, parameter, whole } from "./memory";

/** Σ c²·(value − mean·normalization)² of the rows' pixels in each bin, float64. */
export function deviateRows<T>(from: i32, to: i32, image: usize, mean: usize, sums: usize): void {
  const encoding = whole(ENCODING);
  const columns = whole(COLUMNS);
  const codes = address(CODES);
  const normalization = address(NORMALIZATION);
  const runUnit = parameter(RUN_UNIT);
  for (let row = from; row < to; row++) {
    let weights = <usize>load<u32>(address(ROW_WEIGHTS) + (<usize>row << 2));
    for (let column = 0; column < columns && encoding != 0; column++) {
      const pixel = <usize>(row * columns + column);
      const value = <f64>load<T>(image + pixel * sizeof<T>());
      const n = load<f64>(normalization + (pixel << 3));
      const code = load<u32>(codes + (pixel << 2));
      if (encoding == 1) {
        // A pixel that is masked or kept in pairs stands past the last bin, whose sum nobody reads.
        const bin = code >> 16;
        const w = <f64>(code & 0xffff) / STREAM_UNIT;
        deviate(bin, 1 - w, value, n, mean, sums);
        deviate(bin + 1, w, value, n, mean, sums);
      } else if (encoding == 3) {
        const trio = codes + (pixel << 3);
        for (let k: u32 = 0; k < 3; k++) {
          const c = <f64>load<u16>(trio + (k << 1)) / runUnit;
          deviate(<u32>load<u16>(trio, 6) + k, c, value, n, mean, sums);
        }
      } else {
        let bin = (code >> 6) << 2;
        for (let last = bin + ((code & 63) << 2); bin < last; bin++, weights += 2) {
          deviate(bin, <f64>load<u16>(weights) / runUnit, value, n, mean, sums);
        }
      }
    }
    const start = <usize>load<u32>(address(ROW_PAIRS) + (<usize>row << 2));
    const bytes = <usize>load<u32>(address(ROW_PAIR_COUNTS) + (<usize>row << 2)) * PAIR_BYTES;
    for (let pair = start; pair < start + bytes; pair += PAIR_BYTES) {
      const pixel = <usize>load<u32>(pair);
      const value = <f64>load<T>(image + pixel * sizeof<T>());
      const n = load<f64>(normalization + (pixel << 3));
      deviate(load<u32>(pair, 4), load<f64>(pair, 8), value, n, mean, sums);
      deviate(load<u32>(pair, 4) + 1, load<f64>(pair, 16), value, n, mean, sums);
    }
  }
}

// @ts-expect-error: decorator
@inline
function deviate(bin: u32, c: f64, value: f64, n: f64, mean: usize, sums: usize): void {
  // An invalid pixel has no normalization, and a bin that nothing reaches no mean.
  if (c == 0 || n == 0) return;
  const deviation = c * (value - load<f64>(mean + (<usize>bin << 3)) * n);
  const place = sums + (<usize>bin << 3);
  store<f64>(place, load<f64>(place) + deviation * deviation);
}
