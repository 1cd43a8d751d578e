import { describe, expect, it } from "vitest";
import { PeakTracks } from "../../../kernel-ext/widgets/peak-tracks.js";
import { peakStarts } from "../../../kernel-ext/widgets/peaks-beside.js";
import { AzimuthalIntegrator, detector } from "../../../src/index.js";

/** Gaussian peaks on a flat background, with noise that is always the same. */
function pattern(peaks: readonly (readonly [at: number, height: number, fwhm: number])[]) {
  const radial = Float64Array.from({ length: 800 }, (_, i) => 2 + i * 0.01);
  const intensity = radial.map((x, i) => {
    const sum = peaks.reduce(
      (all, [at, height, fwhm]) => all + height * Math.exp(-4 * Math.LN2 * ((x - at) / fwhm) ** 2),
      20,
    );
    return sum + Math.sin(12.9898 * i) * 0.5;
  });
  return { radial, intensity };
}

const at = (position: number) => ({ position, d0: null });
const WHOLE = [null, null, null, null] as const;
const HALF = [0, 180, null, null] as const;

describe("PeakTracks", () => {
  it("fits a peak with those beside it, of which nothing is told", () => {
    const tracks = new PeakTracks();
    tracks.arrange([at(4.03)], [WHOLE], "2th_deg", undefined);
    for (let frame = 0; frame < 3; frame++) {
      const moved = 4 + 0.01 * frame;
      tracks.take(10 + frame, [
        pattern([
          [moved, 900, 0.3],
          [4.45, 500, 0.3],
          [8, 300, 0.2],
        ]),
      ]);
    }
    const { timestamps, peaks } = tracks.evolution;
    expect([...timestamps]).toEqual([10, 11, 12]);
    expect(peaks).toHaveLength(1);
    const { position, positionSigma, fwhm, area } = peaks[0]![0]!;
    for (let frame = 0; frame < 3; frame++) {
      expect(position[frame]).toBeCloseTo(4 + 0.01 * frame, 3);
      expect(fwhm[frame]).toBeCloseTo(0.3, 2);
      expect(area[frame]! / (900 * 0.3 * 1.0645)).toBeCloseTo(1, 2);
      expect(positionSigma[frame]).toBeLessThan(1e-3);
    }
  });

  it("keeps what is known of ranges and peaks that stay", () => {
    const tracks = new PeakTracks();
    const shown = pattern([
      [4, 900, 0.1],
      [6, 500, 0.1],
    ]);
    tracks.arrange([at(4)], [HALF], "2th_deg", undefined);
    tracks.take(1, [shown]);
    tracks.arrange([at(4), at(6)], [HALF, WHOLE], "2th_deg", undefined);
    tracks.take(2, [shown, shown]);
    const { timestamps, peaks } = tracks.evolution;
    expect([...timestamps]).toEqual([1, 2]);
    const told = peaks.map((ranges) => ranges.map(({ position }) => [...position]));
    const four = expect.closeTo(4, 3);
    const six = expect.closeTo(6, 3);
    expect(told).toEqual([
      [
        [four, four],
        [NaN, four],
      ],
      [
        [NaN, six],
        [NaN, six],
      ],
    ]);
    // Two ranges that are alike are two.
    tracks.arrange([at(6)], [WHOLE, WHOLE], "2th_deg", undefined);
    tracks.take(3, [shown, shown]);
    const [both] = tracks.evolution.peaks;
    expect(both!.map(({ position }) => [...position])).toEqual([
      [NaN, six, six],
      [NaN, NaN, six],
    ]);
  });

  it("finds peaks again in another unit", () => {
    const ai = new AzimuthalIntegrator({
      ...{ dist: 0.2, poni1: 0, poni2: 0, wavelength: 2e-11 },
      detector: detector({ pixel1: 1e-4 }),
    });
    const tracks = new PeakTracks();
    tracks.arrange([{ position: 4, d0: 3.1 }], [WHOLE], "2th_deg", ai);
    const [moved] = tracks.arrange([{ position: 4, d0: 3.1 }], [WHOLE], "q_A^-1", ai);
    const half = (2 * Math.PI) / 180;
    expect(moved).toEqual({
      position: expect.closeTo((4 * Math.PI * Math.sin(half)) / 0.2, 9),
      d0: 3.1,
    });
    const [far] = tracks.arrange([moved!], [WHOLE], "r_mm", ai);
    expect(far!.position).toBeCloseTo(200 * Math.tan(2 * half), 6);
    expect(tracks.arrange([far!], [WHOLE], "r_pixel", ai)).toEqual([]);
  });

  it("tells NaN where there is no peak", () => {
    const tracks = new PeakTracks();
    tracks.arrange([at(4)], [WHOLE], "2th_deg", undefined);
    tracks.take(1, [pattern([[6, 500, 0.1]])]);
    expect(tracks.evolution.peaks[0]![0]!.position[0]).toBeNaN();
  });
});

describe("peakStarts", () => {
  it("takes the peak that a place is on, and what stands beside it, up to the valley beyond", () => {
    const shown = pattern([
      [4, 900, 0.3],
      [4.6, 500, 0.3],
      [5.2, 700, 0.3],
      [8, 300, 0.2],
    ]);
    const { own, beside } = peakStarts(shown, [4.1, 7]);
    expect(own[0]!.center).toBeCloseTo(4, 1);
    expect(own[1]).toEqual({ center: 7 });
    expect(beside.map(({ center }) => center)).toEqual([expect.closeTo(4.6, 1)]);
    expect(beside[0]!.range![1]).toBeCloseTo(4.9, 1);
  });
});
