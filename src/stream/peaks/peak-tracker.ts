import { checkPattern } from "../../peaks/check-pattern.js";
import type { FindPeaksOptions } from "../../peaks/find-peaks.js";
import { fittedWindow } from "../../peaks/fit-peaks.js";
import type { FitPeaksOptions, PeakPattern, PeakPlace } from "../../peaks/options.js";
import { planWindows } from "../../peaks/plan-windows.js";
import type { PeakFit } from "../../peaks/result.js";
import { directionsOf, type TrackedPattern } from "./directions.js";
import { checkTrackOptions, fitOptionsOf, type TrackPeaksOptions } from "./options.js";
import { activePeak, type TrackedPlace } from "./peak-place.js";
import { type Following, PeakState } from "./peak-state.js";
import { PlaceList } from "./place-list.js";
import { DirectionTracker } from "./track-direction.js";
import {
  type ActivePeak,
  type FitCurve,
  PEAK_COLUMNS,
  type TrackedPeaks,
  writeRow,
} from "./tracked-peaks.js";

/**
 * Fits the peaks of a stream of patterns, one after the other: Thompson–Cox–Hastings profiles on a
 * Chebyshev background, as `fitPeaks` with the profile `"tch"`, each beginning with what it was in the
 * pattern before, in each direction of a cake on its own.
 *
 * A peak is looked for near where it is expected; that follows it slowly, so that it is not lost to a
 * neighbour. One that has gone says so in its status, and is found again when it is back. Peaks may be
 * put in and taken away at any time; the next pattern is the first with them.
 *
 * @example
 * const tracker = new PeakTracker([{ center: 3.49 }], { padding: 20 });
 * for await (const frame of stream) {
 *   const { fits, values } = tracker.track(await plan.integrate(frame));
 * }
 */
export class PeakTracker {
  readonly #options: TrackPeaksOptions;
  readonly #fitOptions: FitPeaksOptions;
  readonly #following: Following;
  readonly #list: PlaceList;
  /** For each direction the states of the peaks, by their id. */
  #states: Map<number, PeakState>[] = [];
  #tracker: DirectionTracker | undefined;
  /** Whether that is for patterns with errors. */
  #hasSigma = false;

  /**
   * @param peaks places, ranges, or what `findPeaks` found; any radial unit that the patterns have.
   * @throws OptionError for an option or place that cannot be
   */
  constructor(peaks: readonly PeakPlace[] = [], options: TrackPeaksOptions = {}) {
    checkTrackOptions(options);
    this.#options = options;
    this.#fitOptions = fitOptionsOf(options);
    const { search = false, reach = 3, follow = 1, drift = 10 } = options;
    this.#following = { reach, follow, drift };
    this.#list = new PlaceList({ fit: this.#fitOptions, padding: options.padding, reach });
    this.append(peaks);
    if (search !== false) this.search(search === true ? {} : search);
  }

  /** The peaks that the next pattern is fitted with, in the order of its rows. */
  get peaks(): readonly ActivePeak[] {
    return this.#list.places.map(activePeak);
  }

  /**
   * Puts peaks beside those that are there.
   *
   * @returns their ids.
   * @throws OptionError for a place that cannot be; none is put then
   */
  append(peaks: readonly PeakPlace[]): number[] {
    return this.#list.append(peaks);
  }

  /**
   * Puts peaks in the place of all that are there.
   *
   * @returns their ids.
   * @throws OptionError for a place that cannot be; all stay as they are then
   */
  replace(peaks: readonly PeakPlace[]): number[] {
    const before = this.#list.places.map(({ id }) => id);
    const added = this.append(peaks);
    this.remove(before);
    return added;
  }

  /** @throws OptionError for an id that no peak has; none is taken away then */
  remove(ids: readonly number[]): void {
    this.#list.remove(ids);
    for (const states of this.#states) for (const id of ids) states.delete(id);
  }

  /**
   * Looks for peaks in the next pattern that has any, the mean of its directions; those that are there
   * already are not put in again.
   */
  search(options: FindPeaksOptions = {}): void {
    this.#list.search(options);
  }

  /**
   * Fits the peaks of the next pattern.
   *
   * @param pattern a profile, one for each direction as an `Integrate2dResult` has them, or `Cakes`.
   * @throws OptionError, ShapeError for a pattern whose bins do not ascend or whose arrays differ
   */
  track(pattern: TrackedPattern): TrackedPeaks {
    const whole = directionsOf(pattern);
    for (const one of whole.patterns) checkPattern(one);
    this.#list.measure(whole, () => this.#centers());
    const count = whole.patterns.length;
    if (this.#states.length !== count) {
      this.#states = Array.from({ length: count }, () => new Map());
    }
    const peaks = this.peaks;
    const rows = count * peaks.length;
    const size = rows * PEAK_COLUMNS.length;
    const result = {
      peaks,
      directions: whole.directions,
      fits: new Array<PeakFit>(rows),
      values: new Float64Array(size),
      errors: new Float64Array(size),
      status: new Uint8Array(rows),
    };
    const curves: FitCurve[] = [];
    if (peaks.length > 0) {
      whole.patterns.forEach((one, direction) => {
        this.#trackOne(one, direction, result, curves);
      });
    }
    return this.#options.curves === true ? { ...result, curves } : result;
  }

  #trackOne(
    pattern: PeakPattern,
    direction: number,
    result: TrackedPeaks & { fits: PeakFit[] },
    curves: FitCurve[],
  ): void {
    const states = this.#list.places.map((place) => this.#stateOf(place, direction, pattern));
    const tracker = this.#trackerOf(pattern);
    tracker.track(pattern, states, ({ range, places, fit, points, freedom }) => {
      places.forEach((place, i) => {
        const row = direction * states.length + place;
        result.fits[row] = fit.peaks[i]!;
        writeRow(result, row, fit.peaks[i]!, freedom);
      });
      if (this.#options.curves !== true) return;
      const window = { range, places, order: this.#fitOptions.background ?? 1 };
      curves.push({ ...fittedWindow(points, window, fit), direction });
    });
  }

  #trackerOf(pattern: PeakPattern): DirectionTracker {
    const hasSigma = pattern.sigma !== undefined;
    if (this.#tracker === undefined || hasSigma !== this.#hasSigma) {
      const { windows, weights } = planWindows(pattern, [[0, 1]], this.#fitOptions);
      this.#tracker = new DirectionTracker(windows[0]!, weights);
      this.#hasSigma = hasSigma;
    }
    return this.#tracker;
  }

  #stateOf(tracked: TrackedPlace, direction: number, pattern: PeakPattern): PeakState {
    const states = this.#states[direction]!;
    let state = states.get(tracked.id);
    if (state === undefined) {
      const place = tracked.measured ?? this.#list.measured(pattern, tracked);
      state = new PeakState(place, this.#following);
      if (tracked.measured !== undefined) states.set(tracked.id, state);
    }
    return state;
  }

  /** Where the peaks are now, in any direction. */
  #centers(): number[] {
    const centers: number[] = [];
    for (const states of this.#states) {
      for (const state of states.values()) {
        if (state.lost !== undefined) centers.push(state.parameters[1]!);
      }
    }
    return centers;
  }
}
