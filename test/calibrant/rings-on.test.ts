import { describe, expect, it } from "vitest";
import { calibrant } from "../../src/calibrant/calibrants.js";
import { ringsOn } from "../../src/calibrant/rings-on.js";
import { detector } from "../../src/detector/detector-factory.js";

const setup = {
  ...{ dist: 0.3, poni1: 0.04, poni2: 0.04, rot1: 0, rot2: 0, rot3: 0 },
  detector: detector({ pixel1: 4e-4, pixel2: 4e-4, shape: [200, 200] }),
  wavelength: 2e-11,
};

describe("ringsOn", () => {
  it("gives the rings that reach the detector's corners, by Bragg's law", () => {
    const rings = ringsOn(calibrant("CeO2"), setup, [200, 200]);
    const farthest = Math.atan(Math.hypot(0.04, 0.04) / 0.3);
    expect(rings.slice(0, 4).map(({ label }) => label)).toEqual(["111", "200", "220", "311"]);
    expect(Math.max(...rings.map(({ twoTheta }) => twoTheta))).toBeLessThan(farthest);
    const d111 = 5.4115 / Math.sqrt(3);
    expect(rings[0]!.twoTheta).toBeCloseTo(2 * Math.asin(0.2 / (2 * d111)), 5);
  });

  it("names lines of calibrants without a lattice by their spacing", () => {
    const listed = { name: "mine", material: "", source: "", spacings: [4, 2, 1e-3] };
    expect(ringsOn(listed, setup, [200, 200]).map(({ label }) => label)).toEqual([
      "d 4 Å",
      "d 2 Å",
    ]);
  });

  it("needs a wavelength", () => {
    const unknown = { ...setup, wavelength: undefined };
    expect(() => ringsOn(calibrant("CeO2"), unknown, [200, 200])).toThrow(/wavelength/);
  });
});
