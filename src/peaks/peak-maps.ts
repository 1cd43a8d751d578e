import { OptionError, ShapeError } from "../errors.js";
import type { DenseArray } from "../integrate/geometry-arrays.js";
import type { Progress } from "../integrate/options.js";
import { Pacer } from "../integrate/pacer.js";
import { checkRadial } from "./check-pattern.js";
import { fitWindow, type WindowFit } from "./fit-window.js";
import type { FitPeaksOptions, PeakPattern, PeakPlace } from "./options.js";
import { type JoinedWindow, planWindows } from "./plan-windows.js";
import { firstBin, newPoints, takePoints } from "./points.js";
import type { FittedPeak, PeakFailure, PeakValues } from "./result.js";
import type { WindowPoints } from "./window-model.js";

/** Patterns of many points; a `Scan` is one, with profiles or with cakes. */
export interface PatternGrid {
  /** Points of each dimension: `[slow, fast]` of a scan, `[frames]` of a series. */
  readonly shape: readonly number[];
  readonly radial: ArrayLike<number>;
  /** Row-major, `[…shape][radial]`, or `[…shape][azimuthal][radial]`. */
  readonly intensity: ArrayLike<number>;
  /** Standard errors, in the same places. */
  readonly sigma?: ArrayLike<number>;
  /** Where each point has a cake: one value for each of its sectors. */
  readonly azimuthal?: ArrayLike<number>;
}

/** How the peaks of a grid are fitted. */
export interface PeakMapsOptions extends FitPeaksOptions {
  /** Stops with its reason, within a fraction of a second. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** The quantities of one peak at every point; NaN where it could not be fitted. */
export interface PeakMap extends Readonly<Record<keyof PeakValues, DenseArray>> {
  /** Standard errors. */
  readonly sigma: Readonly<Record<keyof PeakValues, DenseArray>>;
  /** Reduced χ². */
  readonly chi2: DenseArray;
  /** Why a point has no values, point by point; `undefined` where it has. */
  readonly reasons: readonly (PeakFailure | undefined)[];
  /** Points that have values. */
  readonly fitted: number;
}

const QUANTITIES = ["center", "area", "height", "fwhm", "eta", "background"] as const;

/**
 * Fits peaks at every point of a scan, each beginning with what its neighbour has, or else the mean
 * pattern: a map of each quantity of each peak, in the order of `peaks`. Cakes give one more dimension.
 * Points without a frame stay NaN.
 *
 * @param peaks as of `fitPeaks`; places that are to be measured are measured in the mean pattern.
 * @throws OptionError, ShapeError; the reason of `signal`
 * @example
 * const [ferrite] = await peakMaps(scan, [[3.4, 3.6]]);
 * ferrite.center.data;     // position at each point, ferrite.sigma.center.data its standard error
 */
export async function peakMaps(
  grid: PatternGrid,
  peaks: readonly PeakPlace[],
  options: PeakMapsOptions = {},
): Promise<PeakMap[]> {
  const { signal, onProgress, ...fitOptions } = options;
  const shape = mapShape(grid);
  const bins = grid.radial.length;
  const count = product(shape);
  const pacer = new Pacer("fitting peaks", { signal, onProgress });
  const mean = meanPattern(grid, count);
  const { windows, weights } = planWindows(mean, peaks, fitOptions);
  const maps = peaks.map(() => emptyMap(shape));
  const total = count * windows.length;
  let done = 0;
  for (const window of windows) {
    const bounds = binsOf(grid.radial, window);
    const points = newPoints(bounds[1] - bounds[0]);
    const take = (pattern: PeakPattern, point: number): WindowPoints => {
      takePoints(pattern, bounds, weights, points, point * bins);
      return points;
    };
    const usual = parametersOf(fitWindow(take(mean, 0), window));
    let neighbour = usual;
    for (let point = 0; point < count; point++, done++) {
      if (pacer.isDue) await pacer.pause(done, total);
      let fit = fitWindow(take(grid, point), window, neighbour ?? usual);
      if (deservesAnotherStart(fit, neighbour !== undefined)) {
        const alone = fitWindow(take(grid, point), window);
        if (fittedOf(alone) > fittedOf(fit)) fit = alone;
      }
      neighbour = parametersOf(fit);
      window.places.forEach((place, i) => {
        const peak = fit.peaks[i]!;
        if (peak.converged) keep(maps[place]!, point, peak);
        else maps[place]!.reasons[point] = peak.reason;
      });
    }
  }
  pacer.finish(total);
  return maps.map((map) => ({
    ...map,
    fitted: map.reasons.reduce((sum, reason) => sum + (reason === undefined ? 1 : 0), 0),
  }));
}

function mapShape({ shape, radial, intensity, sigma, azimuthal }: PatternGrid): number[] {
  checkRadial(radial);
  const whole = [...shape, ...(azimuthal === undefined ? [] : [azimuthal.length])];
  for (const [what, array] of [
    ["intensity", intensity],
    ["sigma", sigma],
  ] as const) {
    if (array === undefined || array.length === product(whole) * radial.length) continue;
    const remedy = "give one value for each bin of each point";
    throw new ShapeError(what, [...whole, radial.length], [array.length], remedy);
  }
  if (product(whole) > 0) return whole;
  throw new OptionError("shape", shape, "a grid is to have one point at least");
}

function product(shape: readonly number[]): number {
  return shape.reduce((all, n) => all * n, 1);
}

function binsOf(
  radial: ArrayLike<number>,
  { range: [low, high] }: JoinedWindow,
): readonly [first: number, end: number] {
  const end = firstBin(radial, high);
  return [firstBin(radial, low), radial[end] === high ? end + 1 : end];
}

/** Of the points that have a value; with the error of the mean, where the grid has errors. */
function meanPattern({ radial, intensity, sigma }: PatternGrid, count: number): PeakPattern {
  const bins = radial.length;
  const mean = new Float64Array(bins);
  const variance = new Float64Array(bins);
  const number = new Float64Array(bins);
  for (let point = 0; point < count; point++) {
    for (let i = 0, at = point * bins; i < bins; i++, at++) {
      if (!Number.isFinite(intensity[at]!)) continue;
      mean[i]! += intensity[at]!;
      variance[i]! += (sigma?.[at] ?? 0) ** 2;
      number[i]!++;
    }
  }
  const pattern = { radial, intensity: mean.map((sum, i) => sum / number[i]!) };
  if (sigma === undefined) return pattern;
  return { ...pattern, sigma: variance.map((sum, i) => Math.sqrt(sum) / number[i]!) };
}

/** The parameters of a fit of all peaks of its window, to begin others with. */
function parametersOf({ fit, peaks }: WindowFit): Float64Array | undefined {
  return peaks.every(({ converged }) => converged) ? fit?.parameters : undefined;
}

function fittedOf({ peaks }: WindowFit): number {
  return peaks.filter(({ converged }) => converged).length;
}

/** Not where there is no frame, nor where the mean pattern's peak is not seen beside an empty point. */
function deservesAnotherStart({ fit, peaks }: WindowFit, isFromNeighbour: boolean): boolean {
  return (
    fit !== undefined &&
    peaks.some(({ reason }) => reason !== undefined && (isFromNeighbour || reason !== "no-peak"))
  );
}

type WritableMap = Omit<PeakMap, "reasons" | "fitted"> & { reasons: (PeakFailure | undefined)[] };

function emptyMap(shape: number[]): WritableMap {
  const size = product(shape);
  const empty = (): DenseArray => {
    return { data: new Float64Array(size).fill(Number.NaN), shape: [...shape] };
  };
  const quantities = (): Record<keyof PeakValues, DenseArray> => ({
    center: empty(),
    area: empty(),
    height: empty(),
    fwhm: empty(),
    eta: empty(),
    background: empty(),
  });
  return {
    ...quantities(),
    sigma: quantities(),
    chi2: empty(),
    reasons: new Array<PeakFailure | undefined>(size).fill(undefined),
  };
}

function keep(map: WritableMap, point: number, peak: FittedPeak): void {
  for (const quantity of QUANTITIES) {
    map[quantity].data[point] = peak[quantity];
    map.sigma[quantity].data[point] = peak.sigma[quantity];
  }
  map.chi2.data[point] = peak.chi2;
}
