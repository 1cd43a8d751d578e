import { OptionError } from "../errors.js";
import { checkOptionNames } from "../option-names.js";
import { checkPattern } from "./check-pattern.js";
import { measurePeak } from "./measure-peak.js";
import { noiseOf } from "./noise.js";
import type { PeakPattern, PeakStart } from "./options.js";
import { prominences } from "./prominence.js";
import { snipBackground } from "./snip.js";

/** Which peaks are found. */
export interface FindPeaksOptions {
  /** Where they are looked for, in the radial unit. Default all over. */
  readonly range?: readonly [low: number, high: number];
  /** Least prominence, in standard errors. Default 10: of so many bins, some scatter by half of it. */
  readonly snr?: number;
  /** Least prominence, as a part of the largest. Default 0.01. */
  readonly prominence?: number;
  /** The most that are returned, the most prominent ones. Default all. */
  readonly limit?: number;
  /** Of `snipBackground`. Default a fortieth of the bins, 8 at least. */
  readonly iterations?: number;
  /** Half of a peak's range, in its widths. Default 3. */
  readonly reach?: number;
}

/** A peak of a pattern, as far as it is known without a fit. */
export interface FoundPeak extends PeakStart {
  readonly fwhm: number;
  /** Above the background. */
  readonly height: number;
  /** Above the higher of the valleys that part it from higher peaks. */
  readonly prominence: number;
  /** Prominence over its standard error, of the smoothed pattern. */
  readonly snr: number;
  readonly range: readonly [low: number, high: number];
}

/**
 * Finds the peaks of a pattern, in the order of their positions: maxima above a SNIP background that are
 * more prominent than noise, also weak ones that are many bins wide. Noise is the pattern's `sigma`, else what neighbouring bins differ by. A
 * peak that is cut off by the end of the pattern or by a gap is none.
 *
 * @throws OptionError for an option that cannot be; ShapeError for a pattern whose arrays differ
 * @example const { peaks } = fitPeaks(profile, findPeaks(profile, { limit: 10 }));
 */
export function findPeaks(pattern: PeakPattern, options: FindPeaksOptions = {}): FoundPeak[] {
  checkOptionNames(options, ["range", "snr", "prominence", "limit", "iterations", "reach"]);
  checkPattern(pattern);
  const { snr = 10, prominence = 0.01, limit = Infinity, reach = 3 } = options;
  const [low, high] = options.range ?? [-Infinity, Infinity];
  for (const [name, value] of Object.entries({ snr, prominence, limit, reach })) {
    if (value >= 0) continue;
    throw new OptionError(name, value, `is to be a number from 0, not ${value}`);
  }
  if (!(low < high)) {
    throw new OptionError("range", options.range, "is to be [low, high], low below high");
  }
  const { radial, intensity } = pattern;
  // Of a pattern as it is, the background would lie below all noise.
  const even = smoothed(Float64Array.from(intensity), EVENING);
  const background = snipBackground(even, options.iterations);
  const net = background.map((value, i) => intensity[i]! - value);
  const noise = noiseOf(pattern);
  const found: FoundPeak[] = [];
  let curve: Float64Array = net;
  for (const { passes, blur, quiet } of SCALES) {
    curve = smoothed(curve, passes);
    for (const { at, value } of prominences(curve)) {
      const place = radial[at]!;
      if (place < low || place > high || !(value > snr * quiet * noise[at]!)) continue;
      if (found.some(({ center, fwhm }) => Math.abs(center - place) < fwhm)) continue;
      const peak = measurePeak(radial, curve, at);
      if (peak === undefined) continue;
      const { center } = peak;
      const spread = blur * (radial[at + 1]! - radial[at]!);
      const fwhm = Math.sqrt(Math.max(peak.fwhm ** 2 - spread ** 2, (peak.fwhm / 2) ** 2));
      const range = [center - reach * fwhm, center + reach * fwhm] as const;
      const ratio = value / (quiet * noise[at]!);
      found.push({ center, fwhm, height: curve[at]!, prominence: value, snr: ratio, range });
    }
  }
  const largest = found.reduce((most, { prominence }) => Math.max(most, prominence), 0);
  return found
    .filter((peak) => peak.prominence >= prominence * largest)
    .sort((a, b) => b.prominence - a.prominence)
    .slice(0, limit)
    .sort((a, b) => a.center - b.center);
}

const EVENING = 8;

/**
 * How often a pattern is smoothed, each time by weights 1, 2, 1, after the scale before: peaks of a few
 * bins are found on the first, weak ones of many bins on the last. By so many bins (full width) a narrow
 * peak is then blurred, and by so much noise is less than a bin's.
 */
const SCALES = [1, 7, 24].map((passes, scale, all) => {
  const total = all.slice(0, scale + 1).reduce((sum, n) => sum + n, 0);
  const deviation = Math.sqrt(total / 2);
  const quiet = total === 1 ? Math.sqrt(6) / 4 : 1 / Math.sqrt(2 * Math.sqrt(Math.PI) * deviation);
  return { passes, blur: deviation * Math.sqrt(8 * Math.LN2), quiet };
});

/** Gaps stay gaps, and bins beside them as they are. */
function smoothed(values: Float64Array, passes: number): Float64Array {
  let curve = values;
  for (let pass = 0; pass < passes; pass++) {
    const before = curve;
    curve = before.map((value, i) => {
      const beside = before[i - 1]! + before[i + 1]!;
      return Number.isFinite(beside) ? (2 * value + beside) / 4 : value;
    });
  }
  return curve;
}
