import { type LeastSquaresFit, levenbergMarquardt } from "../fit/levenberg-marquardt.js";
import { failureMessage } from "./failure-message.js";
import { fittedPeak } from "./fitted-peak.js";
import type { PeakProfile } from "./options.js";
import { poissonWeight } from "./points.js";
import { type Profile, profileOf } from "./profile.js";
import type { FittedPeak, PeakFailure, PeakFit } from "./result.js";
import { highestPoint, startLine, startValues } from "./start-values.js";
import { PEAK_SIZE, type WindowPoints, windowModel } from "./window-model.js";

/** A peak of a window; what is not known of it is measured. */
export interface WindowPeak {
  readonly center?: number;
  readonly fwhm?: number;
  readonly eta: number;
  readonly range: readonly [low: number, high: number];
}

/** Peaks that are fitted together, and how. */
export interface PeakWindow {
  readonly range: readonly [low: number, high: number];
  readonly peaks: readonly WindowPeak[];
  readonly order: number;
  readonly profile: PeakProfile;
  /** Whether weights are those of counts that the model expects. */
  readonly isPoisson: boolean;
  /** Whether standard errors are those that the scatter tells. */
  readonly isScaled: boolean;
  readonly snr: number;
  readonly maxIterations: number;
}

/** What became of a window. */
export interface WindowFit {
  readonly peaks: PeakFit[];
  /** The peaks that are in the fit, by their place in the window. */
  readonly kept: readonly number[];
  /** The last fit, unless the window has too few points for one. */
  readonly fit?: LeastSquaresFit;
  readonly chi2: number;
}

/** Least width, in steps of the points. */
const NARROWEST = 0.5;
const TOLERANCE = 1e-8;

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
  for (const [peak, { range }] of window.peaks.entries()) {
    if (hasPoint(points, range)) kept.push(peak);
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
  let fit = levenbergMarquardt({ ...problem, start: begin, tolerance: TOLERANCE });
  if (window.isPoisson && fit.converged) {
    expectCounts(points, fit.residuals);
    fit = levenbergMarquardt({ ...problem, start: fit.parameters, tolerance: TOLERANCE });
  }
  const chi2 = fit.cost / (count - size);
  const scale = window.isScaled ? chi2 : 1;
  const narrowest = NARROWEST * step * (1 + 1e-6);
  const judged = chosen.map(({ range }, i) => {
    const at = order + 1 + PEAK_SIZE * i;
    const center = fit.parameters[at + 1]!;
    if (!Number.isFinite(fit.cost)) return "not-converged";
    if (!(fit.parameters[at]! > 0)) return "no-peak";
    const near = 1e-9 * (range[1] - range[0]);
    if (center <= bounds.lower[at + 1]! + near || center >= bounds.upper[at + 1]! - near) {
      return "edge";
    }
    const peak = fittedPeak(fit, at, window, scale, chi2, range);
    if (peak.fwhm <= narrowest || peak.fwhm >= window.range[1] - window.range[0]) return "width";
    if (fit.covariance !== undefined && !(peak.height > window.snr * peak.sigma.height)) {
      return "no-peak";
    }
    return peak;
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

function sizeOf({ order }: PeakWindow, peaks: number): number {
  return order + 1 + PEAK_SIZE * peaks;
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
  peaks.forEach(({ range }, i) => {
    const at = window.order + 1 + PEAK_SIZE * i;
    const from = Math.min(Math.max(range[0], x[0]!), x[count - 1]!);
    lower.set([from, ...profile.lower(narrowest)], at + 1);
    const to = Math.max(Math.min(range[1], x[count - 1]!), from);
    upper.set([to, ...profile.upper(window.range[1] - window.range[0])], at + 1);
  });
  return { lower, upper };
}

function clamp(parameters: Float64Array, { lower, upper }: Bounds): void {
  for (let j = 0; j < parameters.length; j++) {
    parameters[j] = Math.min(Math.max(parameters[j]!, lower[j]!), upper[j]!);
  }
}

function estimate(
  points: WindowPoints,
  window: PeakWindow,
  peaks: readonly WindowPeak[],
  profile: Profile,
): Float64Array {
  const { range, order } = window;
  const start = new Float64Array(sizeOf(window, peaks.length));
  const line = startLine(points);
  start[0] = line((range[0] + range[1]) / 2);
  if (order > 0) start[1] = line(range[1]) - start[0];
  peaks.forEach((peak, i) => {
    const { center } = peak;
    const at =
      center === undefined ? highestPoint(points, peak.range, line) : closestPoint(points, center);
    const found = startValues(points, at, line);
    const fwhm = peak.fwhm ?? found.fwhm;
    const area = (found.area / found.fwhm) * fwhm;
    const shape = profile.parameters(fwhm, peak.eta);
    start.set([area, center ?? found.center, ...shape], order + 1 + PEAK_SIZE * i);
  });
  return start;
}

function closestPoint({ count, x }: WindowPoints, place: number): number {
  let best = 0;
  for (let i = 1; i < count; i++) {
    if (Math.abs(x[i]! - place) < Math.abs(x[best]! - place)) best = i;
  }
  return best;
}

/** Weights by what the fit expects: those by what was counted favour points that counted too little. */
function expectCounts({ count, y, weight }: WindowPoints, residuals: Float64Array): void {
  for (let i = 0; i < count; i++) {
    weight[i] = poissonWeight(y[i]! + residuals[i]! / weight[i]!);
  }
}
