import { findPeaks } from "../../peaks/find-peaks.js";
import { fitPeaks } from "../../peaks/fit-peaks.js";
import type { PeakPattern } from "../../peaks/options.js";

/** A peak of a diffractogram, in the pattern's units. */
export interface DiffractogramPeak {
  readonly position: number;
  /** Intensity at the position, background included. */
  readonly value: number;
  /** Full width at half maximum. */
  readonly width: number;
  /** Standard errors, `value`'s that of the height. */
  readonly sigma: { readonly position: number; readonly value: number; readonly width: number };
}

/** The most peaks that LaVue lists. */
export const PEAK_LIMIT = 20;

/**
 * The peaks of a pattern, found and fitted, the highest first.
 *
 * @throws OptionError for a limit that is no number from 0.
 */
export function diffractogramPeaks(
  pattern: PeakPattern,
  limit: number = PEAK_LIMIT,
): DiffractogramPeak[] {
  // A peak of less than so many bins cannot be told from noise, nor fitted.
  if (pattern.radial.length < FEWEST_BINS) return [];
  // Counting tells noise apart where bins are finer than pixels; errors follow from the scatter around
  // the fit, whatever a detector's gain.
  return fitPeaks(pattern, findPeaks(pattern, { limit }), { weights: "unit" })
    .peaks.flatMap((peak) => {
      if (!peak.converged) return [];
      const { center, height, fwhm, background, sigma } = peak;
      return {
        position: center,
        value: background + height,
        width: fwhm,
        sigma: { position: sigma.center, value: sigma.height, width: sigma.fwhm },
      };
    })
    .sort((a, b) => b.value - a.value);
}

const FEWEST_BINS = 8;
