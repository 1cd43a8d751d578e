import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import type { Cakes } from "../../../src/cake/cakes.js";
import { ShapeError } from "../../../src/errors.js";
import { fitPeaks } from "../../../src/peaks/fit-peaks.js";
import type { FitPeaksOptions } from "../../../src/peaks/options.js";
import type { PeakValues } from "../../../src/peaks/result.js";
import type { CakedPattern } from "../../../src/stream/peaks/directions.js";
import type { TrackPeaksOptions } from "../../../src/stream/peaks/options.js";
import { PeakTracker } from "../../../src/stream/peaks/peak-tracker.js";
import { PEAK_COLUMNS, PEAK_STATUS } from "../../../src/stream/peaks/tracked-peaks.js";
import { bins } from "../../peaks/simulated.js";
import { FWHM, frame, peakAt, radial } from "./frames.js";

const CENTER = PEAK_COLUMNS.indexOf("center");

interface Case extends Required<Pick<FitPeaksOptions, "profile" | "weights" | "background">> {
  name: string;
  ranges: [number, number][];
  radial: number[];
  intensity: (number | null)[];
  sigma: number[] | null;
  peaks: (PeakValues & { sigma: PeakValues })[];
}

const path = join(import.meta.dirname, "../../fixtures/peaks/peaks.json");
const { cases } = JSON.parse(readFileSync(path, "utf8")) as { cases: Case[] };

describe("against scipy's curve_fit", () => {
  const ours = cases.filter(({ profile }) => profile === "tch");
  it.each(ours)("$name, again and again", ({ ranges, peaks, sigma, intensity, ...given }) => {
    const values = Float64Array.from(intensity, (value) => value ?? Number.NaN);
    const pattern = { radial: given.radial, intensity: values, ...(sigma !== null && { sigma }) };
    const { weights, background } = given;
    const tracker = new PeakTracker(ranges, { weights, background });
    for (let round = 0; round < 3; round++) {
      const { fits } = tracker.track(pattern);
      for (const [i, fit] of fits.entries()) {
        if (!fit.converged) throw new Error(fit.message);
        for (const name of ["center", "area", "fwhm", "eta"] as const) {
          const theirs = peaks[i]!;
          const far = (fit[name] - theirs[name]) / theirs.sigma[name];
          expect(Math.abs(far), `${name} of round ${round}`).toBeLessThan(5e-3);
          expect(fit.sigma[name] / theirs.sigma[name]).toBeCloseTo(1, 2);
        }
      }
    }
  });
});

describe("a peak that stays", () => {
  const tracker = new PeakTracker([{ center: 3.5 }]);
  const truth = { area: 60, center: 3.5, fwhm: FWHM, eta: 0.4 } as const;
  const pulls: Record<keyof typeof truth, number[]> = { area: [], center: [], fwhm: [], eta: [] };
  let chi2 = 0;
  const FRAMES = 400;
  for (let i = 1; i <= FRAMES; i++) {
    const { fits } = tracker.track(frame([peakAt(3.5)], i));
    const [fit] = fits;
    if (!fit!.converged) throw new Error(fit!.message);
    chi2 += fit!.chi2 / FRAMES;
    for (const name of ["area", "center", "fwhm", "eta"] as const) {
      pulls[name].push((fit![name] - truth[name]) / fit!.sigma[name]);
    }
  }
  it.each(["area", "center", "fwhm", "eta"] as const)("has pulls of one: %s", (name) => {
    const mean = pulls[name].reduce((sum, pull) => sum + pull, 0) / FRAMES;
    const spread = Math.sqrt(pulls[name].reduce((sum, pull) => sum + pull ** 2, 0) / FRAMES);
    expect(Math.abs(mean)).toBeLessThan(0.2);
    expect(spread).toBeGreaterThan(0.88);
    expect(spread).toBeLessThan(1.12);
  });
  it("has a χ² of one", () => expect(Math.abs(chi2 - 1)).toBeLessThan(0.03));
});

test("a fit that begins with the last one is what it is alone", () => {
  const tracker = new PeakTracker([[3.41, 3.59]]);
  for (let i = 1; i <= 20; i++) {
    const pattern = frame([peakAt(3.5)], i);
    const { fits, values, errors, peaks } = tracker.track(pattern);
    expect(peaks).toEqual([{ id: 0, center: 3.5, range: [3.41, 3.59] }]);
    const [fit] = fits;
    expect(values[CENTER]).toBe(fit!.converged && fit!.center);
    if (i > 1) continue;
    const [alone] = fitPeaks(pattern, [[3.41, 3.59]], { profile: "tch" }).peaks;
    if (!fit!.converged || !alone!.converged) throw new Error("not fitted");
    expect(fit!.center).toBeCloseTo(alone!.center, 9);
    expect(errors[CENTER]).toBeCloseTo(alone!.sigma.center, 9);
  }
});

describe("each direction of a cake", () => {
  const COUNT = 12;
  const centerOf = (direction: number): number => 3.5 + 0.02 * Math.cos((Math.PI * direction) / 6);
  const cakeOf = (
    seed: number,
    dead = -1,
  ): Required<CakedPattern> & Record<"intensity" | "sigma", Float64Array> => {
    const rows = Array.from({ length: COUNT }, (_, i) => {
      const row = frame([peakAt(centerOf(i)), peakAt(3.8, 30)], seed + i);
      if (i === dead) row.intensity.fill(Number.NaN);
      return row;
    });
    const flat = (name: "intensity" | "sigma"): Float64Array => {
      return Float64Array.from(rows.flatMap((row) => Array.from(row[name])));
    };
    return {
      radial,
      azimuthal: Float64Array.from({ length: COUNT }, (_, i) => 30 * i),
      intensity: flat("intensity"),
      sigma: flat("sigma"),
    };
  };

  it("has its own rows, by direction and peak", () => {
    const tracker = new PeakTracker([{ center: 3.8 }, { center: 3.5 }]);
    const { fits, values, errors, status, directions } = tracker.track(cakeOf(1));
    expect(fits).toHaveLength(2 * COUNT);
    expect(directions).toHaveLength(COUNT);
    expect(status.every((code) => code === 0)).toBe(true);
    for (let direction = 0; direction < COUNT; direction++) {
      const at = (direction * 2 + 1) * PEAK_COLUMNS.length + CENTER;
      expect(Math.abs(values[at]! - centerOf(direction))).toBeLessThan(5 * errors[at]!);
      const fit = fits[direction * 2 + 1]!;
      if (!fit.converged) throw new Error(fit.message);
      const { area, center, widths, fwhm, eta, chi2 } = fit;
      const row = [area, center, widths!.gauss, widths!.lorentz, fwhm, eta, chi2];
      const from = at - CENTER;
      expect(Array.from(values.subarray(from, from + row.length))).toEqual(row);
    }
  });

  it("that has no value says so, and the others go on", () => {
    const tracker = new PeakTracker([{ center: 3.5 }]);
    for (const [i, dead] of [-1, 3, 3, -1].entries()) {
      const { status, values } = tracker.track(cakeOf(100 * i, dead));
      const expected = new Array(COUNT).fill("fitted");
      if (dead >= 0) expected[dead] = "no-points";
      expect(Array.from(status, (code) => PEAK_STATUS[code])).toEqual(expected);
      expect(values.some(Number.isNaN)).toBe(dead >= 0);
    }
  });

  it("is a cake's, row by row or as one array", () => {
    const whole = cakeOf(5);
    const rowsOf = (array: Float64Array): Float64Array[] => {
      const bins = radial.length;
      return Array.from({ length: COUNT }, (_, i) => array.slice(i * bins, (i + 1) * bins));
    };
    const { intensity, sigma, azimuthal } = whole;
    const cakes = { radial, intensity: rowsOf(intensity), sigma: rowsOf(sigma!) };
    const one = new PeakTracker([[3.4, 3.6]]).track(whole);
    const other = new PeakTracker([[3.4, 3.6]]).track({
      ...cakes,
      centers: Array.from(azimuthal),
    } as unknown as Cakes);
    expect(other.values).toEqual(one.values);
    expect(other.errors).toEqual(one.errors);
  });
});

test("curves are the fits of the windows", () => {
  const tracker = new PeakTracker([{ center: 3.5 }, { center: 3.8 }], { curves: true });
  const { curves } = tracker.track(frame([peakAt(3.5), peakAt(3.8)], 1));
  expect(curves!.map(({ peaks }) => peaks)).toEqual([[0], [1]]);
  const [curve] = curves!;
  const at = curve!.radial.findIndex((x) => x >= 3.5);
  expect(curve!.model![at]! - curve!.background![at]!).toBeGreaterThan(1000);
  expect(tracker.track(frame([], 2)).curves![0]!.model).toBeUndefined();
});

test("windows that overlap are fitted together", () => {
  const truth = [peakAt(3.5), peakAt(3.5 + 1.5 * FWHM, 40)];
  const tracker = new PeakTracker(truth.map(([, center]) => ({ center, fwhm: FWHM })));
  for (let i = 1; i <= 20; i++) {
    const { fits } = tracker.track(frame(truth, i));
    fits.forEach((fit, k) => {
      if (!fit.converged) throw new Error(fit.message);
      expect(Math.abs(fit.center - truth[k]![1])).toBeLessThan(5 * fit.sigma.center);
    });
    expect(fits[0]!.converged && fits[0]!.chi2).toBe(fits[1]!.converged && fits[1]!.chi2);
  }
});

test.each([
  [{ padding: 0 }, /padding/],
  [{ follow: -1 }, /follow/],
  [{ drift: Number.NaN }, /drift/],
  [{ profile: "tch" }, /profile/],
  [{ snr: -1 }, /snr/],
  [{ search: { limits: 3 } }, /limit/],
])("an option that cannot be is refused: %o", (options, message) => {
  expect(() => new PeakTracker([{ center: 3.5 }], options as TrackPeaksOptions)).toThrow(message);
});

test("a pattern whose arrays differ is refused", () => {
  const tracker = new PeakTracker([{ center: 3.5 }]);
  const short = { radial, intensity: new Float64Array(3) };
  expect(() => tracker.track(short)).toThrow(ShapeError);
});

test("every row is fitted or says why, whatever comes", () => {
  const value = fc.oneof(fc.double(), fc.constantFrom(0, Number.NaN, Infinity, -1e300, 5e-324));
  const intensities = fc.array(value, { minLength: 40, maxLength: 40 });
  const narrow = bins(3.45, 3.55, 40);
  fc.assert(
    fc.property(fc.array(intensities, { minLength: 1, maxLength: 4 }), (rows) => {
      const tracker = new PeakTracker([{ center: 3.5, fwhm: 0.02 }, [3.46, 3.48]], {
        search: true,
      });
      for (const row of rows) {
        const { fits, status, values } = tracker.track({ radial: narrow, intensity: row });
        fits.forEach((fit, i) => {
          expect(status[i] === 0).toBe(fit.converged);
          const from = i * PEAK_COLUMNS.length;
          const cells = Array.from(values.subarray(from, from + PEAK_COLUMNS.length));
          expect(cells.every(fit.converged ? Number.isFinite : Number.isNaN)).toBe(true);
        });
      }
    }),
    { seed: 11, numRuns: 200 },
  );
});

test("errors are those of each pattern, with its sigma or without", () => {
  const { radial: x, intensity, sigma } = frame([peakAt(3.5)], 1);
  const errorOf = (tracker: PeakTracker, withSigma: boolean): number => {
    const pattern = withSigma
      ? { radial: x, intensity, sigma: sigma.map((s) => 10 * s) }
      : { radial: x, intensity };
    return tracker.track(pattern).errors[CENTER]!;
  };
  const tracker = new PeakTracker([[3.41, 3.59]]);
  const [large, scatter, again] = [true, false, true].map((is) => errorOf(tracker, is));
  expect(large! / scatter!).toBeGreaterThan(5);
  expect(again! / large!).toBeCloseTo(1, 3);
});
