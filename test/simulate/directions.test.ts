import { describe, expect, it } from "vitest";
import { cake } from "../../src/cake/cake.js";
import { detector } from "../../src/detector/detector-factory.js";
import { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import { simulatePowder } from "../../src/simulate/index.js";

describe("directions of simulatePowder", () => {
  it.each([
    { orientation: 1, rot1: 0, rot2: 0, rot3: 0 },
    { orientation: 2, rot1: 0, rot2: 0, rot3: 0.5 },
    { orientation: 3, rot1: 0.1, rot2: -0.12, rot3: 0 },
    { orientation: 4, rot1: 0.12, rot2: 0.1, rot3: -2 },
  ] as const)(
    "are those of cake: $orientation $rot1 $rot2 $rot3",
    async ({ orientation, ...rotation }) => {
      const frame = detector({ pixel1: 5e-4, pixel2: 5e-4, shape: [300, 300], orientation });
      const geometry = { dist: 0.3, ...rotation, wavelength: 2e-11, detector: frame };
      // The beam meets the detector's middle, whatever the tilt.
      const poni1 = 0.075 - (0.3 * Math.tan(rotation.rot2)) / Math.cos(rotation.rot1);
      const poni2 = 0.075 + 0.3 * Math.tan(rotation.rot1);
      const ai = new AzimuthalIntegrator({ ...geometry, poni1, poni2 });
      for (const [direction, number] of [
        [270, 1],
        [0, 10],
        [90, 19],
        [180, 28],
        [40, 14],
      ] as const) {
        const spots = [{ direction, twoTheta: 7, counts: 1000, width: 0.4 }];
        const image = simulatePowder({ ...geometry, poni1, poni2, spots, noise: false });
        const { intensity } = await cake(image, ai, { npt: 40, method: { engine: "js" } });
        const totals = intensity.map((profile) => profile.reduce((sum, v) => sum + (v || 0), 0));
        expect(totals.indexOf(Math.max(...totals)) + 1).toBe(number);
        const [before, after] = [totals.at(number - 2)!, totals.at(number % 36)!];
        // The other cakes' directions are exact to the square of the tilt only.
        if (direction === 270)
          expect(Math.abs(before - after)).toBeLessThan(0.15 * (before + after + 1));
      }
    },
  );
});
