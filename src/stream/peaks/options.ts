import { OptionError } from "../../errors.js";
import { checkOptionNames } from "../../option-names.js";
import type { FindPeaksOptions } from "../../peaks/find-peaks.js";
import { FIT_OPTION_NAMES, type FitPeaksOptions } from "../../peaks/options.js";

/** How the peaks of a stream are fitted; the profile is always Thompson's, Cox' and Hastings'. */
export interface TrackPeaksOptions extends Omit<FitPeaksOptions, "profile"> {
  /** Looks for peaks in the first pattern that has any, after a SNIP background. Default `false`. */
  readonly search?: boolean | FindPeaksOptions;
  /**
   * Half of the window of a peak that has no range, in bins; 1.5 of its widths, where that is more.
   * Default: `reach` widths of the peak.
   */
  readonly padding?: number;
  /** How far a centre may be from where the peak is expected, in its widths. Default 1. */
  readonly follow?: number;
  /** How far a peak may move from where it was first, in its widths. Default 10. */
  readonly drift?: number;
  /** Also gives the fitted curves. Default `false`. */
  readonly curves?: boolean;
}

/** @throws OptionError */
export function checkTrackOptions(options: TrackPeaksOptions): void {
  const own = ["search", "padding", "follow", "drift", "curves"];
  checkOptionNames(options, [...FIT_OPTION_NAMES.filter((name) => name !== "profile"), ...own]);
  for (const name of ["padding", "follow", "drift"] as const) {
    const value = options[name];
    if (value === undefined || value > 0) continue;
    throw new OptionError(name, value, `is to be a number above 0, not ${value}`);
  }
}

/** What `fitPeaks` takes of them. */
export function fitOptionsOf({
  search: _search,
  padding: _padding,
  follow: _follow,
  drift: _drift,
  curves: _curves,
  ...options
}: TrackPeaksOptions): FitPeaksOptions {
  return { ...options, profile: "tch" };
}
