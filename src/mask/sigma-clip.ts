import type { Image } from "../array.js";
import { OptionError } from "../errors.js";
import { emptyMask, type Mask } from "./mask.js";

export interface SigmaClipOptions {
  /** Standard deviations from the mean of its ring beyond which a pixel is masked. Default 5. */
  readonly sigma?: number;
  /** Default: half the longer side of the image. */
  readonly bins?: number;
  /** Default 5. */
  readonly iterations?: number;
  /** Pixels that are left out from the start: non-zero = masked. */
  readonly mask?: Image;
}

/**
 * Masks pixels that differ from the others as far from the beam: spots, cosmic rays, shadows.
 *
 * `radial` has one value a pixel, such as `ai.centerArray("2th_deg")`. The spread is at least that of
 * counting statistics. What is masked here is new: pixels of `mask` are not repeated.
 */
export function maskSigmaClip(
  image: Image,
  radial: ArrayLike<number>,
  options: SigmaClipOptions = {},
): Mask {
  const { sigma = 5, bins = Math.ceil(Math.max(...image.shape) / 2), iterations = 5 } = options;
  if (!(sigma > 0)) throw new OptionError("sigma", sigma, "give a number above 0");
  const { data, shape } = image;
  const [low, high] = rangeOf(radial);
  const bin = Int32Array.from({ length: data.length }, (_, i) => {
    const value = data[i]!;
    if (!Number.isFinite(value) || (options.mask?.data[i] ?? 0) !== 0) return -1;
    return Math.min(Math.floor(((radial[i]! - low) / (high - low)) * bins), bins - 1);
  });
  const mask = emptyMask(shape);
  for (let pass = 0; pass < iterations; pass++) {
    const { mean, spread } = moments(data, bin, bins);
    let changed = 0;
    for (let i = 0; i < data.length; i++) {
      const k = bin[i]!;
      if (k < 0 || Math.abs(data[i]! - mean[k]!) <= sigma * spread[k]!) continue;
      mask.data[i] = 1;
      bin[i] = -1;
      changed++;
    }
    if (changed === 0) break;
  }
  return mask;
}

function moments(data: ArrayLike<number>, bin: Int32Array, bins: number) {
  const [sum, squares, number] = [0, 1, 2].map(() => new Float64Array(bins)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < bin.length; i++) {
    const k = bin[i]!;
    if (k < 0) continue;
    sum[k]! += data[i]!;
    number[k]!++;
  }
  const mean = sum.map((value, k) => value / Math.max(number[k]!, 1));
  for (let i = 0; i < bin.length; i++) {
    const k = bin[i]!;
    if (k >= 0) squares[k]! += (data[i]! - mean[k]!) ** 2;
  }
  const spread = squares.map((value, k) =>
    Math.sqrt(Math.max(value / Math.max(number[k]!, 1), Math.abs(mean[k]!), 1e-30)),
  );
  return { mean, spread };
}

function rangeOf(values: ArrayLike<number>): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    low = Math.min(low, values[i]!);
    high = Math.max(high, values[i]!);
  }
  return [low, high > low ? high : low + 1];
}
