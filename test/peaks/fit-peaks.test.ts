import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { OptionError, ShapeError } from "../../src/errors.js";
import { findPeaks } from "../../src/peaks/find-peaks.js";
import { fitPeaks } from "../../src/peaks/fit-peaks.js";
import type { FitPeaksOptions, PeakPattern, PeakPlace } from "../../src/peaks/options.js";
import type { FittedPeak, PeakValues } from "../../src/peaks/result.js";
import { randomStream } from "../../src/simulate/random.js";
import { bins, type PeakTruth, pseudoVoigt, simulated } from "./simulated.js";

interface Case extends Required<Pick<FitPeaksOptions, "profile" | "weights" | "background">> {
  name: string;
  ranges: [number, number][];
  radial: number[];
  intensity: (number | null)[];
  sigma: number[] | null;
  chi2: number;
  peaks: (PeakValues & { sigma: PeakValues })[];
}

interface Fixture {
  cases: Case[];
  xrdfit: {
    range: [number, number];
    radial: number[];
    intensity: number[];
    parameters: Record<string, [value: number, error: number]>;
  };
}

const path = join(import.meta.dirname, "../fixtures/peaks/peaks.json");
const fixture = JSON.parse(readFileSync(path, "utf8")) as Fixture;
const QUANTITIES = ["center", "area", "height", "fwhm", "eta", "background"] as const;

const radial = bins(3.4, 3.6, 61);
const TRUTH: PeakTruth = [10, 3.503, 0.03, 0.4];
const RANGE: PeakPlace = [3.4, 3.6];

function fitted(
  pattern: PeakPattern,
  places: readonly PeakPlace[] = [RANGE],
  options?: FitPeaksOptions,
): FittedPeak[] {
  return fitPeaks(pattern, places, options).peaks.map((peak) => {
    if (!peak.converged) throw new Error(peak.message);
    return peak;
  });
}

function failureOf(pattern: PeakPattern, place: PeakPlace = RANGE, options?: FitPeaksOptions) {
  const [peak] = fitPeaks(pattern, [place], options).peaks;
  return peak!.converged ? "fitted" : peak!.reason;
}

describe("against scipy's curve_fit", () => {
  it.each(fixture.cases)("$name", ({ peaks, ranges, chi2, sigma, intensity, ...given }) => {
    const pattern = { radial: given.radial, intensity: intensity.map((value) => value ?? NaN) };
    const { profile, weights, background } = given;
    const options = { profile, weights, background };
    const found = fitted(sigma === null ? pattern : { ...pattern, sigma }, ranges, options);
    // Weights of counts are those of the fit before, which ends a little earlier than scipy's.
    const [close, alike] = weights === "poisson" ? [5e-3, 2e-3] : [2e-4, 2e-5];
    for (const [i, peak] of found.entries()) {
      expect(Math.abs(peak.chi2 / chi2 - 1)).toBeLessThan(alike);
      for (const name of QUANTITIES) {
        const [expected, error] = [peaks[i]![name], peaks[i]!.sigma[name]];
        expect(Math.abs(peak[name] - expected) / error, name).toBeLessThan(close);
        expect(Math.abs(peak.sigma[name] / error - 1), `σ of ${name}`).toBeLessThan(alike);
      }
    }
  });
});

test("xrdfit's fit of the same points", () => {
  const { range, parameters, ...pattern } = fixture.xrdfit;
  const [peak] = fitted(pattern, [range], { background: 0 });
  for (const [ours, theirs] of [
    ["center", "center"],
    ["area", "amplitude"],
    ["fwhm", "fwhm"],
    ["height", "height"],
    ["eta", "fraction"],
    ["background", "background"],
  ] as const) {
    const [value, error] = parameters[theirs]!;
    expect(Math.abs(peak![ours] - value) / error, ours).toBeLessThan(1e-2);
    // lmfit's covariance is of numerical derivatives.
    expect(Math.abs(peak!.sigma[ours] / error - 1), `σ of ${ours}`).toBeLessThan(5e-3);
  }
});

describe("standard errors are those of repeated experiments", () => {
  const DRAWS = 300;
  const doublet: PeakTruth[] = [
    [12, 3.47, 0.03, 0.3],
    [8, 3.52, 0.035, 0.5],
  ];

  function pulls(truths: readonly PeakTruth[], options: FitPeaksOptions, places: PeakPlace[]) {
    const squares = truths.map(() => [0, 0, 0, 0, 0]);
    for (let seed = 1; seed <= DRAWS; seed++) {
      // The scatter tells one size of noise for all bins.
      const noise = options.weights === "unit" ? { noise: 10 } : {};
      const pattern = simulated(radial, truths, { seed, slope: 40, ...noise });
      const found = fitted(pattern, places, options);
      for (const [i, peak] of found.entries()) {
        const [area, center, fwhm, eta] = truths[i]!;
        const height = pseudoVoigt(center, truths[i]!);
        const expected = { area, center, fwhm, eta, height };
        (["area", "center", "fwhm", "eta", "height"] as const).forEach((name, q) => {
          squares[i]![q]! += ((peak[name] - expected[name]) / peak.sigma[name]) ** 2 / DRAWS;
        });
      }
    }
    return squares.map((of) => of.map(Math.sqrt));
  }

  it.each<[string, PeakTruth[], FitPeaksOptions, PeakPlace[]]>([
    ["by the pattern's", [TRUTH], {}, [RANGE]],
    ["by the scatter", [TRUTH], { weights: "unit" }, [RANGE]],
    ["of both widths", [TRUTH], { profile: "tch" }, [RANGE]],
    [
      "of a doublet",
      doublet,
      {},
      [
        [3.4, 3.5],
        [3.49, 3.6],
      ],
    ],
  ])("%s", (_, truths, options, places) => {
    for (const rms of pulls(truths, options, places).flat()) {
      expect(rms).toBeGreaterThan(0.8);
      expect(rms).toBeLessThan(1.2);
    }
  });

  it("of counts, without the bias that weights by counts have", () => {
    const random = randomStream(3, 1);
    const expected = simulated(radial, [[1.5, 3.503, 0.03, 0.4]], { background: 20 }).intensity;
    let [pull, biased] = [0, 0];
    for (let draw = 0; draw < DRAWS; draw++) {
      const intensity = expected.map((mean) => poisson(mean, random));
      const sigma = intensity.map((count) => Math.sqrt(Math.max(count, 1)));
      const [peak] = fitted({ radial, intensity }, [RANGE], { weights: "poisson" });
      const [other] = fitted({ radial, intensity, sigma });
      pull += (peak!.background - 20) / peak!.sigma.background / DRAWS;
      biased += (other!.background - 20) / other!.sigma.background / DRAWS;
    }
    expect(Math.abs(pull)).toBeLessThan(0.2);
    expect(biased).toBeLessThan(-0.6);
  });
});

/** Knuth's product of random numbers. */
function poisson(mean: number, random: () => number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}

describe("without noise", () => {
  const truth = fc.record({
    area: fc.double({ min: 1, max: 1e3, noNaN: true }),
    shift: fc.double({ min: -0.02, max: 0.02, noNaN: true }),
    fwhm: fc.double({ min: 0.015, max: 0.05, noNaN: true }),
    eta: fc.double({ min: 0.05, max: 0.95, noNaN: true }),
  });

  it.each(["pseudo-voigt", "tch"] as const)("any peak is found again, by %s", (profile) => {
    fc.assert(
      fc.property(truth, ({ area, shift, fwhm, eta }) => {
        const truth = [area, 3.5 + shift, fwhm, eta] as const;
        const { intensity } = simulated(radial, [truth], { slope: 30 });
        const [peak] = fitted({ radial, intensity }, [RANGE], { profile });
        expect(peak!.center).toBeCloseTo(3.5 + shift, 6);
        expect(peak!.area / area).toBeCloseTo(1, 3);
        expect(peak!.fwhm / fwhm).toBeCloseTo(1, 3);
        expect(peak!.eta).toBeCloseTo(eta, 2);
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  it("a factor scales areas, heights and their errors, and nothing else", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: -12, max: 12, noNaN: true }),
        (seed, decades) => {
          const factor = 10 ** decades;
          const { intensity } = simulated(radial, [TRUTH], { seed });
          const [peak] = fitted({ radial, intensity });
          const [scaled] = fitted({ radial, intensity: intensity.map((value) => value * factor) });
          for (const name of QUANTITIES) {
            const by = ["area", "height", "background"].includes(name) ? factor : 1;
            const far = Math.abs(scaled![name] / by - peak![name]) / peak!.sigma[name];
            expect(far, name).toBeLessThan(1e-3);
            expect(scaled!.sigma[name] / by / peak!.sigma[name]).toBeCloseTo(1, 3);
          }
        },
      ),
      { seed: 2, numRuns: 40 },
    );
  });

  it("a shift shifts centres, and nothing else", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: -3, max: 30, noNaN: true }),
        (seed, shift) => {
          const { intensity, sigma } = simulated(radial, [TRUTH], { seed });
          const [peak] = fitted({ radial, intensity, sigma });
          const moved = { radial: radial.map((x) => x + shift), intensity, sigma };
          const [other] = fitted(moved, [[3.4 + shift, 3.6 + shift]]);
          for (const name of QUANTITIES) {
            const expected = peak![name] + (name === "center" ? shift : 0);
            expect(Math.abs(other![name] - expected) / peak!.sigma[name], name).toBeLessThan(1e-2);
          }
        },
      ),
      { seed: 3, numRuns: 40 },
    );
  });
});

describe("places", () => {
  const wide = bins(3, 5, 1001);
  const peaks: PeakTruth[] = [
    [20, 3.4, 0.03, 0.3],
    [15, 3.46, 0.03, 0.3],
    [30, 4.2, 0.04, 0.5],
  ];
  const pattern = simulated(wide, peaks, { seed: 4 });

  it("may be centres only: what is there is measured", () => {
    const found = fitted(pattern, [{ center: 4.21 }, { center: 3.39 }, { center: 3.46 }]);
    [4.2, 3.4, 3.46].forEach((center, i) => {
      expect(Math.abs(found[i]!.center - center)).toBeLessThan(5 * found[i]!.sigma.center);
    });
    expect(failureOf(pattern, { center: 3.8 })).toBe("no-peak");
  });

  it("whose windows overlap are fitted together, in the order asked for", () => {
    const places = findPeaks(pattern).toReversed();
    const { windows, peaks: found } = fitPeaks(pattern, places);
    expect(windows.map((window) => window.peaks)).toEqual([[2, 1], [0]]);
    expect(found.map((peak) => peak.converged && Math.round(100 * peak.center))).toEqual([
      420, 346, 340,
    ]);
    const { model, background, radial, points } = windows[1]!;
    expect(radial.length).toBe(points);
    const top = Math.max(...model!);
    const height = top - background![model!.indexOf(top)]!;
    expect(height / (found[0] as FittedPeak).height).toBeCloseTo(1, 1);
  });

  it("may be the peaks of an earlier pattern", () => {
    const before = fitted(pattern, [[4.1, 4.3]]);
    const [again] = fitted(simulated(wide, peaks, { seed: 5 }), before);
    expect(again!.range).toEqual([4.1, 4.3]);
    expect(Math.abs(again!.center - 4.2)).toBeLessThan(5 * again!.sigma.center);
  });
});

describe("what cannot be fitted says why", () => {
  const { intensity, sigma } = simulated(radial, [TRUTH], { seed: 1 });
  const noise = simulated(radial, [], { seed: 2 });

  it.each<[string, PeakPattern, PeakPlace]>([
    ["no-points", { radial, intensity }, [5, 6]],
    ["no-points", { radial: [3.49, 3.51], intensity: [1, 2] }, RANGE],
    ["no-points", { radial, intensity: intensity.map(() => NaN) }, RANGE],
    ["no-points", { radial, intensity, sigma: sigma.map(() => 0) }, RANGE],
    ["no-points", { radial: [], intensity: [] }, RANGE],
    ["no-peak", noise, RANGE],
    ["no-peak", { radial, intensity: intensity.map((value) => -value) }, RANGE],
    ["no-peak", { radial, intensity: radial.map(() => 0) }, RANGE],
    ["edge", { radial, intensity, sigma }, [3.51, 3.6]],
    ["not-converged", { radial, intensity: intensity.map((value) => value * 1e300) }, RANGE],
    ["width", { radial, intensity: radial.map((_, i) => (i === 30 ? 1e4 : i % 2)) }, RANGE],
  ])("%s", (reason, pattern, place) => {
    const [peak] = fitPeaks(pattern, [place]).peaks;
    expect(peak).toMatchObject({ converged: false, reason });
    expect((peak as { message: string }).message).toMatch(/^peak in [\d.]+ to [\d.]+: .{30}/);
    expect(Object.values(peak!).filter(Number.isNaN)).toEqual([]);
  });

  it("without an end in so many steps", () => {
    expect(failureOf({ radial, intensity, sigma }, RANGE, { maxIterations: 1 })).toBe(
      "not-converged",
    );
  });

  it("two peaks in one place", () => {
    const places = [RANGE, RANGE].map(
      (range) => ({ center: 3.503, fwhm: 0.03, range }) as PeakPlace,
    );
    const found = fitPeaks({ radial, intensity }, places).peaks;
    expect(found.some(({ converged }) => !converged)).toBe(true);
  });

  it("a peak that is not there leaves the others as they are without it", () => {
    const [alone] = fitted({ radial, intensity, sigma }, [[3.4, 3.6]]);
    const { peaks } = fitPeaks({ radial, intensity, sigma }, [
      [3.4, 3.6],
      { center: 3.43, fwhm: 0.02, range: [3.41, 3.45] },
    ]);
    expect(peaks[1]!.converged).toBe(false);
    const far = ((peaks[0] as FittedPeak).center - alone!.center) / alone!.sigma.center;
    expect(Math.abs(far)).toBeLessThan(1e-2);
  });

  it("any numbers give values or a reason", () => {
    const value = fc.oneof(
      fc.double(),
      fc.constantFrom(0, NaN, Infinity, -Infinity, 1e308),
      fc.integer({ min: 0, max: 100 }),
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 40 }), fc.boolean(), (intensity, hasTch) => {
        const pattern = { radial: intensity.map((_, i) => i), intensity };
        const [peak] = fitPeaks(pattern, [[0, 39]], {
          profile: hasTch ? "tch" : "pseudo-voigt",
        }).peaks;
        if (peak!.converged) {
          for (const name of QUANTITIES) expect(Number.isFinite(peak!.sigma[name])).toBe(true);
        } else expect(peak!.message).not.toBe("");
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});

test("errors of 0 do not outweigh all others", () => {
  const { intensity, sigma } = simulated(radial, [TRUTH], { seed: 1 });
  sigma[2] = 0;
  const [peak] = fitted({ radial, intensity, sigma });
  expect(Math.abs(peak!.center - 3.503)).toBeLessThan(5 * peak!.sigma.center);
});

describe("refuses", () => {
  const pattern = simulated(radial, [TRUTH]);
  const { intensity } = pattern;

  it.each<[string, PeakPattern, PeakPlace, FitPeaksOptions]>([
    ["peaks[0]", pattern, [3.6, 3.4], {}],
    ["peaks[0]", pattern, [3.4, NaN], {}],
    ["peaks[0].center", pattern, { center: NaN }, {}],
    ["peaks[0].fwhm", pattern, { center: 3.5, fwhm: 0 }, {}],
    ["peaks[0].eta", pattern, { center: 3.5, eta: 2 }, {}],
    ["background", pattern, RANGE, { background: -1 }],
    ["background", pattern, RANGE, { background: 50 }],
    ["weights", { radial, intensity }, RANGE, { weights: "sigma" }],
    ["weights", pattern, RANGE, { weights: "none" as "unit" }],
    ["profile", pattern, RANGE, { profile: "gauss" as "tch" }],
    ["snr", pattern, RANGE, { snr: NaN }],
    ["reach", pattern, RANGE, { reach: 0 }],
    ["maxIterations", pattern, RANGE, { maxIterations: 0 }],
    ["order", pattern, RANGE, { order: 2 } as FitPeaksOptions],
    ["radial", { radial: radial.toReversed(), intensity }, RANGE, {}],
  ])("%s", (option, pattern, place, options) => {
    const refused = (): unknown => fitPeaks(pattern, [place], options);
    expect(refused).toThrow(OptionError);
    expect(refused).toThrow(expect.objectContaining({ option }));
  });

  it("arrays of different lengths", () => {
    expect(() => fitPeaks({ radial, intensity: [1] }, [RANGE])).toThrow(ShapeError);
  });
});
