import { OptionError } from "../../errors.js";
import type { FitPeaksOptions, PeakPattern, PeakPlace } from "../../peaks/options.js";
import { planWindows } from "../../peaks/plan-windows.js";
import { firstBin } from "../../peaks/points.js";
import type { ActivePeak } from "./tracked-peaks.js";

/** Where a peak is looked for before it was fitted. */
export interface MeasuredPlace {
  /** `undefined`: the highest peak of the window. */
  readonly center: number | undefined;
  /** `undefined`: nothing was seen there. */
  readonly fwhm: number | undefined;
  readonly eta: number;
  readonly window: readonly [low: number, high: number];
  /** Whether the window is as wide as was asked for, not as the peak seems to need. */
  readonly isWidthGiven: boolean;
}

/** A place that was asked for, and what was measured there once there was a pattern. */
export interface TrackedPlace {
  readonly id: number;
  readonly place: PeakPlace;
  measured?: MeasuredPlace;
}

/** Refuses a place that cannot be, before there is a pattern. */
export function checkPlace(place: PeakPlace, options: FitPeaksOptions): void {
  const { weights: _weights, ...others } = options;
  planWindows(EMPTY, [place], others);
}

const EMPTY: PeakPattern = { radial: [], intensity: [] };

/** @param padding half of the window in bins, of a place that has no range. */
export function measurePlace(
  pattern: PeakPattern,
  place: PeakPlace,
  options: FitPeaksOptions,
  padding: number | undefined,
): MeasuredPlace {
  const { windows } = planWindows(pattern, [place], options);
  const { center, fwhm, eta, range } = windows[0]!.peaks[0]!;
  const isRange = !("center" in place) || place.range !== undefined;
  const isPadded = !isRange && padding !== undefined && center !== undefined;
  const window = isPadded ? paddedWindow(pattern.radial, center, padding, fwhm) : range;
  return { center, fwhm, eta, window, isWidthGiven: isRange || isPadded };
}

/** Half of a window in widths, at least: of the top of a peak alone, nothing tells the background. */
const LEAST_REACH = 1.5;

/** So many bins to both sides, of the width that they have there. */
function paddedWindow(
  radial: ArrayLike<number>,
  center: number,
  padding: number,
  fwhm: number | undefined,
): readonly [number, number] {
  const last = radial.length - 1;
  if (last < 1) throw new OptionError("padding", padding, "the pattern has no two bins");
  const at = Math.min(Math.max(firstBin(radial, center), 1), last);
  const bins = padding * (radial[at]! - radial[at - 1]!);
  const half = Math.max(bins, LEAST_REACH * (fwhm ?? 0));
  return [center - half, center + half];
}

export function activePeak({ id, place, measured }: TrackedPlace): ActivePeak {
  const asked = "center" in place ? place.range : place;
  const range = measured?.window ?? asked ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  const middle = "center" in place ? place.center : (place[0] + place[1]) / 2;
  return { id, center: measured?.center ?? middle, range };
}
