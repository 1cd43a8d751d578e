import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { OptionError } from "../../src/errors.js";
import { type FindPeaksOptions, findPeaks } from "../../src/peaks/find-peaks.js";
import { bins, type PeakTruth, simulated } from "./simulated.js";

const radial = bins(2, 8, 2000);
const peaks: PeakTruth[] = [
  [6, 2.9, 0.03, 0.2],
  [40, 3.4, 0.03, 0.3],
  [30, 3.46, 0.03, 0.3],
  [2, 5, 0.04, 0.5],
  [12, 6.5, 0.05, 0.5],
];
const options = { background: 200, slope: -25 };
const pattern = simulated(radial, peaks, { ...options, seed: 1 });
const { intensity } = pattern;

describe.each([
  ["with standard errors", pattern],
  ["without", { radial, intensity }],
])("peaks of a pattern %s", (_, given) => {
  it("are all found, and no noise", () => {
    const found = findPeaks(given, { prominence: 0 });
    expect(found.length).toBe(peaks.length);
    found.forEach(({ center, fwhm, height, range }, i) => {
      const [area, place, width] = peaks[i]!;
      expect(Math.abs(center - place)).toBeLessThan(0.2 * width);
      expect(fwhm / width).toBeGreaterThan(0.6);
      expect(fwhm / width).toBeLessThan(1.6);
      expect(height / (area / width)).toBeGreaterThan(0.5);
      expect(range[0]).toBeCloseTo(center - 3 * fwhm, 9);
    });
  });

  it("nothing is found in noise", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const noise = simulated(radial, [], { ...options, seed });
      const only = given.intensity === pattern.intensity && "sigma" in given ? noise : { ...noise };
      expect(findPeaks("sigma" in given ? only : { radial, intensity: noise.intensity })).toEqual(
        [],
      );
    }
  });
});

test("chosen by range, prominence and number, in the order of positions", () => {
  const places = (chosen: FindPeaksOptions): number[] =>
    findPeaks(pattern, chosen).map(({ center }) => Math.round(center * 10) / 10);
  expect(places({ range: [3, 4] })).toEqual([3.4, 3.5]);
  expect(places({ limit: 3 })).toEqual([3.4, 3.5, 6.5]);
  expect(places({ prominence: 0.5 })).toEqual([3.4, 3.5]);
  expect(places({ snr: 1e3 })).toEqual([]);
  expect(findPeaks(pattern, { reach: 5 })[0]!.range[0]).toBeLessThan(2.8);
});

test("what is cut off by a gap or an end is left out", () => {
  const gap = intensity.map((value, i) => (radial[i]! > 2.9 && radial[i]! < 3 ? NaN : value));
  expect(
    findPeaks({ radial, intensity: gap }).map(({ center }) => center.toFixed(1)),
  ).not.toContain("2.9");
  const end = radial.findIndex((x) => x > 6.5);
  const cut = { radial: radial.slice(0, end), intensity: intensity.slice(0, end) };
  expect(Math.max(...findPeaks(cut).map(({ center }) => center))).toBeLessThan(6);
});

test("a plateau is one peak", () => {
  const flat = bins(0, 99, 100);
  const values = flat.map((x) => Math.max(0, Math.min(60, 100 - 10 * Math.abs(x - 40.5))));
  const found = findPeaks({ radial: flat, intensity: values }, { iterations: 30 });
  expect(found.map(({ center }) => Math.round(center))).toEqual([40]);
});

test("hostile patterns", () => {
  for (const values of [[], [1], [1, 2], [0, 0, 0, 0], [NaN, NaN, NaN], [5, NaN, 5, Infinity, 5]]) {
    expect(findPeaks({ radial: values.map((_, i) => i), intensity: values })).toEqual([]);
  }
  const value = fc.oneof(fc.double(), fc.integer({ min: -50, max: 50 }));
  fc.assert(
    fc.property(fc.array(value, { maxLength: 80 }), (intensity) => {
      for (const peak of findPeaks({ radial: intensity.map((_, i) => i), intensity })) {
        expect(peak.fwhm).toBeGreaterThan(0);
        expect(peak.range[0]).toBeLessThan(peak.center);
      }
    }),
    { seed: 1, numRuns: 200 },
  );
});

it.each<[string, FindPeaksOptions]>([
  ["range", { range: [4, 3] }],
  ["snr", { snr: -1 }],
  ["prominence", { prominence: NaN }],
  ["iterations", { iterations: 1.5 }],
  ["limits", { limits: 3 } as FindPeaksOptions],
])("refuses %s", (option, wrong) => {
  const refused = (): unknown => findPeaks(pattern, wrong);
  expect(refused).toThrow(OptionError);
  expect(refused).toThrow(expect.objectContaining({ option }));
});
