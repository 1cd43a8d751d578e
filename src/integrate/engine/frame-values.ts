import type { Image } from "../../array.js";
import type { Detector } from "../../detector/detector.js";
import { dummyOf, isDummy } from "../dummy.js";
import type { Settings } from "../settings.js";
import type { SummedArray } from "./js/sums.js";

/** The pixels of this image alone that do not count: its dummy, NaN, ±Infinity. */
export function invalidPixels(
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
export function signalOf(
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

/** Whether each pixel has a variance: given, or by counting statistics. */
export function hasPixelVariance({ variance, errorModel }: Settings): boolean {
  // Hybrid is Poisson here: pyFAI means it to differ in what sigma clipping rejects only.
  return variance !== undefined || errorModel === "poisson" || errorModel === "hybrid";
}

/** Given, or by counting statistics: of the counts as recorded, before dark, and at least one. */
export function writeVariance(
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
