import { OptionError } from "../../errors.js";
import { type FindPeaksOptions, findPeaks } from "../../peaks/find-peaks.js";
import type { FitPeaksOptions, PeakPattern, PeakPlace } from "../../peaks/options.js";
import { type Directions, meanOfDirections } from "./directions.js";
import type { MeasuredPlace } from "./peak-place.js";
import { activePeak, checkPlace, measurePlace, type TrackedPlace } from "./peak-place.js";

/** How places are measured. */
export interface PlaceListOptions {
  readonly fit: FitPeaksOptions;
  readonly padding: number | undefined;
  /** Half of a window, in widths. */
  readonly reach: number;
}

/** The places where peaks are fitted: put in, found and taken away between patterns. */
export class PlaceList {
  readonly #options: PlaceListOptions;
  #places: readonly TrackedPlace[] = [];
  #nextId = 0;
  #search: FindPeaksOptions | undefined;

  constructor(options: PlaceListOptions) {
    this.#options = options;
  }

  get places(): readonly TrackedPlace[] {
    return this.#places;
  }

  /** @throws OptionError for a place that cannot be; none is put then */
  append(peaks: readonly PeakPlace[]): number[] {
    for (const place of peaks) checkPlace(place, this.#options.fit);
    const added = peaks.map((place): TrackedPlace => ({ id: this.#nextId++, place }));
    this.#places = [...this.#places, ...added];
    return added.map(({ id }) => id);
  }

  /** @throws OptionError for an id that no peak has; none is taken away then */
  remove(ids: readonly number[]): void {
    for (const id of ids) {
      if (this.#places.some((place) => place.id === id)) continue;
      const known = this.#places.map((place) => place.id).join(", ") || "none";
      throw new OptionError("ids", id, `no peak has the id ${id}; there are ${known}`);
    }
    this.#places = this.#places.filter(({ id }) => !ids.includes(id));
  }

  /** @throws OptionError */
  search(options: FindPeaksOptions): void {
    findPeaks({ radial: [], intensity: [] }, options);
    this.#search = options;
  }

  /**
   * Looks for peaks, and measures those that are new, where the frame has something to measure.
   *
   * @param centers where peaks are now, in any direction.
   */
  measure(whole: Directions, centers: () => readonly number[]): void {
    const isNew = this.#places.some(({ measured }) => measured === undefined);
    if (!isNew && this.#search === undefined) return;
    const mean = meanOfDirections(whole);
    if (!Array.prototype.some.call(mean.intensity, Number.isFinite)) return;
    if (this.#search !== undefined) this.#find(mean, this.#search, centers());
    for (const tracked of this.#places) tracked.measured ??= this.measured(mean, tracked);
  }

  /** What a place is in a pattern. */
  measured(pattern: PeakPattern, { place }: TrackedPlace): MeasuredPlace {
    return measurePlace(pattern, place, this.#options.fit, this.#options.padding);
  }

  #find(mean: PeakPattern, search: FindPeaksOptions, centers: readonly number[]): void {
    const { padding, reach } = this.#options;
    const found = findPeaks(mean, { reach, ...search });
    if (found.length === 0) return;
    this.#search = undefined;
    // Those that were not fitted yet are where they were put.
    const known = [...centers, ...this.#places.map((tracked) => activePeak(tracked).center)];
    const isNew = ({ center, fwhm }: { center: number; fwhm: number }): boolean =>
      known.every((other) => Math.abs(other - center) > fwhm);
    this.append(
      found.filter(isNew).map(({ center, fwhm, range }) => {
        return padding === undefined ? { center, fwhm, range } : { center, fwhm };
      }),
    );
  }
}
