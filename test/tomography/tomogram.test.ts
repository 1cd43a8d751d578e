import { describe, expect, it } from "vitest";
import { OptionError, sinogram, type TomographicScan, tomogram } from "../../src/index.js";
import { chords, drawSlice, evenAngles, misfit, sample } from "./phantom.js";

const SIZE = 60;
const LINES = 90;
const CENTER = 31.2;
const radial = Float64Array.from({ length: 50 }, (_, i) => 2 + 0.1 * i);
const [matrix, ...grains] = sample(SIZE);
const phases = [[matrix!], grains.map((grain) => ({ ...grain, value: 1 }))];
const truths = phases.map((phase) => drawSlice(phase, SIZE));
const lines = phases.map((phase) => chords(phase, SIZE, evenAngles(LINES), CENTER));

/** A scan in which each phase diffracts in bins of its own, 10 to 12 and 30 to 33, over a background. */
function scan(cells?: number): TomographicScan {
  const count = cells ?? 1;
  const intensity = new Float32Array(LINES * SIZE * count * radial.length);
  for (let i = 0; i < intensity.length; i++) {
    const bin = i % radial.length;
    const point = Math.floor(i / (radial.length * count));
    const phase = bin >= 10 && bin <= 12 ? 0 : bin >= 30 && bin <= 33 ? 1 : -1;
    intensity[i] = 5 + (phase < 0 ? 0 : lines[phase]![point]!);
  }
  return {
    shape: [LINES, SIZE],
    slow: { name: "omega", unit: "deg", positions: Float64Array.from(evenAngles(LINES)) },
    radial,
    unit: "2th_deg",
    intensity,
    ...(cells === undefined ? {} : { azimuthal: new Float64Array(cells) }),
  };
}

describe("sinogram", () => {
  it.each([undefined, 3])(
    "is the mean of a radial range, less a background (cakes: %s)",
    (cells) => {
      const { data, shape } = sinogram(scan(cells), {
        radialRange: [3, 3.2],
        background: [
          [2, 2.9],
          [3.3, 4],
        ],
      });
      expect(shape).toEqual([LINES, SIZE]);
      for (const [i, value] of data.entries()) {
        expect(Math.abs(value - lines[0]![i]!)).toBeLessThan(1e-5 * (1 + value));
      }
    },
  );

  it("has NaN where no frame is, and takes the bins that have a value", () => {
    const broken = scan();
    broken.intensity.fill(Number.NaN, 7 * radial.length, 8 * radial.length);
    broken.intensity[8 * radial.length + 11] = Number.NaN;
    const { data } = sinogram(broken, { radialRange: [3, 3.2] });
    expect(data[7]).toBeNaN();
    expect(Math.abs(data[8]! - 5 - lines[0]![8]!)).toBeLessThan(1e-5);
  });

  it("refuses a range without a bin", () => {
    expect(() => sinogram(scan(), { radialRange: [7, 8] })).toThrow(/from 2 to 6\.9.* in 2th_deg/);
    expect(() => sinogram(scan(), { radialRange: [3, 4], background: [[9, 9.5]] })).toThrow(
      OptionError,
    );
  });
});

describe("tomogram", () => {
  const ranges = [
    [3, 3.2],
    [5, 5.3],
  ] as const;
  const background = [[3.5, 4.5]] as const;

  it.each(["fbp", "sirt", "mlem"] as const)("gives a slice for each phase, by %s", (method) => {
    const { slices, sinograms, center, angles } = tomogram(scan(), { ranges, background, method });
    expect([slices.length, sinograms.length, angles.length]).toEqual([2, 2, LINES]);
    expect(Math.abs(center - CENTER)).toBeLessThan(0.1);
    for (const [i, slice] of slices.entries()) {
      const contrast = misfit(truths[i]!, new Float64Array(SIZE * SIZE), SIZE);
      expect(misfit(slice.data, truths[i]!, SIZE) / contrast).toBeLessThan(0.25);
    }
  });

  it("takes even steps over 180° where the scan knows no angles, and what it is told", () => {
    const unknown = { ...scan(), slow: { name: "slow", positions: new Float64Array(LINES) } };
    const { angles, slices } = tomogram(unknown, { ranges, background, center: CENTER });
    expect(Array.from(angles)).toEqual(evenAngles(LINES));
    const told = { angles: evenAngles(LINES), center: CENTER, filter: "ramp", size: SIZE } as const;
    expect(tomogram(unknown, { ranges, background, ...told }).slices).toEqual(slices);
    expect(() => tomogram(unknown, { ranges: [] })).toThrow(/one radial range at least/);
  });
});
