import type { FittedPeak, FittedWindow, PeakFailure, PeakFit } from "../../peaks/result.js";

/**
 * What is recorded of a peak, in MIDAS' order. `gauss` and `lorentz` are the full widths of the two
 * parts of the profile, in the radial unit.
 */
export const PEAK_COLUMNS = ["area", "center", "gauss", "lorentz", "fwhm", "eta", "chi2"] as const;

export type PeakColumn = (typeof PEAK_COLUMNS)[number];

/** What `status` means: 0, the peak was fitted; else why it has no values. */
export const PEAK_STATUS: readonly ["fitted", ...PeakFailure[]] = [
  "fitted",
  "no-points",
  "edge",
  "no-peak",
  "width",
  "not-converged",
  "not-determined",
];

/** A peak that is fitted in every pattern. */
export interface ActivePeak {
  /** Its own for as long as the tracker lives, whatever is put beside it or taken away. */
  readonly id: number;
  /** Where it was put, or found. */
  readonly center: number;
  /** Where it was first fitted. */
  readonly range: readonly [low: number, high: number];
}

/** One fit of a frame. */
export interface FitCurve extends FittedWindow {
  /** Number of the direction, from 0. */
  readonly direction: number;
}

/** The peaks of one frame: one row for each direction and peak. */
export interface TrackedPeaks {
  readonly peaks: readonly ActivePeak[];
  /** In degrees; `undefined` of a frame that has one profile. */
  readonly directions: ArrayLike<number> | undefined;
  /** `[direction][peak]`: `fits[direction * peaks.length + peak]`. */
  readonly fits: readonly PeakFit[];
  /** `[direction][peak][PEAK_COLUMNS]`; NaN where `status` is not 0. */
  readonly values: Float64Array;
  /** Standard errors, in the same places; of χ², √(2 / degrees of freedom). */
  readonly errors: Float64Array;
  /** `[direction][peak]`, a place in `PEAK_STATUS`. */
  readonly status: Uint8Array;
  /** Where `curves` was asked for. */
  readonly curves?: readonly FitCurve[];
}

/** Writes a peak's row; one that was not fitted is NaN, and its status says why. */
export function writeRow(
  { values, errors, status }: Pick<TrackedPeaks, "values" | "errors" | "status">,
  row: number,
  fit: PeakFit,
  freedom: number,
): void {
  const at = row * PEAK_COLUMNS.length;
  const end = at + PEAK_COLUMNS.length;
  if (!fit.converged) {
    status[row] = PEAK_STATUS.indexOf(fit.reason);
    values.fill(Number.NaN, at, end);
    errors.fill(Number.NaN, at, end);
    return;
  }
  status[row] = 0;
  const { sigma } = fit;
  const widths = widthsOf(fit);
  values[at] = fit.area;
  values[at + 1] = fit.center;
  values[at + 2] = widths.gauss;
  values[at + 3] = widths.lorentz;
  values[at + 4] = fit.fwhm;
  values[at + 5] = fit.eta;
  values[at + 6] = fit.chi2;
  errors[at] = sigma.area;
  errors[at + 1] = sigma.center;
  errors[at + 2] = widths.sigma.gauss;
  errors[at + 3] = widths.sigma.lorentz;
  errors[at + 4] = sigma.fwhm;
  errors[at + 5] = sigma.eta;
  errors[at + 6] = Math.sqrt(2 / freedom);
}

/** Of a fit with the profile `"tch"`, which has them. */
export function widthsOf({ widths }: FittedPeak): NonNullable<FittedPeak["widths"]> {
  return widths!;
}
