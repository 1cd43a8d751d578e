import type { Image } from "../../array.js";
import type { Detector } from "../../detector/detector.js";
import type { PlanData } from "../plan-data.js";
import type { Settings } from "../settings.js";
import type { BinSums } from "./engine.js";
import { hasPixelVariance, invalidPixels, signalOf, writeVariance } from "./frame-values.js";
import { azimuthalVarianceSums, binSums, type SummedArray } from "./js/sums.js";
import { normalizationSums } from "./normalization-sums.js";

/** The two sums over pixels that a frame costs, which engines compute each in its own way. */
export interface Summation {
  /** Σ c·value of the pixels in each bin. */
  sums(values: SummedArray): Float64Array | Promise<Float64Array>;
  /** Σ c²·value of the pixels in each bin. */
  squareSums(values: Float64Array): Float64Array | Promise<Float64Array>;
}

/**
 * Makes the sums of images, one after another, from a plan and a way to sum.
 *
 * Sums that depend on the plan alone are made once. A frame costs Σ c·signal and, with errors,
 * Σ c²·variance; when it has invalid pixels of its own, the plan's sums are made anew without them.
 */
export function frameSums(
  plan: PlanData,
  settings: Settings,
  detector: Detector,
): (image: Image, summation: Summation, signal?: AbortSignal) => Promise<BinSums> {
  const { pixels } = plan;
  const planSums = normalizationSums(plan, []);
  const working = new Float64Array(plan.mask.length);
  const variance = new Float64Array(hasPixelVariance(settings) ? plan.mask.length : 0);
  return async (image, summation, abort) => {
    abort?.throwIfAborted();
    const invalid = invalidPixels(image, plan.mask, settings, detector);
    const sums = invalid.length === 0 ? planSums : normalizationSums(plan, invalid);
    const signal = signalOf(image, invalid, settings.dark, working);
    const isAzimuthal = settings.errorModel === "azimuthal";
    // Of a mean in float32, deviations would be rounding where a bin is mostly one pixel.
    const signalSums = isAzimuthal ? binSums(pixels, signal) : await summation.sums(signal);
    const varianceSums = (): Float64Array | undefined | Promise<Float64Array> => {
      abort?.throwIfAborted();
      if (hasPixelVariance(settings)) {
        writeVariance(image, invalid, settings.variance, variance);
        return summation.squareSums(variance);
      }
      if (!isAzimuthal) return undefined;
      const mean = signalSums.map((sum, bin) => sum / sums.normalization[bin]!);
      return azimuthalVarianceSums(pixels, signal, sums.pixelNormalization, mean);
    };
    return {
      // Whoever gets a result may write into it.
      count: sums.count.slice(),
      normalization: sums.normalization.slice(),
      normalization2: sums.normalization2.slice(),
      signal: signalSums,
      variance: await varianceSums(),
      invalidPixels: invalid.length,
    };
  };
}
