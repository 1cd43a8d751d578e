import { describe, expect, it } from "vitest";
import { detector } from "../../src/detector/detector-factory.js";
import { beamCenter } from "../../src/figure/beam-center.js";
import { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";

describe("beamCenter", () => {
  const geometry = { dist: 0.25, poni1: 0.03, poni2: 0.05, rot1: 0.1, rot2: -0.2, rot3: 0.6 };

  it("is Fit2D's beam centre in parts of the image", () => {
    const frame = detector({ pixel1: 2e-4, pixel2: 1e-4, shape: [400, 500] });
    const { centerX, centerY } = new AzimuthalIntegrator({
      ...geometry,
      detector: frame,
    }).getFit2d();
    const center = beamCenter(geometry, frame, [400, 500])!;
    expect(center.x * 500).toBeCloseTo(centerX, 8);
    expect(center.y * 400).toBeCloseTo(centerY, 8);
  });

  it("follows the orientation of the image", () => {
    const plain = beamCenter(
      geometry,
      detector({ pixel1: 2e-4, pixel2: 1e-4, shape: [400, 500] }),
      [400, 500],
    )!;
    for (const [orientation, flipsY, flipsX] of [
      [1, true, true],
      [2, true, false],
      [4, false, true],
    ] as const) {
      const frame = detector({ pixel1: 2e-4, pixel2: 1e-4, shape: [400, 500], orientation });
      const center = beamCenter(geometry, frame, [400, 500])!;
      expect(center.x).toBeCloseTo(flipsX ? 1 - plain.x : plain.x, 10);
      expect(center.y).toBeCloseTo(flipsY ? 1 - plain.y : plain.y, 10);
    }
  });
});
