import { describe, expect, it } from "vitest";
import { GrowingRows } from "../../../src/growing-rows.js";
import {
  ellipseThrough,
  newestPosition,
  secondsOf,
  seriesOf,
  strainsOf,
  thinned,
} from "../../../widgets/diffractogram/evolution.js";

const SCALE = { unit: "2th_deg", d0: null, wavelength: 2e-11, dist: 0.2 };

/** Two peaks in three ranges: values that say where they stand. */
function track() {
  const rows = new GrowingRows((length: number) => new Float64Array(length));
  rows.begin(1 + 2 * 3 * 6);
  for (let row = 0; row < 4; row++) {
    rows.add(
      Float64Array.from({ length: 37 }, (_, i) => (i === 0 ? 500 + 2 * row : 100 * i + row)),
    );
  }
  return rows;
}

describe("an evolution", () => {
  it("has the values of each peak and range with their errors", () => {
    const place = { peak: 1, range: 2, ranges: 3 };
    const first = 1 + 6 * 5;
    expect([...secondsOf(track())]).toEqual([0, 2, 4, 6]);
    const { values, sigma } = seriesOf(track(), place, "fwhm", SCALE);
    expect([...values]).toEqual([0, 1, 2, 3].map((row) => 100 * (first + 2) + row));
    expect([...sigma]).toEqual([0, 1, 2, 3].map((row) => 100 * (first + 3) + row));
  });

  it("is thinned out for a plot, its newest row never left out", () => {
    expect(thinned(10, 10)).toEqual({ first: 0, step: 1 });
    expect(thinned(0, 10)).toEqual({ first: 0, step: 1 });
    for (let length = 1; length < 60; length++) {
      const { first, step } = thinned(length, 7);
      const rows = Array.from({ length }, (_, row) => row).slice(first);
      const kept = rows.filter((_, i) => i % step === 0);
      expect(kept.at(-1)).toBe(length - 1);
      expect(kept.length).toBeLessThanOrEqual(7);
    }
    const rows = thinned(4, 2);
    expect([...secondsOf(track(), rows)]).toEqual([2, 6]);
    const place = { peak: 0, range: 0, ranges: 3 };
    expect([...seriesOf(track(), place, "position", SCALE, rows).values]).toEqual([101, 103]);
  });

  it("knows where a peak is now", () => {
    const rows = track();
    // The first column of each range of the second peak, in the last row.
    const at = [0, 1, 2].map((range) => 100 * (1 + 6 * (3 + range)) + 3);
    const mean = at.reduce((sum, value) => sum + value, 0) / 3;
    expect(newestPosition(rows, 1, 3, 2)).toBe(mean);
    expect(newestPosition(rows, 0, 3, 1)).toBeUndefined();
    rows.add(new Float64Array(37).fill(Number.NaN));
    expect(newestPosition(rows, 1, 3, 2)).toBeUndefined();
  });

  it("tells strains against a spacing, and none without one", () => {
    const values = Float64Array.of(5, 4.995, NaN);
    const sigma = Float64Array.of(1e-4, 1e-4, NaN);
    const d0 = 0.2 / (2 * Math.sin((2.5 * Math.PI) / 180));
    const { values: strains, sigma: errors } = strainsOf({ values, sigma }, { ...SCALE, d0 });
    expect(strains[0]).toBeCloseTo(0, 9);
    expect(strains[1]).toBeCloseTo(
      Math.sin(2.5 * (Math.PI / 180)) / Math.sin(2.4975 * (Math.PI / 180)) - 1,
      9,
    );
    expect(strains[2]).toBeNaN();
    expect(errors[0]).toBeCloseTo(
      ((1e-4 / 2) * (Math.PI / 180)) / Math.tan(2.5 * (Math.PI / 180)),
      9,
    );
    for (const scale of [SCALE, { ...SCALE, d0: 3, unit: "r_pixel" }, { ...SCALE, d0: -1 }]) {
      expect([...strainsOf({ values, sigma }, scale).values]).toEqual([NaN, NaN, NaN]);
    }
  });

  it("has an ellipse through three directions or more", () => {
    const strain = (direction: number) => 1e-3 * Math.cos((direction * Math.PI) / 180) ** 2;
    const directions = [0, 45, undefined, 90, 120];
    const strains = directions.map((direction) => strain(direction ?? 0));
    const sigmas = directions.map(() => 1e-5);
    const ellipse = ellipseThrough(directions, strains, sigmas)!;
    expect(ellipse.largest).toBeCloseTo(1e-3, 9);
    expect(ellipse.direction).toBeCloseTo(0, 6);
    expect(ellipse.points).toBe(4);
    expect(ellipseThrough([0, 45, 180], [1, 2, 3], [1, 1, 1])).toBeUndefined();
    expect(ellipseThrough([0, 45, 90], [1, NaN, 3], [1, 1, 1])).toBeUndefined();
  });
});
