/** A profile whose peaks are fitted; an `Integrate1dResult` is one. */
export interface PeakPattern {
  /** Bin centres, ascending. */
  readonly radial: ArrayLike<number>;
  /** Values that are not finite, in bins without pixels, are left out. */
  readonly intensity: ArrayLike<number>;
  /** Standard errors of the intensity. */
  readonly sigma?: ArrayLike<number>;
}

/** Where a peak is looked for. What a fit or `findPeaks` returned is one, too. */
export interface PeakStart {
  /** Near its position, in the pattern's radial unit. */
  readonly center: number;
  /** Full width at half maximum. Default: measured in the pattern. */
  readonly fwhm?: number;
  /** Lorentzian part to begin with. Default 0.5. */
  readonly eta?: number;
  /**
   * Where it is fitted and where its centre may be. Default: `reach` widths to both sides of `center`.
   */
  readonly range?: readonly [low: number, high: number];
}

/** A peak near a place, or the highest one of a range. */
export type PeakPlace = PeakStart | readonly [low: number, high: number];

/**
 * `"pseudo-voigt"` has one width and a free Lorentzian part η. `"tch"`, Thompson's, Cox' and Hastings',
 * has the widths of a Gaussian and of a Lorentzian whose convolution it approximates.
 */
export type PeakProfile = "pseudo-voigt" | "tch";

/** What residuals are divided by. */
export type PeakWeights = "sigma" | "poisson" | "unit";

/** How peaks are fitted. */
export interface FitPeaksOptions {
  /** Default `"pseudo-voigt"`. */
  readonly profile?: PeakProfile;
  /** Order of the Chebyshev background of a window; 1 is straight. Default 1. */
  readonly background?: number;
  /**
   * `"sigma"`: the pattern's. `"poisson"`: intensities are counts; √ of the fitted model. `"unit"`: none;
   * errors are then those that the scatter around the fit tells. Default `"sigma"` where the pattern has
   * it, else `"unit"`.
   */
  readonly weights?: PeakWeights;
  /** Half of the window of a peak that has no range, in widths. Default 3. */
  readonly reach?: number;
  /** A peak whose height is less than so many of its standard errors is none. Default 4. */
  readonly snr?: number;
  /** Steps of a fit, at most. Default 100. */
  readonly maxIterations?: number;
}

export const FIT_OPTION_NAMES: readonly (keyof FitPeaksOptions)[] = [
  "profile",
  "background",
  "weights",
  "reach",
  "snr",
  "maxIterations",
];
