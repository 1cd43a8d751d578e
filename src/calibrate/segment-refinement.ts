import { type LeastSquaresFit, levenbergMarquardt } from "../fit/levenberg-marquardt.js";
import { type Comb, wavelengthDerivative } from "./comb.js";
import { CENTER_ROWS, holdCenter } from "./held-center.js";
import { SIZE, WAVELENGTH } from "./parameters.js";
import type { Segments } from "./segment-fit.js";
import { twoThetaAt, twoThetaDerivatives } from "./two-theta.js";

/** A geometry refined on segments. */
export interface SegmentRefinement extends LeastSquaresFit {
  /** How far outside its ring each segment is, in pixels. */
  readonly misfit: Float64Array;
  /** Standard error of each, in pixels: of the fit, and of what else spreads them. */
  readonly sigma: Float64Array;
  /** What spreads segments beyond counting statistics, in pixels. */
  readonly floor: number;
}

export interface SegmentRefinementOptions {
  readonly fixed: ArrayLike<number>;
  /** Size of a pixel in metres. */
  readonly pixel: number;
  /** Beam centre (y, x) in metres that is held; default none. */
  readonly center?: readonly [number, number] | undefined;
}

/** Standard errors beyond which a segment counts ever less. */
export const CAUCHY = 2.5;

/**
 * The geometry in which segments lie on their rings: weighted least squares with Cauchy's loss.
 * Without enough segments the covariance is missing.
 */
export function refineOnSegments(
  segments: Segments,
  comb: Comb,
  start: Float64Array,
  options: SegmentRefinementOptions,
): SegmentRefinement {
  const { fixed, pixel, center } = options;
  const { y, x, ring } = segments;
  const count = segments.count;
  const angle = new Float64Array(count);
  const slope = new Float64Array(count);
  const indices = comb.d.map((d) => 1 / (2e-10 * d));
  const ringAngles = (wavelength: number): Float64Array =>
    indices.map((index) => 2 * Math.asin(Math.min(index * wavelength, 1)));
  const misfitIn = (p: Float64Array): Float64Array => {
    twoThetaAt(p, y, x, angle, slope);
    const expected = ringAngles(p[WAVELENGTH]!);
    return angle.map((value, i) => (value - expected[ring[i]!]!) / (slope[i]! * pixel));
  };
  twoThetaAt(start, y, x, angle, slope);
  const scale = slope.map((value) => 1 / (value * pixel));
  const solve = (from: Float64Array, sigma: Float64Array): LeastSquaresFit =>
    levenbergMarquardt({
      start: from,
      count: count + (center === undefined ? 0 : CENTER_ROWS),
      fixed,
      cauchy: CAUCHY,
      maxIterations: 30,
      evaluate: (p, residuals, jacobian) => {
        twoThetaAt(p, y, x, angle, slope);
        const angles = ringAngles(p[WAVELENGTH]!);
        for (let i = 0; i < count; i++) {
          const weight = scale[i]! / sigma[i]!;
          const at = i * SIZE;
          const expected = angles[ring[i]!]!;
          residuals[i] = (angle[i]! - expected) * weight;
          twoThetaDerivatives(p, y[i]!, x[i]!, jacobian, at);
          for (let j = 0; j < WAVELENGTH; j++) jacobian[at + j]! *= weight;
          jacobian[at + WAVELENGTH] = -wavelengthDerivative(expected, p[WAVELENGTH]!) * weight;
        }
        if (center !== undefined) holdCenter(p, center, pixel, residuals, jacobian, count);
      },
    });
  let floor = 0;
  let fit = solve(start, segments.sigma);
  for (let pass = 0; pass < 3; pass++) {
    const wider = floorOf(misfitIn(fit.parameters), segments.sigma);
    if (Math.abs(wider - floor) <= 0.02 * wider) break;
    floor = wider;
    fit = solve(fit.parameters, widened(segments.sigma, floor));
  }
  return {
    ...fit,
    misfit: misfitIn(fit.parameters),
    sigma: widened(segments.sigma, floor),
    floor,
  };
}

function widened(sigma: Float64Array, floor: number): Float64Array {
  return sigma.map((value) => Math.sqrt(value * value + floor * floor));
}

/** What has to be added to standard errors so that the middle half of the misfits is as wide as expected. */
function floorOf(misfit: Float64Array, sigma: Float64Array): number {
  if (misfit.length < 8) return 0;
  const spread = (floor: number): number => {
    const ratios = misfit
      .map((value, i) => Math.abs(value) / Math.sqrt(sigma[i]! * sigma[i]! + floor * floor))
      .sort();
    return 1.4826 * ratios[ratios.length >> 1]!;
  };
  if (spread(0) <= 1.02) return 0;
  let [low, high] = [0, 2];
  for (let step = 0; step < 12; step++) {
    const middle = (low + high) / 2;
    if (spread(middle) > 1) low = middle;
    else high = middle;
  }
  return high;
}
