import type { PlanData } from "../plan-data.js";
import { binSquareSums, binSums } from "./js/sums.js";

/** What the sums of a frame are divided by. */
export interface NormalizationSums {
  readonly count: Float64Array;
  readonly normalization: Float64Array;
  readonly normalization2: Float64Array;
  /** Normalization of each pixel, 0 where masked or invalid. */
  readonly pixelNormalization: Float64Array;
}

/** The plan's sums, without some pixels that are invalid in one frame. */
export function normalizationSums(
  { pixels, normalization }: PlanData,
  invalid: readonly number[],
): NormalizationSums {
  const valid = new Float64Array(normalization.length).fill(1);
  const pixelNormalization = invalid.length === 0 ? normalization : normalization.slice();
  for (const pixel of invalid) {
    valid[pixel] = 0;
    pixelNormalization[pixel] = 0;
  }
  return {
    count: binSums(pixels, valid),
    normalization: binSums(pixels, pixelNormalization),
    normalization2: binSquareSums(pixels, pixelNormalization.map(square)),
    pixelNormalization,
  };
}

function square(value: number): number {
  return value * value;
}
