import { describe, expect, it } from "vitest";
import { AzimuthalIntegrator, detector } from "../../src/index.js";
import { simulatePowder, simulateScan } from "../../src/simulate/index.js";

const setup = {
  ...{ dist: 0.1, poni1: 0.0128, poni2: 0.0128, wavelength: 1.8e-11 },
  detector: detector({ pixel1: 2e-4, pixel2: 2e-4, shape: [128, 128] as [number, number] }),
};
const phases = [
  { lattice: "CeO2", fwhm: 0.3, counts: 900 },
  { lattice: "Ni", fwhm: 0.3, counts: 500 },
];
const scan = (sample: Parameters<typeof simulateScan>[0]["sample"]) => [
  ...simulateScan({ ...setup, phases, shape2d: [2, 3], sample, background: { flat: 7 } }),
];

describe("simulateScan", () => {
  it("gives an image for each point, the same ones each time", () => {
    const images = scan((slow, fast) => ({ amounts: [slow, fast / 2] }));
    expect(images.length).toBe(6);
    expect(scan((slow, fast) => ({ amounts: [slow, fast / 2] }))).toEqual(images);
    const mean = (i: number) => images[i]!.data.reduce((sum, v) => sum + v, 0) / 128 ** 2;
    expect(mean(0)).toBeCloseTo(7, 0);
    for (const [less, more] of [
      [0, 1],
      [1, 2],
      [0, 3],
      [3, 4],
    ] as const) {
      expect(mean(more)).toBeGreaterThan(mean(less) + 0.2);
    }
  });

  it("has the counts that simulatePowder expects", () => {
    const [image] = scan(() => ({ amounts: [1, 1] }));
    const expected = simulatePowder({
      ...setup,
      phases,
      background: { flat: 7 },
      noise: false,
      dtype: "float32",
    }).data;
    let chi2 = 0;
    for (const [i, mean] of expected.entries()) chi2 += (image!.data[i]! - mean) ** 2 / mean;
    expect(chi2 / expected.length).toBeGreaterThan(0.95);
    expect(chi2 / expected.length).toBeLessThan(1.05);
  });

  it("moves the rings of strained phases", async () => {
    const images = scan((_, fast) => ({ amounts: [1, 0], strains: [0.001 * (fast - 1)] }));
    const ai = new AzimuthalIntegrator(setup);
    const center = async (i: number): Promise<number> => {
      const { radial, intensity } = await ai.integrate1d(images[i]!, 400, {
        unit: "2th_deg",
        radialRange: [5.7, 7.1],
        method: { engine: "js" },
      });
      const above = intensity.map((value) => Math.max(0, value - 60));
      const mass = above.reduce((sum, value) => sum + value, 0);
      return above.reduce((sum, value, k) => sum + value * radial[k]!, 0) / mass;
    };
    const [low, middle, high] = [await center(0), await center(1), await center(2)];
    expect(low - high).toBeCloseTo(
      0.002 * 2 * Math.tan((middle * Math.PI) / 360) * (180 / Math.PI),
      3,
    );
  });

  it("refuses what does not fit", () => {
    expect(() => scan(() => ({ amounts: [1] }))).toThrow(/one amount.* 2 phases/);
    expect(() => scan(() => ({ amounts: [1, 1], strains: [0.5] }))).toThrow(/strainRange/);
  });
});
