import { describe, expect, it, test } from "vitest";
import { PeakTracker } from "../../../src/stream/peaks/peak-tracker.js";
import { PEAK_STATUS } from "../../../src/stream/peaks/tracked-peaks.js";
import { bins } from "../../peaks/simulated.js";
import { FWHM, frame, peakAt, radial } from "./frames.js";

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

describe.each([
  [80, 80],
  [40, 80],
  [80, 20],
])("two peaks that cross, of areas %d and %d", (moving, still) => {
  it.each([100, 400])("stay who they are, in %d patterns", (count) => {
    const tracker = new PeakTracker([{ center: 3.4 }, { center: 3.55 }]);
    let lost = 0;
    for (let i = 0; i < count; i++) {
      const truth = [3.4 + 0.3 * (i / count), 3.55];
      const peaks = [peakAt(truth[0]!, moving), peakAt(truth[1]!, still)];
      const { fits } = tracker.track(frame(peaks, 7000 + i));
      const apart = Math.abs(truth[0]! - truth[1]!) / FWHM;
      fits.forEach((fit, k) => {
        if (!fit.converged) lost++;
        if (apart < 1.5) return;
        if (!fit.converged) throw new Error(`${k} in ${i}: ${fit.message}`);
        expect(Math.abs(fit.center - truth[k]!), `${k} in ${i}`).toBeLessThan(0.3 * FWHM);
      });
    }
    // As one on top of the other, they cannot be told apart: that is said.
    expect(lost).toBeGreaterThan(0);
    expect(lost).toBeLessThan(0.2 * 2 * count);
  });
});

test("a peak goes no further than its drift", () => {
  const tracker = new PeakTracker([{ center: 3.3, fwhm: FWHM }], { drift: 2 });
  let last = 0;
  for (let i = 0; i < 300; i++) {
    const { fits } = tracker.track(frame([peakAt(3.3 + 6 * FWHM * (i / 300))], i + 1));
    if (fits[0]!.converged) last = i;
  }
  expect((6 * last) / 300).toBeGreaterThan(2);
  expect((6 * last) / 300).toBeLessThan(3.2);
});

test("peaks are found in directions where they are widths away from the mean", () => {
  const COUNT = 12;
  const centers = bins(3.45, 3.55, COUNT);
  const rows = Array.from(centers, (center, i) => frame([peakAt(center)], i + 1));
  const pattern = {
    radial,
    azimuthal: bins(0, 330, COUNT),
    intensity: Float64Array.from(rows.flatMap(({ intensity }) => Array.from(intensity))),
    sigma: Float64Array.from(rows.flatMap(({ sigma }) => Array.from(sigma))),
  };
  const tracker = new PeakTracker([{ center: 3.5, fwhm: FWHM }]);
  tracker.track(pattern);
  const { fits } = tracker.track(pattern);
  fits.forEach((fit, i) => {
    if (!fit.converged) throw new Error(`${i}: ${fit.message}`);
    expect(Math.abs(fit.center - centers[i]!)).toBeLessThan(5 * fit.sigma.center);
  });
});
