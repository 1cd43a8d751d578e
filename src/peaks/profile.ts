import type { PeakProfile } from "./options.js";

/** A profile's two shape parameters, as the width and the Lorentzian part of a pseudo-Voigt. */
export interface Profile {
  /**
   * Writes `[fwhm, eta, ∂fwhm/∂first, ∂fwhm/∂second, ∂eta/∂first, ∂eta/∂second]`.
   */
  readonly shape: (first: number, second: number, out: Float64Array) => void;
  /** The parameters that give a width and a Lorentzian part. */
  readonly parameters: (fwhm: number, eta: number) => readonly [first: number, second: number];
  /** Bounds of the parameters, for widths between a least and a largest one. */
  readonly lower: (least: number) => readonly [first: number, second: number];
  readonly upper: (largest: number) => readonly [first: number, second: number];
}

const PSEUDO_VOIGT: Profile = {
  shape: (fwhm, eta, out) => {
    out[0] = fwhm;
    out[1] = eta;
    out[2] = 1;
    out[3] = 0;
    out[4] = 0;
    out[5] = 1;
  },
  parameters: (fwhm, eta) => [fwhm, eta],
  lower: (least) => [least, 0],
  upper: (largest) => [largest, 1],
};

/**
 * Parameters: the full widths G of the Gaussian and L of the Lorentzian. The width of a Voigt profile,
 * its η, and their inverses are polynomials of Thompson, Cox & Hastings 1987,
 * doi:10.1107/S0021889887087090.
 */
const TCH: Profile = {
  shape: (g, l, out) => {
    const [g2, l2] = [g * g, l * l];
    const [g3, l3] = [g2 * g, l2 * l];
    const fifth =
      g2 * g3 +
      2.69269 * g2 * g2 * l +
      2.42843 * g3 * l2 +
      4.47163 * g2 * l3 +
      0.07842 * g * l2 * l2 +
      l2 * l3;
    const fwhm = fifth ** 0.2;
    const steep = 0.2 * (fwhm / fifth);
    const byG =
      steep *
      (5 * g2 * g2 + 10.77076 * g3 * l + 7.28529 * g2 * l2 + 8.94326 * g * l3 + 0.07842 * l2 * l2);
    const byL =
      steep *
      (2.69269 * g2 * g2 + 4.85686 * g3 * l + 13.41489 * g2 * l2 + 0.31368 * g * l3 + 5 * l2 * l2);
    const part = l / fwhm;
    const byPart = 1.36603 - 0.95438 * part + 0.33348 * part * part;
    out[0] = fwhm;
    out[1] = part * (1.36603 + part * (-0.47719 + part * 0.11116));
    out[2] = byG;
    out[3] = byL;
    out[4] = (-byPart * part * byG) / fwhm;
    out[5] = (byPart * (1 - part * byL)) / fwhm;
  },
  parameters: (fwhm, eta) => [
    fwhm * Math.sqrt(Math.max(0, 1 - eta * (0.74417 + eta * (0.24781 + eta * 0.0081)))),
    fwhm * eta * (0.72928 + eta * (0.19289 + eta * 0.07783)),
  ],
  // A Gaussian of no width beside a Lorentzian of none would have no derivatives.
  lower: (least) => [1e-3 * least, 0],
  upper: (largest) => [largest, largest],
};

export function profileOf(name: PeakProfile): Profile {
  return name === "tch" ? TCH : PSEUDO_VOIGT;
}

/** Height of a pseudo-Voigt of unit area and width, of its Gaussian and its Lorentzian part. */
export const GAUSS_HEIGHT: number = 2 * Math.sqrt(Math.LN2 / Math.PI);
export const LORENTZ_HEIGHT: number = 2 / Math.PI;
