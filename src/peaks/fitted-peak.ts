import type { LeastSquaresFit } from "../fit/levenberg-marquardt.js";
import type { PeakProfile } from "./options.js";
import { GAUSS_HEIGHT, LORENTZ_HEIGHT, profileOf } from "./profile.js";
import type { FittedPeak } from "./result.js";
import { chebyshevTerms } from "./window-model.js";

interface Window {
  readonly range: readonly [low: number, high: number];
  readonly order: number;
  readonly profile: PeakProfile;
}

/**
 * The quantities of the peak whose parameters begin at a place, with the standard errors that the
 * covariance gives them, times √scale; NaN where there is none.
 */
export function fittedPeak(
  { parameters, covariance }: LeastSquaresFit,
  at: number,
  window: Window,
  scale: number,
  chi2: number,
  range: readonly [low: number, high: number],
): FittedPeak {
  const size = parameters.length;
  const [area, center] = [parameters[at]!, parameters[at + 1]!];
  const shape = new Float64Array(6);
  profileOf(window.profile).shape(parameters[at + 2]!, parameters[at + 3]!, shape);
  const [fwhm, eta, byFirst, bySecond, etaByFirst, etaBySecond] = shape as unknown as Six;
  const form = LORENTZ_HEIGHT * eta + GAUSS_HEIGHT * (1 - eta);
  const height = (area * form) / fwhm;
  const steep = (area * (LORENTZ_HEIGHT - GAUSS_HEIGHT)) / fwhm;
  const byFwhm = -height / fwhm;
  const terms = chebyshevTerms(center, window.range, window.order);
  let background = 0;
  for (let k = 0; k <= window.order; k++) background += parameters[k]! * terms[k]!;
  /** Of a quantity with these derivatives by the parameters from `from` on. */
  const error = (from: number, slopes: ArrayLike<number>): number => {
    if (covariance === undefined) return Number.NaN;
    let variance = 0;
    for (let i = 0; i < slopes.length; i++) {
      for (let j = 0; j < slopes.length; j++) {
        variance += slopes[i]! * slopes[j]! * covariance[(from + i) * size + from + j]!;
      }
    }
    return Math.sqrt(scale * variance);
  };
  const sigma = {
    center: error(at + 1, [1]),
    area: error(at, [1]),
    height: error(at, [
      form / fwhm,
      0,
      byFwhm * byFirst + steep * etaByFirst,
      byFwhm * bySecond + steep * etaBySecond,
    ]),
    fwhm: error(at + 2, [byFirst, bySecond]),
    eta: error(at + 2, [etaByFirst, etaBySecond]),
    background: error(0, terms),
  };
  const values = { center, area, height, fwhm, eta, background };
  const peak = { converged: true, ...values, sigma, chi2, range } as const;
  if (window.profile !== "tch") return peak;
  const errors = { gauss: error(at + 2, [1]), lorentz: error(at + 3, [1]) };
  const parts = { gauss: parameters[at + 2]!, lorentz: parameters[at + 3]! };
  return { ...peak, widths: { ...parts, sigma: errors } };
}

type Six = readonly [number, number, number, number, number, number];
