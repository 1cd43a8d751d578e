import { OptionError } from "../../errors.js";
import { checkOptionNames } from "../../option-names.js";
import { type PeakSeries, SeriesRing } from "./peak-series.js";
import { PEAK_COLUMNS, type PeakColumn, type TrackedPeaks } from "./tracked-peaks.js";

/** How much is kept. */
export interface PeakEvolutionOptions {
  /** Patterns that are kept of each peak, the newest. `Infinity` keeps all. Default 1000. */
  readonly length?: number;
}

interface Kept {
  readonly ring: SeriesRing;
  /** Patterns that had come when it was there last. */
  last: number;
}

/**
 * Keeps what a `PeakTracker` gives, to be drawn over time: the last patterns of each peak. Peaks that
 * were taken away stay until as many patterns have come without them.
 *
 * @example
 * evolution.append(frame, tracker.track(pattern));
 * const { timestamps, values, errors } = evolution.series(id, "center");
 */
export class PeakEvolution {
  readonly #length: number;
  readonly #kept = new Map<number, Kept>();
  #came = 0;

  /** @throws OptionError */
  constructor(options: PeakEvolutionOptions = {}) {
    checkOptionNames(options, ["length"]);
    const { length = 1000 } = options;
    if (!(length >= 1) || (length !== Infinity && !Number.isInteger(length))) {
      throw new OptionError("length", length, `is to be a whole number from 1, not ${length}`);
    }
    this.#length = length;
  }

  /** Ids of the peaks that have values here. */
  get ids(): readonly number[] {
    return Array.from(this.#kept.keys());
  }

  /**
   * Takes the peaks of the next pattern. Where their directions are not those of before, a peak begins
   * anew.
   *
   * @param frame its number, and when it was made; a `StreamFrame` is one.
   */
  append(
    frame: { readonly number: number; readonly timestamp: number },
    tracked: TrackedPeaks,
  ): void {
    this.#came++;
    const { peaks } = tracked;
    const directions = tracked.directions?.length ?? 1;
    peaks.forEach(({ id }, place) => {
      let kept = this.#kept.get(id);
      if (kept?.ring.directions !== directions) {
        kept = { ring: new SeriesRing(this.#length, directions), last: 0 };
        this.#kept.set(id, kept);
      }
      kept.ring.append(frame, tracked, place, peaks.length);
      kept.last = this.#came;
    });
    for (const [id, { last }] of this.#kept) {
      if (this.#came - last >= this.#length) this.#kept.delete(id);
    }
  }

  /**
   * What became of a value of a peak: copies, the oldest pattern first.
   *
   * @param direction number of the direction, from 0. Default 0.
   * @throws OptionError for a peak, value or direction that is not there
   */
  series(id: number, column: PeakColumn, direction = 0): PeakSeries {
    const kept = this.#kept.get(id);
    if (kept === undefined) {
      const known = this.ids.join(", ") || "none";
      throw new OptionError("id", id, `no peak has the id ${id}; there are ${known}`);
    }
    if (!PEAK_COLUMNS.includes(column)) {
      throw new OptionError("column", column, `choose from ${PEAK_COLUMNS.join(", ")}`);
    }
    const { directions } = kept.ring;
    if (!(Number.isInteger(direction) && direction >= 0 && direction < directions)) {
      const message = `is to be a whole number from 0 to ${directions - 1}, not ${direction}`;
      throw new OptionError("direction", direction, message);
    }
    return kept.ring.series(column, direction);
  }

  /** Forgets all, such as where another measurement begins. */
  clear(): void {
    this.#kept.clear();
    this.#came = 0;
  }
}
