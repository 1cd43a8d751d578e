import { GAUSS_HEIGHT, LORENTZ_HEIGHT, type Profile } from "./profile.js";

/** Parameters of a peak: area, centre, and the two of its profile. */
export const PEAK_SIZE = 4;
const FOUR_LN2 = 4 * Math.LN2;

/** The points of a window, `count` of them; bins without a value are not among them. */
export interface WindowPoints {
  count: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** 1 / standard error. */
  readonly weight: Float64Array;
}

/** Writes weighted residuals and their derivatives, as `levenbergMarquardt` asks for them. */
export type WindowModel = (
  p: Float64Array,
  residuals: Float64Array,
  jacobian: Float64Array,
) => void;

/**
 * A Chebyshev series of an order, and pseudo-Voigt peaks of unit area times their areas:
 * `p = [series …, (area, centre, first, second) …]`.
 */
export function windowModel(
  { count, x, y, weight }: WindowPoints,
  [low, high]: readonly [number, number],
  order: number,
  peaks: number,
  profile: Profile,
): WindowModel {
  const size = order + 1 + PEAK_SIZE * peaks;
  const middle = (low + high) / 2;
  const half = (high - low) / 2;
  const shape = new Float64Array(6);
  return (p, residuals, jacobian) => {
    for (let i = 0, row = 0; i < count; i++, row += size) {
      const w = weight[i]!;
      const u = (x[i]! - middle) / half;
      let before = u;
      let term = 1;
      let series = 0;
      for (let k = 0; k <= order; k++) {
        series += p[k]! * term;
        jacobian[row + k] = w * term;
        const next = 2 * u * term - before;
        before = term;
        term = next;
      }
      residuals[i] = (series - y[i]!) * w;
    }
    for (let peak = 0; peak < peaks; peak++) {
      const at = order + 1 + PEAK_SIZE * peak;
      const area = p[at]!;
      const center = p[at + 1]!;
      profile.shape(p[at + 2]!, p[at + 3]!, shape);
      const fwhm = shape[0]!;
      const eta = shape[1]!;
      const byFirst = shape[2]!;
      const bySecond = shape[3]!;
      const etaByFirst = shape[4]!;
      const etaBySecond = shape[5]!;
      const lorentzHeight = LORENTZ_HEIGHT / fwhm;
      const gaussHeight = GAUSS_HEIGHT / fwhm;
      for (let i = 0, row = at; i < count; i++, row += size) {
        const w = weight[i]!;
        const t = (x[i]! - center) / fwhm;
        const t2 = t * t;
        const lorentzForm = 1 / (1 + 4 * t2);
        const gauss = gaussHeight * Math.exp(-FOUR_LN2 * t2);
        const lorentz = lorentzHeight * lorentzForm;
        const value = eta * lorentz + (1 - eta) * gauss;
        const steep = 8 * t * (eta * lorentz * lorentzForm + Math.LN2 * (1 - eta) * gauss);
        const scale = (w * area) / fwhm;
        const byFwhm = scale * (steep * t - value);
        const byEta = w * area * (lorentz - gauss);
        residuals[i]! += w * area * value;
        jacobian[row] = w * value;
        jacobian[row + 1] = scale * steep;
        jacobian[row + 2] = byFwhm * byFirst + byEta * etaByFirst;
        jacobian[row + 3] = byFwhm * bySecond + byEta * etaBySecond;
      }
    }
  };
}

/** Takes a pseudo-Voigt off the values of points. */
export function subtractPeak(
  { count, x, y }: WindowPoints,
  area: number,
  center: number,
  fwhm: number,
  eta: number,
): void {
  for (let i = 0; i < count; i++) {
    const t2 = ((x[i]! - center) / fwhm) ** 2;
    const lorentz = LORENTZ_HEIGHT / (1 + 4 * t2);
    y[i]! -= (area / fwhm) * (eta * lorentz + (1 - eta) * GAUSS_HEIGHT * Math.exp(-FOUR_LN2 * t2));
  }
}

/** The Chebyshev polynomials of a place in a window, up to an order. */
export function chebyshevTerms(
  x: number,
  [low, high]: readonly [number, number],
  order: number,
): Float64Array {
  const u = (2 * x - low - high) / (high - low);
  const terms = new Float64Array(order + 1);
  for (let k = 0; k <= order; k++) {
    terms[k] = k === 0 ? 1 : k === 1 ? u : 2 * u * terms[k - 1]! - terms[k - 2]!;
  }
  return terms;
}
