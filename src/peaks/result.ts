import type { PeakProfile, PeakWeights } from "./options.js";

/**
 * Why a peak has no values: too few points in its window; at the end of its window; not higher than
 * noise; narrower than the points or wider than the window; steps that did not end; points that do not
 * determine it.
 */
export type PeakFailure =
  | "no-points"
  | "edge"
  | "no-peak"
  | "width"
  | "not-converged"
  | "not-determined";

/** The quantities of a fitted peak, in the pattern's units. */
export interface PeakValues {
  readonly center: number;
  /** Integral over the radial unit, above the background. */
  readonly area: number;
  /** Above the background. */
  readonly height: number;
  /** Full width at half maximum. */
  readonly fwhm: number;
  /** Lorentzian part of the area, 0 to 1. */
  readonly eta: number;
  /** Of the window, at the centre. */
  readonly background: number;
}

/** Full widths of the two parts of a Thompson–Cox–Hastings profile. */
export interface PartWidths {
  readonly gauss: number;
  readonly lorentz: number;
}

/** A peak that was fitted. */
export interface FittedPeak extends PeakValues {
  readonly converged: true;
  readonly reason?: undefined;
  /** Standard errors. */
  readonly sigma: PeakValues;
  /** Of the profile `"tch"` only. */
  readonly widths?: PartWidths & { readonly sigma: PartWidths };
  /** χ² of its window over the degrees of freedom; the residuals' variance where weights are `"unit"`. */
  readonly chi2: number;
  /** Where it was looked for. */
  readonly range: readonly [low: number, high: number];
}

/** A peak that could not be fitted. */
export interface UnfittedPeak {
  readonly converged: false;
  readonly reason: PeakFailure;
  /** Says why, and what may help. */
  readonly message: string;
  /** Where it was looked for. */
  readonly range: readonly [low: number, high: number];
}

export type PeakFit = FittedPeak | UnfittedPeak;

/** One fit: a window, or several that overlap. */
export interface FittedWindow {
  readonly range: readonly [low: number, high: number];
  /** Places of its peaks in the list of peaks. */
  readonly peaks: readonly number[];
  /** Bins that were fitted. */
  readonly points: number;
  /** Reduced χ², of a fit that has a peak. */
  readonly chi2?: number;
  /** Bin centres that were fitted, and the model with and without its peaks there. */
  readonly radial: Float64Array;
  readonly model?: Float64Array;
  readonly background?: Float64Array;
}

/** Peaks of a pattern. */
export interface PeakFits {
  /** In the order in which they were asked for. */
  readonly peaks: readonly PeakFit[];
  readonly windows: readonly FittedWindow[];
  readonly profile: PeakProfile;
  readonly weights: PeakWeights;
}
