import { describe, expect, it, test } from "vitest";
import { OptionError, ShapeError } from "../../src/errors.js";
import { fitPeaks } from "../../src/peaks/fit-peaks.js";
import { type PatternGrid, peakMaps } from "../../src/peaks/peak-maps.js";
import { bins, type PeakTruth, simulated } from "./simulated.js";

const SHAPE = [6, 7] as const;
const BINS = 61;
const radial = bins(3.4, 3.6, BINS);
const EMPTY = 10;

const truthAt = (point: number): PeakTruth => [
  8 + 4 * Math.cos(point),
  3.5 + 0.01 * Math.sin(point / 9),
  0.03,
  0.4,
];

function gridOf(
  truths: (point: number) => readonly PeakTruth[],
): Required<Pick<PatternGrid, "shape" | "radial" | "intensity" | "sigma">> {
  const intensity = new Float32Array(SHAPE[0] * SHAPE[1] * BINS);
  const sigma = new Float32Array(intensity.length);
  for (let point = 0; point < SHAPE[0] * SHAPE[1]; point++) {
    const pattern = simulated(radial, truths(point), { seed: point + 1 });
    intensity.set(pattern.intensity, point * BINS);
    sigma.set(pattern.sigma, point * BINS);
  }
  intensity.fill(Number.NaN, EMPTY * BINS, (EMPTY + 1) * BINS);
  return { shape: [...SHAPE], radial, intensity, sigma };
}

const grid = gridOf((point) => [truthAt(point)]);

describe.each(["pseudo-voigt", "tch"] as const)("maps by %s", (profile) => {
  it("are what each pattern gives alone", async () => {
    const [map] = await peakMaps(grid, [[3.4, 3.6]], { profile });
    expect(map!.fitted).toBe(SHAPE[0] * SHAPE[1] - 1);
    expect(map!.center.shape).toEqual(SHAPE);
    for (let point = 0; point < SHAPE[0] * SHAPE[1]; point++) {
      if (point === EMPTY) continue;
      const [from, to] = [point * BINS, (point + 1) * BINS];
      const pattern = {
        radial,
        intensity: Float64Array.from(grid.intensity).slice(from, to),
        sigma: Float64Array.from(grid.sigma).slice(from, to),
      };
      const [alone] = fitPeaks(pattern, [[3.4, 3.6]], { profile }).peaks;
      if (!alone!.converged) throw new Error(alone!.message);
      for (const name of ["center", "area", "height", "fwhm", "eta", "background"] as const) {
        const far = (map![name].data[point]! - alone![name]) / alone!.sigma[name];
        expect(Math.abs(far), `${name} of ${point}`).toBeLessThan(0.01);
        expect(map!.sigma[name].data[point]! / alone!.sigma[name]).toBeCloseTo(1, 1);
      }
      expect(map!.chi2.data[point]! / alone!.chi2).toBeCloseTo(1, 4);
    }
  });
});

test("a point without a frame stays NaN, and says so", async () => {
  const [map] = await peakMaps(grid, [[3.4, 3.6]]);
  expect(map!.reasons[EMPTY]).toBe("no-points");
  expect(map!.reasons.filter((reason) => reason !== undefined).length).toBe(1);
  for (const quantity of [map!.center, map!.sigma.area, map!.chi2]) {
    expect(quantity.data[EMPTY]).toBeNaN();
  }
});

test("points where the peak is not there, and peaks that come again behind them", async () => {
  const partly = gridOf((point) => (point % 7 < 3 ? [] : [truthAt(point)]));
  const [map] = await peakMaps(partly, [[3.4, 3.6]]);
  for (const [point, reason] of map!.reasons.entries()) {
    if (point === EMPTY) continue;
    if (point % 7 >= 3) expect(reason, `${point}`).toBeUndefined();
    else expect(map!.center.data[point], `${point}`).toBeNaN();
  }
});

test("a peak that jumps is not lost", async () => {
  const jumping = gridOf((point) => [[10, point % 2 === 0 ? 3.44 : 3.56, 0.02, 0.3]]);
  const [map] = await peakMaps(jumping, [[3.4, 3.6]]);
  expect(map!.fitted).toBe(SHAPE[0] * SHAPE[1] - 1);
  for (let point = 0; point < SHAPE[0] * SHAPE[1]; point++) {
    if (point === EMPTY) continue;
    expect(map!.center.data[point]).toBeCloseTo(point % 2 === 0 ? 3.44 : 3.56, 2);
  }
});

test("several peaks, in the order asked for; overlapping ones together", async () => {
  const doublet = gridOf(() => [
    [10, 3.48, 0.03, 0.3],
    [6, 3.53, 0.03, 0.3],
  ]);
  const [second, first] = await peakMaps(doublet, [
    { center: 3.53, fwhm: 0.03, range: [3.5, 3.6] },
    { center: 3.48, fwhm: 0.03, range: [3.4, 3.51] },
  ]);
  for (let point = 0; point < SHAPE[0] * SHAPE[1]; point++) {
    if (point === EMPTY) continue;
    expect(first!.center.data[point]).toBeCloseTo(3.48, 2);
    expect(second!.center.data[point]).toBeCloseTo(3.53, 2);
  }
});

test("cakes give one more dimension", async () => {
  const { intensity, sigma } = grid;
  const [map] = await peakMaps(
    { shape: [6], azimuthal: bins(0, 300, 7), radial, intensity, sigma },
    [[3.4, 3.6]],
  );
  expect(map!.center.shape).toEqual([6, 7]);
  expect(map!.fitted).toBe(41);
});

test("tells how far it is, and stops when it is asked to", async () => {
  const told: number[] = [];
  await peakMaps(grid, [[3.4, 3.6]], { onProgress: ({ done }) => told.push(done) });
  expect(told.at(-1)).toBe(42);
  const controller = new AbortController();
  controller.abort(new Error("enough"));
  const { signal } = controller;
  await expect(peakMaps(grid, [[3.4, 3.6]], { signal })).rejects.toThrow("enough");

  const { intensity } = grid;
  const many = { ...grid, shape: [600, 7] };
  const long = new Float32Array(600 * 7 * BINS);
  for (let i = 0; i < long.length; i++) long[i] = intensity[i % (9 * BINS)]!;
  const later = new AbortController();
  const stopped = peakMaps({ ...many, intensity: long, sigma: long }, [[3.4, 3.6]], {
    signal: later.signal,
    onProgress: () => later.abort(new Error("while it runs")),
  });
  await expect(stopped).rejects.toThrow("while it runs");
});

test("refuses what does not fit", async () => {
  const wrong = (given: Partial<PatternGrid>) => peakMaps({ ...grid, ...given }, [[3.4, 3.6]]);
  await expect(wrong({ shape: [6, 6] })).rejects.toThrow(ShapeError);
  await expect(wrong({ sigma: new Float32Array(3) })).rejects.toThrow(ShapeError);
  await expect(wrong({ shape: [0], intensity: [], sigma: [] })).rejects.toThrow(OptionError);
  await expect(wrong({ radial: radial.toReversed() })).rejects.toThrow(OptionError);
});
