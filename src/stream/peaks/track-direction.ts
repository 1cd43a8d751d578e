import { failureMessage } from "../../peaks/failure-message.js";
import { fitWindow, type WindowFit } from "../../peaks/fit-window.js";
import type { PeakPattern, PeakWeights } from "../../peaks/options.js";
import { type PeakWindow, sizeOf, type WindowPeak } from "../../peaks/peak-window.js";
import { firstBin, newPoints, takePoints } from "../../peaks/points.js";
import type { PeakFit } from "../../peaks/result.js";
import { PEAK_SIZE, type WindowPoints } from "../../peaks/window-model.js";
import type { PeakState } from "./peak-state.js";

/** What all windows of a stream share. */
export type SharedWindow = Omit<PeakWindow, "range" | "peaks">;

/** A window that was fitted. */
export interface TrackedWindow {
  readonly range: readonly [low: number, high: number];
  /** Its peaks' places in the list of peaks. */
  readonly places: readonly number[];
  readonly fit: WindowFit;
  readonly points: WindowPoints;
  /** Degrees of freedom of the fit. */
  readonly freedom: number;
}

/** A lost peak is found again where it is so much higher than one that is not lost needs to be. */
const REGAIN = 1.5;

/**
 * Fits the peaks of one direction, each beginning with its last fit; those whose windows overlap
 * together. Where that does not do, they are looked for within their limits.
 */
export class DirectionTracker {
  readonly #shared: SharedWindow;
  readonly #weights: PeakWeights;
  #points: WindowPoints = newPoints(0);

  constructor(shared: SharedWindow, weights: PeakWeights) {
    this.#shared = shared;
    this.#weights = weights;
  }

  /** Gives each window to `take`; its points are those of the next window after that. */
  track(
    pattern: PeakPattern,
    states: readonly PeakState[],
    take: (window: TrackedWindow) => void,
  ): void {
    for (const { range, places } of joinedWindows(states)) {
      const points = this.#take(pattern, range);
      const here = places.map((place) => states[place]!);
      const fit = this.#fit(points, range, here);
      const freedom = fit.fit === undefined ? 0 : points.count - fit.fit.parameters.length;
      swapCrossed(fit.peaks, here);
      const beside = here.map((state) => here.some((other) => isBeside(state, other)));
      here.forEach((state, i) => {
        const peak = fit.peaks[i]!;
        if (peak.converged) state.take(peak, beside[i]!);
        else state.lose();
      });
      take({ range, places, fit, points, freedom });
    }
  }

  #take(pattern: PeakPattern, [low, high]: readonly [number, number]): WindowPoints {
    const { radial } = pattern;
    const first = firstBin(radial, low);
    let end = firstBin(radial, high);
    if (radial[end] === high) end++;
    if (end - first > this.#points.x.length) this.#points = newPoints(2 * (end - first));
    takePoints(pattern, [first, end], this.#weights, this.#points, 0);
    return this.#points;
  }

  #fit(
    points: WindowPoints,
    range: readonly [number, number],
    states: readonly PeakState[],
  ): WindowFit {
    const windowOf = (peaks: readonly WindowPeak[]): PeakWindow => {
      return { ...this.#shared, range, peaks };
    };
    const fresh = (isHere: (i: number) => boolean): WindowFit => {
      const peaks = states.map((state, i) => state.start(isHere(i)));
      return this.#judge(fitWindow(points, windowOf(peaks)), states);
    };
    if (states.some(({ lost }) => lost !== 0)) return fresh((i) => states[i]!.lost === 0);
    const window = windowOf(states.map((state) => state.start(true)));
    const fit = fitWindow(points, window, this.#start(window, states));
    if (fit.peaks.every(({ converged }) => converged) || points.count <= sizeOf(window, 1))
      return fit;
    const again = fresh((i) => fit.peaks[i]!.converged);
    return fittedOf(again) > fittedOf(fit) ? again : fit;
  }

  /** The background's slope and bends begin with 0: a step of least squares finds what is linear. */
  #start(window: PeakWindow, states: readonly PeakState[]): Float64Array {
    const start = new Float64Array(sizeOf(window, states.length));
    states.forEach(({ parameters, background }, i) => {
      start[0]! += background / states.length;
      start.set(parameters, window.order + 1 + PEAK_SIZE * i);
    });
    return start;
  }

  #judge(fit: WindowFit, states: readonly PeakState[]): WindowFit {
    const peaks = fit.peaks.map((peak, i): PeakFit => {
      const isLost = (states[i]!.lost ?? 0) > 0;
      const least = REGAIN * this.#shared.snr;
      if (!isLost || !peak.converged || peak.height > least * peak.sigma.height) return peak;
      const { range } = peak;
      const message = failureMessage("no-peak", { range, count: 0, size: 0 });
      return { converged: false, reason: "no-peak", message, range };
    });
    return { ...fit, peaks };
  }
}

/** Nearer than so many widths, two peaks cannot be told apart. */
const APART = 1.2;

function isBeside(state: PeakState, other: PeakState): boolean {
  const [one, two] = [state.expected, other.expected];
  if (state === other || one === undefined || two === undefined) return false;
  return Math.abs(one.position - two.position) < APART * Math.max(one.fwhm, two.fwhm);
}

/** After two peaks have met, each is the one that is where it is expected, and as large. */
function swapCrossed(peaks: PeakFit[], states: readonly PeakState[]): void {
  for (let a = 0; a < states.length; a++) {
    for (let b = a + 1; b < states.length; b++) {
      const [one, two] = [peaks[a]!, peaks[b]!];
      const [first, second] = [states[a]!, states[b]!];
      if (!one.converged || !two.converged) continue;
      if (first.expected === undefined || second.expected === undefined) continue;
      const kept = first.unlikeness(one) + second.unlikeness(two);
      if (first.unlikeness(two) + second.unlikeness(one) >= kept) continue;
      peaks[a] = { ...two, range: one.range };
      peaks[b] = { ...one, range: two.range };
    }
  }
}

function fittedOf({ peaks }: WindowFit): number {
  return peaks.filter(({ converged }) => converged).length;
}

interface Joined {
  readonly range: [low: number, high: number];
  readonly places: number[];
}

function joinedWindows(states: readonly PeakState[]): Joined[] {
  const windows = states.map(({ window }) => window);
  const order = Array.from(windows.keys()).sort((a, b) => windows[a]![0] - windows[b]![0]);
  const joined: Joined[] = [];
  for (const place of order) {
    const [low, high] = windows[place]!;
    const last = joined.at(-1);
    if (last !== undefined && low < last.range[1]) {
      last.range[1] = Math.max(last.range[1], high);
      last.places.push(place);
    } else joined.push({ range: [low, high], places: [place] });
  }
  return joined;
}
