import { describe, expect, it } from "vitest";
import { OptionError } from "../../../src/errors.js";
import { PeakEvolution } from "../../../src/stream/peaks/peak-evolution.js";
import {
  PEAK_COLUMNS,
  type PeakColumn,
  type TrackedPeaks,
} from "../../../src/stream/peaks/tracked-peaks.js";

const COLUMNS = PEAK_COLUMNS.length;

/** Rows in which every value tells where it is from. */
const cellOf = (frame: number, direction: number, id: number, column: number): number =>
  frame + direction / 10 + id / 100 + column / 1000;

function trackedOf(frame: number, ids: readonly number[], directions: number): TrackedPeaks {
  const rows = directions * ids.length;
  const cells = Array.from({ length: rows * COLUMNS }, (_, cell) => {
    const row = Math.floor(cell / COLUMNS);
    const direction = Math.floor(row / ids.length);
    return cellOf(frame, direction, ids[row % ids.length]!, cell % COLUMNS);
  });
  return {
    peaks: ids.map((id) => ({ id, center: 0, range: [0, 1] })),
    directions: directions === 1 ? undefined : new Float64Array(directions),
    fits: [],
    values: Float64Array.from(cells),
    errors: Float64Array.from(cells, (value) => -value),
    status: Uint8Array.from({ length: rows }, (_, row) => (frame + row) % 3),
  };
}

const append = (to: PeakEvolution, frame: number, ids: readonly number[], directions = 1): void =>
  to.append({ number: frame, timestamp: 1e9 + frame }, trackedOf(frame, ids, directions));

describe("the evolution of a peak", () => {
  it.each([5, 70, 1000, Infinity])("is that of its last patterns: %d of 300", (length) => {
    const evolution = new PeakEvolution({ length });
    for (let frame = 0; frame < 300; frame++) append(evolution, frame, [3, 8], 4);
    expect(evolution.ids).toEqual([3, 8]);
    for (const column of ["area", "center", "chi2"] satisfies PeakColumn[]) {
      const series = evolution.series(8, column, 2);
      const first = Math.max(0, 300 - length);
      expect(series.numbers).toHaveLength(300 - first);
      series.numbers.forEach((number, i) => {
        expect(number).toBe(first + i);
        const value = cellOf(number, 2, 8, PEAK_COLUMNS.indexOf(column));
        expect(series.timestamps[i]).toBe(1e9 + number);
        expect(series.values[i]).toBe(value);
        expect(series.errors[i]).toBe(-value);
        expect(series.status[i]).toBe((number + 5) % 3);
      });
    }
  });

  it("begins where the peak was put in, and ends where it was taken away", () => {
    const evolution = new PeakEvolution({ length: 10 });
    for (let frame = 0; frame < 6; frame++) {
      append(evolution, frame, frame < 2 ? [0] : frame < 4 ? [0, 1] : [1]);
    }
    expect(Array.from(evolution.series(0, "center").numbers)).toEqual([0, 1, 2, 3]);
    expect(Array.from(evolution.series(1, "center").numbers)).toEqual([2, 3, 4, 5]);
    for (let frame = 6; frame < 14; frame++) append(evolution, frame, [1]);
    expect(evolution.ids).toEqual([1]);
    evolution.clear();
    expect(evolution.ids).toEqual([]);
  });

  it("begins anew where the directions are others", () => {
    const evolution = new PeakEvolution();
    append(evolution, 0, [0], 4);
    append(evolution, 1, [0], 6);
    expect(Array.from(evolution.series(0, "center", 5).numbers)).toEqual([1]);
  });

  it("says what there is not", () => {
    const evolution = new PeakEvolution();
    append(evolution, 0, [4], 2);
    expect(() => evolution.series(1, "center")).toThrow(/no peak has the id 1; there are 4/);
    expect(() => evolution.series(4, "centre" as PeakColumn)).toThrow(/choose from area, center/);
    expect(() => evolution.series(4, "center", 2)).toThrow(/0 to 1, not 2/);
    expect(() => new PeakEvolution({ length: 0 })).toThrow(OptionError);
    expect(() => new PeakEvolution({ size: 3 } as object)).toThrow(/no such option/);
  });
});
