import type { Image } from "../../../array.js";
import type { Detector } from "../../../detector/detector.js";
import { dummyOf, isDummy } from "../../dummy.js";
import type { PlanData } from "../../plan-data.js";
import type { Settings } from "../../settings.js";
import type { BinSums, Engine } from "../engine.js";
import { azimuthalVarianceSums, binSquareSums, binSums, type SummedArray } from "./sums.js";

/**
 * The plain engine: float64 throughout and no tricks, the reference that faster ones are held against.
 *
 * Sums that depend on the plan alone are made once. A frame costs Σ c·signal and, with errors,
 * Σ c²·variance; when it has invalid pixels of its own, the plan's sums are made anew without them.
 */
export function jsEngine(plan: PlanData, settings: Settings, detector: Detector): Engine {
  const { pixels } = plan;
  const planSums = normalizationSums(plan, []);
  const working = new Float64Array(plan.mask.length);
  const variance = new Float64Array(hasPixelVariance(settings) ? plan.mask.length : 0);
  return {
    info: { name: "js", mode: "float64" },
    encoding: {
      name: "pairs",
      entries: 2 * pixels.bin.length,
      bytes: bytesOf(plan),
      weightError: 0,
    },
    integrate: async (image: Image): Promise<BinSums> => {
      const invalid = invalidPixels(image, plan.mask, settings, detector);
      const sums = invalid.length === 0 ? planSums : normalizationSums(plan, invalid);
      const signal = signalOf(image, invalid, settings.dark, working);
      const signalSums = binSums(pixels, signal);
      const varianceSums = (): Float64Array | undefined => {
        if (hasPixelVariance(settings)) {
          writeVariance(image, invalid, settings.variance, variance);
          return binSquareSums(pixels, variance);
        }
        if (settings.errorModel !== "azimuthal") return undefined;
        const mean = signalSums.map((sum, bin) => sum / sums.normalization[bin]!);
        return azimuthalVarianceSums(pixels, signal, sums.pixelNormalization, mean);
      };
      return {
        ...sums,
        signal: signalSums,
        variance: varianceSums(),
        invalidPixels: invalid.length,
      };
    },
  };
}

function bytesOf({ pixels, mask, normalization }: PlanData): number {
  const { pixel, bin, weight, nextWeight } = pixels;
  const parts = [pixel, bin, weight, nextWeight, mask, normalization];
  return parts.reduce((sum, part) => sum + part.byteLength, 0);
}

/** Hybrid is Poisson here: pyFAI means it to differ in what sigma clipping rejects only. */
function hasPixelVariance({ variance, errorModel }: Settings): boolean {
  return variance !== undefined || errorModel === "poisson" || errorModel === "hybrid";
}

/** The pixels of this image alone that do not count: its dummy, NaN, ±Infinity. */
function invalidPixels(
  { data }: Image,
  mask: Uint8Array,
  settings: Settings,
  detector: Detector,
): number[] {
  const dummy = dummyOf(data, detector, settings);
  const isFloat = data instanceof Float32Array || data instanceof Float64Array;
  if (dummy === undefined && !isFloat) return [];
  const matches = dummy === undefined ? () => false : isDummy(dummy);
  const invalid: number[] = [];
  for (let pixel = 0; pixel < data.length; pixel++) {
    const value = data[pixel]!;
    if (mask[pixel] === 0 && (!Number.isFinite(value) || matches(value))) invalid.push(pixel);
  }
  return invalid;
}

/** The image without its dark, 0 where invalid: itself where that is the same. */
function signalOf(
  { data }: Image,
  invalid: readonly number[],
  dark: Image | undefined,
  working: Float64Array,
): SummedArray {
  const isSummed =
    data instanceof Uint16Array || data instanceof Int32Array || data instanceof Float64Array;
  if (isSummed && dark === undefined && invalid.length === 0) return data;
  working.set(data);
  if (dark !== undefined) {
    for (let pixel = 0; pixel < working.length; pixel++) working[pixel]! -= dark.data[pixel]!;
  }
  for (const pixel of invalid) working[pixel] = 0;
  return working;
}

/** Given, or by counting statistics: of the counts as recorded, before dark, and at least one. */
function writeVariance(
  { data }: Image,
  invalid: readonly number[],
  given: Image | undefined,
  out: Float64Array,
): void {
  out.set(given?.data ?? data);
  if (given === undefined) {
    for (let pixel = 0; pixel < out.length; pixel++) out[pixel] = Math.max(out[pixel]!, 1);
  }
  for (const pixel of invalid) out[pixel] = 0;
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
    normalization2: binSquareSums(pixels, pixelNormalization.map(square)),
    pixelNormalization,
  };
}

function square(value: number): number {
  return value * value;
}
