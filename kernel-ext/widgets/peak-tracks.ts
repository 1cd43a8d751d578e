import {
  type SectorRange,
  TRACK_VALUES,
  type TrackedPeak,
} from "../../src/diffractogram-messages.js";
import { GrowingRows } from "../../src/growing-rows.js";
import type { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import type { PeakPattern } from "../../src/peaks/options.js";
import type { PeakFit } from "../../src/peaks/result.js";
import { PeakTracker } from "../../src/stream/peaks/peak-tracker.js";
import { inUnit } from "./in-unit.js";
import { peakStarts } from "./peaks-beside.js";

/** Rows that are kept: a day at one a second. */
const MOST_ROWS = 86_400;
const VALUES = TRACK_VALUES.length;

/** What a followed peak was in the diffractograms of one range. */
export type PeakHistory = Readonly<Record<(typeof TRACK_VALUES)[number], Float64Array>>;

/** What became of all followed peaks. */
export interface PeakEvolutions {
  /** Seconds since 1970, of each frame. */
  readonly timestamps: Float64Array;
  /** `[peak][range]`. */
  readonly peaks: readonly (readonly PeakHistory[])[];
}

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
  #unit = "";

  #ranges: readonly TrackedRange[] = [];

  /**
   * Follows these peaks in these ranges. What is known of those that were followed before stays.
   *
   * @returns the peaks, elsewhere where the unit is another one; those of which no angle is known are
   * left out.
   */
  arrange(
    peaks: readonly TrackedPeak[],
    ranges: readonly SectorRange[],
    unit: string,
    ai: AzimuthalIntegrator | undefined,
  ): TrackedPeak[] {
    const isOther = unit !== this.#unit;
    const placed = isOther ? inUnit(peaks, this.#unit, unit, ai) : [...peaks];
    this.#unit = unit;
    const keys = ranges.map((range) => JSON.stringify(range));
    // Of ranges that are alike, each keeps its own.
    const taken = new Set<number>();
    const rangesFrom = keys.map((key) => {
      const at = this.#ranges.findIndex((range, i) => range.key === key && !taken.has(i));
      taken.add(at);
      return isOther ? -1 : at;
    });
    const positions = placed.map(({ position }) => position);
    const peaksFrom = positions.map((position) =>
      isOther ? -1 : this.#positions.indexOf(position),
    );
    const isSame =
      this.rows.columns > 0 &&
      [
        [rangesFrom, this.#ranges],
        [peaksFrom, this.#positions],
      ].every(
        ([from, before]) => from!.length === before!.length && from!.every((at, i) => at === i),
      );
    if (isSame) return placed;
    const before = { ranges: this.#ranges.length, data: this.rows.data.slice() };
    this.#ranges = keys.map((key, i) => {
      const former = this.#ranges[rangesFrom[i]!];
      const tracker = former?.tracker ?? new PeakTracker();
      const ids = peaksFrom.map((peak) => former?.ids[peak]);
      // Neighbours are looked for anew.
      tracker.remove(tracker.peaks.map(({ id }) => id).filter((id) => !ids.includes(id)));
      return { key, tracker, ids, isBegun: false };
    });
    this.#positions = positions;
    this.#rearrange(peaksFrom, rangesFrom, before);
    return placed;
  }

  /** Fits the peaks in the diffractograms of a frame. */
  take(timestamp: number, patterns: readonly PeakPattern[]): void {
    if (this.#positions.length === 0 || patterns.length !== this.#ranges.length) return;
    const row = new Float64Array(this.rows.columns).fill(Number.NaN);
    row[0] = timestamp;
    for (const [range, pattern] of patterns.entries()) {
      const tracked = this.#ranges[range]!;
      if (!tracked.isBegun) begin(tracked, pattern, this.#positions);
      const { peaks, fits } = tracked.tracker.track(pattern);
      for (const [place, { id }] of peaks.entries()) {
        const peak = tracked.ids.indexOf(id);
        if (peak >= 0) row.set(valuesOf(fits[place]!), this.#columnOf(peak, range));
      }
    }
    this.rows.add(row);
  }

  /** All that is kept. */
  get evolution(): PeakEvolutions {
    const peaks = this.#positions.map((_, peak) =>
      this.#ranges.map((_range, range) => {
        const first = this.#columnOf(peak, range);
        const entries = TRACK_VALUES.map((name, i) => [name, this.#column(first + i)]);
        return Object.fromEntries(entries) as PeakHistory;
      }),
    );
    return { timestamps: this.#column(0), peaks };
  }

  #column(at: number): Float64Array {
    const { data, columns, length } = this.rows;
    return Float64Array.from({ length }, (_, row) => data[row * columns + at]!);
  }

  #columnOf(peak: number, range: number): number {
    return 1 + VALUES * (peak * this.#ranges.length + range);
  }

  /** Puts columns to their new places; −1: of a peak or a range that is new. */
  #rearrange(
    peaksFrom: readonly number[],
    rangesFrom: readonly number[],
    before: { readonly ranges: number; readonly data: Float64Array },
  ): void {
    const { rows } = this;
    const [columns, length] = [rows.columns, rows.length];
    rows.begin(1 + VALUES * peaksFrom.length * rangesFrom.length);
    // Without a peak or a range that stays, the times alone would tell nothing.
    if (!peaksFrom.some((at) => at >= 0) || !rangesFrom.some((at) => at >= 0)) return;
    for (let i = 0; i < length; i++) {
      const former = before.data.subarray(i * columns, (i + 1) * columns);
      const row = new Float64Array(rows.columns).fill(Number.NaN);
      row[0] = former[0]!;
      for (const [peak, fromPeak] of peaksFrom.entries()) {
        for (const [range, fromRange] of rangesFrom.entries()) {
          if (fromPeak < 0 || fromRange < 0) continue;
          const start = 1 + VALUES * (fromPeak * before.ranges + fromRange);
          row.set(former.subarray(start, start + VALUES), this.#columnOf(peak, range));
        }
      }
      rows.add(row);
    }
  }
}

interface TrackedRange {
  readonly key: string;
  readonly tracker: PeakTracker;
  /** Of the peaks; undefined before the first pattern that they are looked for in. */
  readonly ids: (number | undefined)[];
  isBegun: boolean;
}

/** Looks for the peaks that are new, and for those beside any. */
function begin(range: TrackedRange, pattern: PeakPattern, positions: readonly number[]): void {
  const { tracker, ids } = range;
  const centers = new Map(tracker.peaks.map(({ id, center }) => [id, center]));
  const { own, beside } = peakStarts(
    pattern,
    positions.map((position, i) => centers.get(ids[i] ?? -1) ?? position),
  );
  for (const [peak, start] of own.entries()) ids[peak] ??= tracker.append([start])[0]!;
  tracker.append(beside);
  range.isBegun = true;
}

function valuesOf(fit: PeakFit): number[] {
  if (!fit.converged) return new Array(VALUES).fill(Number.NaN);
  const { center, fwhm, area, sigma } = fit;
  return [center, sigma.center, fwhm, sigma.fwhm, area, sigma.area];
}
