import { beforeAll, describe, expect, it } from "vitest";
import { cake } from "../../../src/cake/cake.js";
import type { Cakes } from "../../../src/cake/cakes.js";
import { calibrant } from "../../../src/calibrant/calibrants.js";
import { detector } from "../../../src/detector/detector-factory.js";
import { OptionError, ShapeError } from "../../../src/errors.js";
import { AzimuthalIntegrator } from "../../../src/integrate/azimuthal-integrator.js";
import type { Strain } from "../../../src/simulate/options.js";
import { simulatePowder } from "../../../src/simulate/powder.js";
import { meanPositions } from "../../../src/stream/peaks/mean-positions.js";
import { peakStrain } from "../../../src/stream/peaks/peak-strain.js";
import { PeakTracker } from "../../../src/stream/peaks/peak-tracker.js";
import type { TrackedPeaks } from "../../../src/stream/peaks/tracked-peaks.js";

const setup = {
  dist: 0.25,
  poni1: 0.025,
  poni2: 0.025,
  wavelength: 2e-11,
  detector: detector({ pixel1: 1e-4, pixel2: 1e-4, shape: [500, 500] }),
};
const AT = 20;
const UNLOADED = 4;
const strains = Array.from({ length: 14 }, (_, i) => ({
  direction: AT,
  e11: i < UNLOADED ? 0 : 3e-4 * (i - UNLOADED + 1),
  e22: i < UNLOADED ? 0 : -9e-5 * (i - UNLOADED + 1),
}));

async function cakesOf(strain: Strain, exposure: number): Promise<Cakes> {
  const phases = [{ lattice: "CeO2", counts: 300, fwhm: 0.12, strain }];
  const image = simulatePowder({ ...setup, phases, background: { flat: 10 }, exposure });
  const options = { npt: 400, unit: "2th_deg", errorModel: "poisson" } as const;
  return cake(image, new AzimuthalIntegrator(setup), { ...options, method: { engine: "js" } });
}

describe("a load that rises", () => {
  const frames: TrackedPeaks[] = [];
  let tracker: PeakTracker;
  const unit = "2th_deg";
  beforeAll(async () => {
    tracker = new PeakTracker([], { search: { limit: 2, range: [3, 5] } });
    for (const [i, strain] of strains.entries()) {
      frames.push(tracker.track(await cakesOf(strain, i)));
    }
  });

  it("is followed by every peak in every direction", () => {
    expect(tracker.peaks).toHaveLength(2);
    for (const { status, directions } of frames) {
      expect(directions).toHaveLength(36);
      expect(Array.from(status)).toEqual(new Array(72).fill(0));
    }
  });

  it.each([0, 1])("gives the strains that were put in, within their errors: peak %i", (place) => {
    const { id } = tracker.peaks[place]!;
    const reference = meanPositions(frames.slice(0, UNLOADED), id);
    const pulls: number[] = [];
    for (const [i, truth] of strains.entries()) {
      if (i < UNLOADED) continue;
      const { ellipse, message } = peakStrain(frames[i]!, id, { unit, reference });
      if (ellipse === undefined) throw new Error(message);
      expect(ellipse.points).toBe(36);
      pulls.push((ellipse.largest - truth.e11) / ellipse.sigma.largest);
      pulls.push((ellipse.smallest - truth.e22) / ellipse.sigma.smallest);
      if (i > 8) pulls.push((ellipse.direction - AT) / ellipse.sigma.direction);
    }
    const spread = Math.sqrt(pulls.reduce((sum, pull) => sum + pull ** 2, 0) / pulls.length);
    // Pixels are as wide as a third of the peak: what they do to its shape is not in the errors.
    expect(spread).toBeLessThan(1.6);
    expect(spread).toBeGreaterThan(0.5);
  });

  it("is compared with a lattice spacing as well", () => {
    const d0 = calibrant("CeO2").lattice!.a / Math.sqrt(3);
    const options = { unit, d0, wavelength: setup.wavelength };
    const last = peakStrain(frames.at(-1)!, tracker.peaks[0]!.id, options);
    expect(Math.abs(last.ellipse!.largest - strains.at(-1)!.e11)).toBeLessThan(1.5e-4);
    expect(Math.abs(last.ellipse!.smallest - strains.at(-1)!.e22)).toBeLessThan(1.5e-4);
  });

  it("counts the error of the reference", () => {
    const { id } = tracker.peaks[0]!;
    const frame = frames.at(-1)!;
    const exact = peakStrain(frame, id, { unit, reference: frame.values[1]! });
    const measured = peakStrain(frame, id, { unit, reference: meanPositions([frame], id) });
    expect(measured.strain.every((strain) => Math.abs(strain) < 1e-12)).toBe(true);
    expect(measured.sigma[0]! / exact.sigma[0]!).toBeCloseTo(Math.SQRT2, 6);
  });

  it("says which peak there is not, and which reference does not fit", () => {
    const { id } = tracker.peaks[0]!;
    const reference = { centers: new Float64Array(3), sigmas: new Float64Array(3) };
    const frame = frames[0]!;
    expect(() => peakStrain(frame, 99, { unit, reference: 3 })).toThrow(/no peak .* id 99/);
    expect(() => peakStrain(frame, id, { unit, reference })).toThrow(ShapeError);
    expect(() => peakStrain(frame, id, { unit })).toThrow(OptionError);
  });
});

const line = Float64Array.from({ length: 200 }, (_, i) => 3 + i / 200);
const hill = line.map((x) => 10 + 500 * Math.exp(-(((x - 3.5) / 0.02) ** 2)));

it("says why there is no ellipse", () => {
  const profile = new PeakTracker([{ center: 3.5 }]).track({ radial: line, intensity: hill });
  const one = peakStrain(profile, 0, { unit: "2th_deg", reference: 3.5 });
  expect(one.ellipse).toBeUndefined();
  expect(one.message).toMatch(/one profile/);
  expect(one.strain).toHaveLength(1);

  const intensity = Float64Array.from([...hill, ...hill]);
  const azimuthal = Float64Array.of(0, 90);
  const cakes = { radial: line, intensity, azimuthal };
  const two = new PeakTracker([{ center: 3.5 }]).track(cakes);
  expect(peakStrain(two, 0, { unit: "2th_deg", reference: 3.5 }).message).toMatch(
    /three directions/,
  );
});

it("takes the mean of the frames that have the peak", () => {
  const tracker = new PeakTracker([{ center: 3.5 }]);
  const empty = { radial: line, intensity: line.map(() => Number.NaN) };
  const frames = [{ radial: line, intensity: hill }, empty].map((pattern) =>
    tracker.track(pattern),
  );
  expect(meanPositions(frames, 0).centers[0]).toBeCloseTo(3.5, 6);
  expect(meanPositions(frames, 7)).toEqual({
    centers: Float64Array.of(Number.NaN),
    sigmas: Float64Array.of(Number.NaN),
  });
});
