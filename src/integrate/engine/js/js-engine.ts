import type { Image } from "../../../array.js";
import type { Detector } from "../../../detector/detector.js";
import { dummyOf, isDummy } from "../../dummy.js";
import type { PlanData } from "../../plan-data.js";
import type { Settings } from "../../settings.js";
import type { BinSums, Engine } from "../engine.js";
import { azimuthalVarianceSums, binSquareSums, binSums } from "./sums.js";

/**
 * The plain engine: float64 throughout and no tricks, the reference that faster ones are held against.
 *
 * Sums that depend on the plan alone are made once. A frame costs Σ c·signal and, with errors,
 * Σ c²·variance; when it has invalid pixels of its own, the plan's sums are made anew without them.
 */
export function jsEngine(plan: PlanData, settings: Settings, detector: Detector): Engine {
  const { pixels, mask, normalization } = plan;
  const dark = settings.dark?.data;
  const planSums = normalizationSums(plan, []);
  const signal = new Float64Array(normalization.length);
  const variance = new Float64Array(hasPixelVariance(settings) ? normalization.length : 0);

  return {
    info: { name: "js", mode: "float64" },
    integrate: (image: Image): BinSums => {
      signal.set(image.data);
      const invalid = invalidPixels(image);
      for (const pixel of invalid) signal[pixel] = 0;
      const sums = invalid.length === 0 ? planSums : normalizationSums(plan, invalid);
      if (hasPixelVariance(settings)) setVariance(invalid);
      if (dark !== undefined) subtractDark(dark, invalid);
      const signalSums = binSums(pixels, signal);
      return {
        ...sums,
        signal: signalSums,
        variance: varianceSums(sums, signalSums),
        invalidPixels: invalid.length,
      };
    },
  };

  function invalidPixels(image: Image): number[] {
    const dummy = dummyOf(image.data, detector, settings);
    const isFloat = image.data instanceof Float32Array || image.data instanceof Float64Array;
    if (dummy === undefined && !isFloat) return [];
    const matches = dummy === undefined ? () => false : isDummy(dummy);
    const invalid: number[] = [];
    for (let pixel = 0; pixel < signal.length; pixel++) {
      const value = signal[pixel]!;
      if (mask[pixel] === 0 && (!Number.isFinite(value) || matches(value))) invalid.push(pixel);
    }
    return invalid;
  }

  /** Counting statistics: of the counts as recorded, before dark, and never below one count. */
  function setVariance(invalid: readonly number[]): void {
    if (settings.variance !== undefined) variance.set(settings.variance.data);
    else
      for (let pixel = 0; pixel < signal.length; pixel++)
        variance[pixel] = Math.max(signal[pixel]!, 1);
    for (const pixel of invalid) variance[pixel] = 0;
  }

  function subtractDark(dark: Image["data"], invalid: readonly number[]): void {
    for (let pixel = 0; pixel < signal.length; pixel++) signal[pixel]! -= dark[pixel]!;
    for (const pixel of invalid) signal[pixel] = 0;
  }

  function varianceSums(
    sums: NormalizationSums,
    signalSums: Float64Array,
  ): Float64Array | undefined {
    if (hasPixelVariance(settings)) return binSquareSums(pixels, variance);
    if (settings.errorModel !== "azimuthal") return undefined;
    const mean = signalSums.map((sum, bin) => sum / sums.normalization[bin]!);
    return azimuthalVarianceSums(pixels, signal, sums.pixelNormalization, mean);
  }
}

/** Hybrid is Poisson here: pyFAI means it to differ in what sigma clipping rejects only. */
function hasPixelVariance({ variance, errorModel }: Settings): boolean {
  return variance !== undefined || errorModel === "poisson" || errorModel === "hybrid";
}

interface NormalizationSums {
  readonly count: Float64Array;
  readonly normalization: Float64Array;
  readonly normalization2: Float64Array;
  readonly pixelNormalization: Float64Array;
}

function normalizationSums(
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
    normalization2: binSquareSums(
      pixels,
      pixelNormalization.map((value) => value * value),
    ),
    pixelNormalization,
  };
}
