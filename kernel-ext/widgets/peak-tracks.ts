import { TRACK_VALUES, type TrackedPeak } from "../../src/diffractogram-messages.js";
import { GrowingRows } from "../../src/growing-rows.js";
import type { PeakPattern } from "../../src/peaks/options.js";
import type { PeakFit } from "../../src/peaks/result.js";
import { PeakTracker } from "../../src/stream/peaks/peak-tracker.js";

/** Rows that are kept: a day at one a second. */
const MOST_ROWS = 86_400;
const VALUES = TRACK_VALUES.length;

/** What a followed peak was in the diffractograms of one range. */
export type PeakHistory = Readonly<Record<(typeof TRACK_VALUES)[number], Float64Array>>;

/**
 * The peaks that are fitted in each frame, in every range on its own, and what became of them: a row for
 * each frame, its time and then the values of each peak in each range.
 */
export class PeakTracks {
  readonly rows: GrowingRows<Float64Array> = new GrowingRows(
    (length: number) => new Float64Array(length),
    MOST_ROWS,
  );
  #positions: readonly number[] = [];
  #trackers: readonly PeakTracker[] = [];
  #ids: readonly (readonly number[])[] = [];

  /** Begins anew with these peaks, where ranges or unit are others. */
  begin(peaks: readonly TrackedPeak[], ranges: number): void {
    this.#positions = [];
    this.#trackers = Array.from({ length: ranges }, () => new PeakTracker());
    this.#ids = this.#trackers.map(() => []);
    this.rows.begin(1);
    this.follow(peaks);
  }

  /** Follows these peaks; what is known of those that were followed before stays. */
  follow(peaks: readonly TrackedPeak[]): void {
    const positions = peaks.map(({ position }) => position);
    const before = this.#positions;
    if (positions.join() === before.join() && this.rows.columns > 0) return;
    this.#ids = this.#trackers.map((tracker, range) => {
      const known = this.#ids[range]!;
      tracker.remove(known.filter((_, i) => !positions.includes(before[i]!)));
      return positions.map((center) => {
        const at = before.indexOf(center);
        return at >= 0 ? known[at]! : tracker.append([{ center }])[0]!;
      });
    });
    this.#positions = positions;
    this.#rearrange(positions.map((position) => before.indexOf(position)));
  }

  /** Fits the peaks in the diffractograms of a frame. */
  take(timestamp: number, patterns: readonly PeakPattern[]): void {
    if (this.#positions.length === 0 || patterns.length !== this.#trackers.length) return;
    const row = new Float64Array(this.rows.columns).fill(Number.NaN);
    row[0] = timestamp;
    for (const [range, pattern] of patterns.entries()) {
      const { peaks, fits } = this.#trackers[range]!.track(pattern);
      for (const [place, { id }] of peaks.entries()) {
        const peak = this.#ids[range]!.indexOf(id);
        row.set(valuesOf(fits[place]!), this.#columnOf(peak, range));
      }
    }
    this.rows.add(row);
  }

  /** Seconds since 1970 of the rows. */
  get timestamps(): Float64Array {
    return this.#column(0);
  }

  /** What became of a peak in a range. */
  history(peak: number, range: number): PeakHistory {
    const first = this.#columnOf(peak, range);
    const entries = TRACK_VALUES.map((name, i) => [name, this.#column(first + i)]);
    return Object.fromEntries(entries) as PeakHistory;
  }

  #column(at: number): Float64Array {
    const { data, columns, length } = this.rows;
    return Float64Array.from({ length }, (_, row) => data[row * columns + at]!);
  }

  #columnOf(peak: number, range: number): number {
    return 1 + VALUES * (peak * this.#trackers.length + range);
  }

  /** Puts the columns of peaks to their new places; −1: of one that is new. */
  #rearrange(from: readonly number[]): void {
    const { rows } = this;
    const [former, columns, length] = [rows.data.slice(), rows.columns, rows.length];
    const width = VALUES * this.#trackers.length;
    rows.begin(1 + width * from.length);
    if (from.length === 0) return;
    for (let i = 0; i < length; i++) {
      const row = new Float64Array(rows.columns).fill(Number.NaN);
      row[0] = former[i * columns]!;
      for (const [to, at] of from.entries()) {
        if (at < 0) continue;
        const start = i * columns + 1 + width * at;
        row.set(former.subarray(start, start + width), 1 + width * to);
      }
      rows.add(row);
    }
  }
}

function valuesOf(fit: PeakFit): number[] {
  if (!fit.converged) return new Array(VALUES).fill(Number.NaN);
  const { center, fwhm, area, sigma } = fit;
  return [center, sigma.center, fwhm, sigma.fwhm, area, sigma.area];
}
