import { type FindPeaksOptions, type FoundPeak, findPeaks } from "../../src/peaks/find-peaks.js";
import type { PeakPattern, PeakStart } from "../../src/peaks/options.js";

/** Half of the window of a peak, in its widths: what `findPeaks` and the tracker take. */
const REACH: NonNullable<FindPeaksOptions["reach"]> = 3;

/** Where peaks begin, and those beside them. */
export interface PeakStarts {
  /** In the order of the places. */
  readonly own: readonly PeakStart[];
  /** Peaks that stand in the windows of others: not fitted with them, they would be taken for a part. */
  readonly beside: readonly PeakStart[];
}

/** The peaks of a pattern at places, or near them, and their neighbours. */
export function peakStarts(pattern: PeakPattern, places: readonly number[]): PeakStarts {
  const found = findPeaks(pattern);
  const chosen = places.map((place) => nearest(found, place));
  const beside = found.filter((peak) => {
    if (chosen.includes(peak)) return false;
    return chosen.some(
      (own) =>
        own !== undefined && Math.abs(own.center - peak.center) < REACH * own.fwhm + peak.fwhm,
    );
  });
  return {
    own: chosen.map((peak, i) =>
      peak === undefined ? { center: places[i]! } : { center: peak.center, fwhm: peak.fwhm },
    ),
    beside: beside.map((peak) => withinValleys(peak, found)),
  };
}

/** The peak that a place is on. */
function nearest(found: readonly FoundPeak[], place: number): FoundPeak | undefined {
  const away = ({ center }: FoundPeak): number => Math.abs(center - place);
  const on = found.filter((peak) => away(peak) < peak.fwhm);
  return on.sort((a, b) => away(a) - away(b))[0];
}

/** A peak in a window that ends half-way to its neighbours. */
function withinValleys({ center, fwhm, range }: FoundPeak, found: readonly FoundPeak[]): PeakStart {
  let [low, high] = range;
  for (const other of found) {
    const middle = (center + other.center) / 2;
    if (other.center < center) low = Math.max(low, middle);
    else if (other.center > center) high = Math.min(high, middle);
  }
  return { center, fwhm, range: [low, high] };
}
