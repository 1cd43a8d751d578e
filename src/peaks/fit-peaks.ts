import { checkPattern } from "./check-pattern.js";
import { fitWindow, type WindowFit } from "./fit-window.js";
import type { FitPeaksOptions, PeakPattern, PeakPlace } from "./options.js";
import { type JoinedWindow, planWindows } from "./plan-windows.js";
import { firstBin, newPoints, takePoints } from "./points.js";
import type { FittedWindow, PeakFit, PeakFits } from "./result.js";
import { chebyshevTerms, type WindowPoints } from "./window-model.js";

/**
 * Fits peaks of a pattern by least squares: pseudo-Voigt or Thompson–Cox–Hastings profiles on a
 * Chebyshev background, those whose ranges overlap together. Bins that are not finite are left out.
 *
 * Standard errors are those of the pattern's `sigma` or of counting; without either, of the scatter
 * around the fit. A peak that cannot be fitted says why in `reason` and has no values.
 *
 * @param peaks places, ranges, what `findPeaks` found, or what was fitted in an earlier pattern.
 * @throws OptionError for an option or place that cannot be; ShapeError for a pattern whose arrays differ
 * @example
 * const { peaks } = fitPeaks(profile, [[3.4, 3.6], { center: 3.9, fwhm: 0.05 }]);
 * for (const peak of peaks) {
 *   if (peak.converged) show(peak.center, peak.sigma.center);
 *   else show(peak.message);
 * }
 */
export function fitPeaks(
  pattern: PeakPattern,
  peaks: readonly PeakPlace[],
  options: FitPeaksOptions = {},
): PeakFits {
  checkPattern(pattern);
  const { windows, weights } = planWindows(pattern, peaks, options);
  const fits: PeakFit[] = [];
  const fitted = windows.map((window): FittedWindow => {
    const [low, high] = window.range;
    const first = firstBin(pattern.radial, low);
    let end = firstBin(pattern.radial, high);
    if (pattern.radial[end] === high) end++;
    const points = newPoints(end - first);
    takePoints(pattern, [first, end], weights, points, 0);
    const fit = fitWindow(points, window);
    window.places.forEach((place, i) => {
      fits[place] = fit.peaks[i]!;
    });
    return fittedWindow(points, window, fit);
  });
  return { peaks: fits, windows: fitted, profile: options.profile ?? "pseudo-voigt", weights };
}

/** What a fit of a window's points is, bin by bin. */
export function fittedWindow(
  { count, x, y, weight }: WindowPoints,
  { range, order, places }: Pick<JoinedWindow, "range" | "order" | "places">,
  { fit, peaks, chi2 }: WindowFit,
): FittedWindow {
  const radial = x.slice(0, count);
  const whole = { range, peaks: places, points: count, radial };
  if (fit === undefined || !peaks.some(({ converged }) => converged)) return whole;
  const model = radial.map((_, i) => y[i]! + fit.residuals[i]! / weight[i]!);
  const background = radial.map((place) =>
    chebyshevTerms(place, range, order).reduce(
      (sum, term, k) => sum + term * fit.parameters[k]!,
      0,
    ),
  );
  return { ...whole, chi2, model, background };
}
