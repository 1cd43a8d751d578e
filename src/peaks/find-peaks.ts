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
  /** Least prominence, in standard errors of a bin. Default 6. */
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
  /** Prominence over the standard error of a bin. */
  readonly snr: number;
  readonly range: readonly [low: number, high: number];
}

/**
 * Finds the peaks of a pattern, in the order of their positions: maxima above a SNIP background that are
 * more prominent than noise. Noise is the pattern's `sigma`, else what neighbouring bins differ by. A
 * peak that is cut off by the end of the pattern or by a gap is none.
 *
 * @throws OptionError for an option that cannot be; ShapeError for a pattern whose arrays differ
 * @example const { peaks } = fitPeaks(profile, findPeaks(profile, { limit: 10 }));
 */
export function findPeaks(pattern: PeakPattern, options: FindPeaksOptions = {}): FoundPeak[] {
  checkOptionNames(options, ["range", "snr", "prominence", "limit", "iterations", "reach"]);
  checkPattern(pattern);
  const { snr = 6, prominence = 0.01, limit = Infinity, reach = 3 } = options;
  const [low, high] = options.range ?? [-Infinity, Infinity];
  for (const [name, value] of Object.entries({ snr, prominence, limit, reach })) {
    if (value >= 0) continue;
    throw new OptionError(name, value, `is to be a number from 0, not ${value}`);
  }
  if (!(low < high)) {
    throw new OptionError("range", options.range, "is to be [low, high], low below high");
  }
  const { radial, intensity } = pattern;
  const background = snipBackground(intensity, options.iterations);
  const net = background.map((value, i) => intensity[i]! - value);
  const noise = noiseOf(pattern);
  const smooth = smoothed(net);
  const found = prominences(smooth).filter(
    ({ at, value }) => radial[at]! >= low && radial[at]! <= high && value > snr * noise[at]!,
  );
  const largest = found.reduce((most, { value }) => Math.max(most, value), 0);
  const peaks: FoundPeak[] = [];
  for (const { at, value } of found) {
    if (value < prominence * largest) continue;
    const peak = measurePeak(radial, smooth, at);
    if (peak === undefined) continue;
    const { center, fwhm } = peak;
    const range = [center - reach * fwhm, center + reach * fwhm] as const;
    const ratio = value / noise[at]!;
    peaks.push({ center, fwhm, height: net[at]!, prominence: value, snr: ratio, range });
  }
  if (peaks.length <= limit) return peaks;
  const chosen = peaks.toSorted((a, b) => b.prominence - a.prominence).slice(0, limit);
  return chosen.sort((a, b) => a.center - b.center);
}

/** Weighted 1, 2, 1 with its neighbours: one bin that scatters is no maximum. Gaps stay gaps. */
export function smoothed(values: Float64Array): Float64Array {
  return values.map((value, i) => {
    const [before, after] = [values[i - 1] ?? Number.NaN, values[i + 1] ?? Number.NaN];
    return Number.isFinite(before + after) ? (before + 2 * value + after) / 4 : value;
  });
}
