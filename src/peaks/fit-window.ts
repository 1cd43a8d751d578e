import { type LeastSquaresFit, levenbergMarquardt } from "../fit/levenberg-marquardt.js";
import { estimate } from "./estimate.js";
import { failureMessage } from "./failure-message.js";
import { fittedPeak } from "./fitted-peak.js";
import { type PeakWindow, sizeOf, type WindowPeak } from "./peak-window.js";
import { poissonWeight } from "./points.js";
import { type Profile, profileOf } from "./profile.js";
import type { FittedPeak, PeakFailure, PeakFit } from "./result.js";
import { PEAK_SIZE, type WindowPoints, windowModel } from "./window-model.js";

/** What became of a window. */
export interface WindowFit {
  readonly peaks: PeakFit[];
  /** The peaks that are in the fit, by their place in the window. */
  readonly kept: readonly number[];
  /** The last fit, unless the window has too few points for one. */
  readonly fit?: LeastSquaresFit;
  readonly chi2: number;
}

/** Least width, in steps of the points: what lies in one bin alone has none that is known. */
const NARROWEST = 1;
const TOLERANCE = 1e-7;
/** Of a fit that only tells weights. */
const ROUGH_TOLERANCE = 1e-4;

/**
 * Fits the peaks of a window together. One that is not there, or that leaves the window, would spoil the
 * others: they are fitted again without it.
 *
 * @param start parameters to begin with, such as those of a neighbour; else they are estimated.
 */
export function fitWindow(
  points: WindowPoints,
  window: PeakWindow,
  start?: Float64Array,
): WindowFit {
  const peaks: PeakFit[] = [];
  let kept: number[] = [];
  for (const [peak, { range, limits = range }] of window.peaks.entries()) {
    if (hasPoint(points, limits)) kept.push(peak);
    else peaks[peak] = unfitted(range, "no-points", { count: 0, size: sizeOf(window, 1) });
  }
  if (kept.length === 0) return { peaks, kept, chi2: Number.NaN };
  let begin = kept.length === window.peaks.length ? start : undefined;
  for (;;) {
    const round = fitOnce(points, window, kept, begin);
    const remaining = kept.filter((_, i) => round.outcomes[i]!.converged);
    const alone = remaining.length === 0 || remaining.length === kept.length;
    kept.forEach((peak, i) => {
      const outcome = round.outcomes[i]!;
      if (alone || !outcome.converged) peaks[peak] = outcome;
    });
    if (alone) {
      const { fit, chi2 } = round;
      return { peaks, kept, chi2, ...(fit === undefined ? {} : { fit }) };
    }
    kept = remaining;
    begin = undefined;
  }
}

interface Round {
  readonly outcomes: readonly PeakFit[];
  readonly fit?: LeastSquaresFit;
  readonly chi2: number;
}

function fitOnce(
  points: WindowPoints,
  window: PeakWindow,
  kept: readonly number[],
  given: Float64Array | undefined,
): Round {
  const { count, x } = points;
  const { order } = window;
  const size = sizeOf(window, kept.length);
  const chosen = kept.map((peak) => window.peaks[peak]!);
  const fail = ({ range }: WindowPeak, reason: PeakFailure): PeakFit =>
    unfitted(range, reason, { count, size });
  if (count <= size) {
    return { outcomes: chosen.map((peak) => fail(peak, "no-points")), chi2: Number.NaN };
  }
  const step = (x[count - 1]! - x[0]!) / (count - 1);
  const profile = profileOf(window.profile);
  const bounds = boundsOf(points, window, chosen, profile, NARROWEST * step);
  const evaluate = windowModel(points, window.range, order, chosen.length, profile);
  const problem = { count, evaluate, ...bounds, maxIterations: window.maxIterations };
  let begin = given?.slice() ?? estimate(points, window, chosen, profile);
  clamp(begin, bounds);
  if (given === undefined) {
    const fixed = begin.map((_, j) => (j > order && (j - order - 1) % PEAK_SIZE !== 0 ? 1 : 0));
    begin = levenbergMarquardt({ ...problem, start: begin, fixed, maxIterations: 2 }).parameters;
  }
  const tolerance = window.isPoisson ? ROUGH_TOLERANCE : TOLERANCE;
  let fit = levenbergMarquardt({ ...problem, start: begin, tolerance });
  if (window.isPoisson && fit.converged) {
    expectCounts(points, fit.residuals);
    fit = levenbergMarquardt({ ...problem, start: fit.parameters, tolerance: TOLERANCE });
  }
  const chi2 = fit.cost / (count - size);
  const scale = window.isScaled ? chi2 : 1;
  const judged = chosen.map(({ range }, i) => {
    const at = order + 1 + PEAK_SIZE * i;
    const reason = placeFailure(fit, at, bounds);
    if (reason !== undefined) return reason;
    const peak = fittedPeak(fit, at, window, scale, chi2, range);
    return shapeFailure(peak, NARROWEST * step, window) ?? peak;
  });
  // Where one peak is none, the others are fitted again; else nothing tells which one is to blame.
  const isBlamed = judged.some((verdict) => typeof verdict === "string");
  const outcomes = judged.map((verdict, i): PeakFit => {
    if (typeof verdict === "string") return fail(chosen[i]!, verdict);
    if (isBlamed) return verdict;
    if (!fit.converged) return fail(chosen[i]!, "not-converged");
    return isKnown(verdict) ? verdict : fail(chosen[i]!, "not-determined");
  });
  return { outcomes, fit, chi2 };
}

/** Why the parameters from a place on are no peak's. */
function placeFailure(
  { cost, parameters }: LeastSquaresFit,
  at: number,
  { lower, upper }: Bounds,
): PeakFailure | undefined {
  if (!Number.isFinite(cost)) return "not-converged";
  if (!(parameters[at]! > 0)) return "no-peak";
  const center = parameters[at + 1]!;
  const [low, high] = [lower[at + 1]!, upper[at + 1]!];
  const near = 1e-9 * (high - low);
  return center <= low + near || center >= high - near ? "edge" : undefined;
}

function shapeFailure(
  { fwhm, height, sigma }: FittedPeak,
  narrowest: number,
  { range: [low, high], snr }: PeakWindow,
): PeakFailure | undefined {
  // Where the error is NaN, the points do not determine the fit.
  if (height <= snr * sigma.height) return "no-peak";
  return fwhm <= narrowest * (1 + 1e-6) || fwhm >= high - low ? "width" : undefined;
}

function hasPoint({ count, x }: WindowPoints, [low, high]: readonly [number, number]): boolean {
  for (let i = 0; i < count; i++) if (x[i]! >= low && x[i]! <= high) return true;
  return false;
}

function unfitted(
  range: readonly [low: number, high: number],
  reason: PeakFailure,
  of: { count: number; size: number },
): PeakFit {
  return { converged: false, reason, message: failureMessage(reason, { range, ...of }), range };
}

function isKnown({ sigma }: FittedPeak): boolean {
  return Number.isFinite(sigma.center + sigma.area + sigma.fwhm + sigma.eta + sigma.height);
}

interface Bounds {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** A centre may be where its range has points, a width between the points' distance and the window. */
function boundsOf(
  { count, x }: WindowPoints,
  window: PeakWindow,
  peaks: readonly WindowPeak[],
  profile: Profile,
  narrowest: number,
): Bounds {
  const size = sizeOf(window, peaks.length);
  const lower = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
  const upper = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  peaks.forEach(({ range, limits = range }, i) => {
    const at = window.order + 1 + PEAK_SIZE * i;
    const from = Math.min(Math.max(limits[0], x[0]!), x[count - 1]!);
    lower.set([from, ...profile.lower(narrowest)], at + 1);
    const to = Math.max(Math.min(limits[1], x[count - 1]!), from);
    upper.set([to, ...profile.upper(window.range[1] - window.range[0])], at + 1);
  });
  return { lower, upper };
}

function clamp(parameters: Float64Array, { lower, upper }: Bounds): void {
  for (let j = 0; j < parameters.length; j++) {
    parameters[j] = Math.min(Math.max(parameters[j]!, lower[j]!), upper[j]!);
  }
}

/** Weights by what the fit expects: those by what was counted favour points that counted too little. */
function expectCounts({ count, y, weight }: WindowPoints, residuals: Float64Array): void {
  for (let i = 0; i < count; i++) {
    weight[i] = poissonWeight(y[i]! + residuals[i]! / weight[i]!);
  }
}
