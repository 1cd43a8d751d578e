import { describe, expect, it } from "vitest";
import { OptionError } from "../../../src/errors.js";
import { findPeaks } from "../../../src/peaks/find-peaks.js";
import { PeakTracker } from "../../../src/stream/peaks/peak-tracker.js";
import { PEAK_STATUS } from "../../../src/stream/peaks/tracked-peaks.js";
import { frame, peakAt } from "./frames.js";

describe("the list of peaks", () => {
  const pattern = frame([peakAt(3.3, 90), peakAt(3.5), peakAt(3.8, 30)], 1);
  const idsOf = ({ peaks }: { readonly peaks: readonly { readonly id: number }[] }): number[] =>
    peaks.map(({ id }) => id);

  it("changes with the next pattern", () => {
    const tracker = new PeakTracker([{ center: 3.5 }]);
    expect(idsOf(tracker.track(pattern))).toEqual([0]);
    expect(tracker.append([{ center: 3.8 }])).toEqual([1]);
    const both = tracker.track(pattern);
    expect(idsOf(both)).toEqual([0, 1]);
    expect(Array.from(both.status)).toEqual([0, 0]);
    tracker.remove([0]);
    const [fit] = tracker.track(pattern).fits;
    expect(fit!.converged && fit!.center).toBeCloseTo(3.8, 2);
    expect(
      tracker.replace([
        [3.2, 3.4],
        [3.4, 3.6],
      ]),
    ).toEqual([2, 3]);
    expect(idsOf(tracker.track(pattern))).toEqual([2, 3]);
    tracker.remove([3, 2]);
    expect(tracker.track(pattern).fits).toEqual([]);
  });

  it("stays as it is where a change cannot be", () => {
    const tracker = new PeakTracker([{ center: 3.5 }]);
    expect(() => tracker.remove([0, 5])).toThrow(/no peak has the id 5; there are 0/);
    expect(() => tracker.replace([{ center: 3.4 }, { center: Number.NaN }])).toThrow(OptionError);
    expect(() => tracker.append([[3.4, 3.2]])).toThrow(OptionError);
    expect(idsOf(tracker)).toEqual([0]);
  });

  it("takes what findPeaks and fitPeaks gave", () => {
    const tracker = new PeakTracker(findPeaks(pattern));
    const first = tracker.track(pattern);
    expect(Array.from(first.status)).toEqual([0, 0, 0]);
    const again = new PeakTracker(first.fits.map((p) => (p.converged ? p : p.range)));
    expect(Array.from(again.track(pattern).status)).toEqual([0, 0, 0]);
  });

  it("is found in the first pattern that has peaks", () => {
    const tracker = new PeakTracker([], { search: { limit: 2, iterations: 50 }, padding: 60 });
    const empty = { ...pattern, intensity: pattern.intensity.map(() => Number.NaN) };
    expect(tracker.track(empty).peaks).toEqual([]);
    expect(tracker.track(frame([], 4)).peaks).toEqual([]);
    const { peaks, status } = tracker.track(pattern);
    expect(peaks.map(({ center }) => center.toFixed(1))).toEqual(["3.3", "3.5"]);
    expect(peaks[0]!.range[1] - peaks[0]!.range[0]).toBeCloseTo(120 * 0.002, 9);
    expect(Array.from(status)).toEqual([0, 0]);
    // What comes later is not asked for.
    expect(tracker.track(frame([peakAt(3.7)], 3)).peaks).toHaveLength(2);
  });

  it("gets what a search finds beside it", () => {
    const tracker = new PeakTracker([{ center: 3.5 }]);
    tracker.track(pattern);
    tracker.search();
    const { peaks, status } = tracker.track(pattern);
    expect(peaks.map(({ center }) => center.toFixed(1))).toEqual(["3.5", "3.3", "3.8"]);
    expect(Array.from(status)).toEqual([0, 0, 0]);
  });

  it("may name a place where there is nothing yet", () => {
    const tracker = new PeakTracker([{ center: 3.6 }]);
    const codes = Array.from({ length: 60 }, (_, i) => {
      const peaks = i < 30 ? [peakAt(3.3, 90)] : [peakAt(3.3, 90), peakAt(3.605)];
      const { status, fits } = tracker.track(frame(peaks, i + 1));
      if (fits[0]!.converged && i >= 30) expect(fits[0]!.center).toBeCloseTo(3.605, 2);
      return PEAK_STATUS[status[0]!];
    });
    expect(codes.slice(30).every((code) => code === "fitted")).toBe(true);
    expect(codes.slice(0, 30).filter((code) => code === "fitted").length).toBeLessThan(2);
  });
});
