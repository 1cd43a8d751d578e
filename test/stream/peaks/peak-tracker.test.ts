import { describe, expect, it, test } from "vitest";
import { fitPeaks } from "../../../src/peaks/fit-peaks.js";
import { PeakTracker } from "../../../src/stream/peaks/peak-tracker.js";
import { PEAK_COLUMNS, PEAK_STATUS } from "../../../src/stream/peaks/tracked-peaks.js";
import { bins, type PeakTruth, simulated } from "../../peaks/simulated.js";

const radial = bins(3, 4, 501);
const FWHM = 0.03;
const CENTER = PEAK_COLUMNS.indexOf("center");

const peakAt = (center: number, area = 60): PeakTruth => [area, center, FWHM, 0.4];
const frame = (peaks: readonly PeakTruth[], seed: number) => simulated(radial, peaks, { seed });

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
  it.each(["center", "fwhm", "eta"] as const)("has pulls of one: %s", (name) => {
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

test("a peak that moves by three widths in 300 patterns is followed", () => {
  const tracker = new PeakTracker([{ center: 3.402 }]);
  for (let i = 0; i < 300; i++) {
    const center = 3.4 + 3 * FWHM * (i / 300);
    const { fits } = tracker.track(frame([peakAt(center)], i + 1));
    const [fit] = fits;
    if (!fit!.converged) throw new Error(`${i}: ${fit!.message}`);
    expect(Math.abs(fit!.center - center)).toBeLessThan(5 * fit!.sigma.center);
  }
});

test("a peak that goes is lost, not its neighbour, and found again when it is back", () => {
  const neighbour = peakAt(3.5 + 2.2 * FWHM, 90);
  const tracker = new PeakTracker([{ center: 3.5, fwhm: FWHM }]);
  const status: string[] = [];
  for (let i = 0; i < 150; i++) {
    const isThere = i < 50 || i >= 100;
    // The neighbour stays, and nobody asked for it.
    const peaks = isThere ? [peakAt(3.5), neighbour] : [neighbour];
    const { fits, status: codes, values } = tracker.track(frame(peaks, i + 1));
    status.push(PEAK_STATUS[codes[0]!]!);
    if (fits[0]!.converged) expect(Math.abs(fits[0]!.center - 3.5)).toBeLessThan(0.5 * FWHM);
    else expect(values.every(Number.isNaN)).toBe(true);
  }
  expect(status.slice(0, 50).every((code) => code === "fitted")).toBe(true);
  expect(status.slice(50, 100).filter((code) => code === "fitted")).toEqual([]);
  expect(status.slice(100).every((code) => code === "fitted")).toBe(true);
});

test("noise is no peak that is back", () => {
  const tracker = new PeakTracker([{ center: 3.5 }]);
  let found = 0;
  for (let i = 0; i < 1000; i++) {
    const { status } = tracker.track(frame(i < 5 ? [peakAt(3.5)] : [], i + 1));
    if (i >= 5 && status[0] === 0) found++;
  }
  expect(found).toBe(0);
});

test("two peaks that cross are each other's neighbours again", () => {
  const tracker = new PeakTracker([{ center: 3.45 }, { center: 3.55 }]);
  const FRAMES = 400;
  let lost = 0;
  for (let i = 0; i < FRAMES; i++) {
    const moving = 3.45 + 0.2 * (i / FRAMES);
    const { fits } = tracker.track(frame([peakAt(moving, 40), peakAt(3.55, 80)], i + 1));
    const apart = Math.abs(moving - 3.55) / FWHM;
    fits.forEach((fit, k) => {
      const truth = k === 0 ? moving : 3.55;
      if (!fit.converged) lost++;
      else if (apart > 1) expect(Math.abs(fit.center - truth), `${i}`).toBeLessThan(0.3 * FWHM);
      if (apart > 1.5) expect(fit.converged, `${k} in ${i}`).toBe(true);
    });
  }
  expect(lost).toBeLessThan(FRAMES / 4);
});
