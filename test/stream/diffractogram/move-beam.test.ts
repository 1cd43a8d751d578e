import { expect, it } from "vitest";
import { detector } from "../../../src/detector/detector-factory.js";
import { OptionError } from "../../../src/errors.js";
import { AzimuthalIntegrator } from "../../../src/integrate/azimuthal-integrator.js";
import { integrator, level, newTool, SHAPE } from "./small-tool.js";

it("moves the beam to a place in the image, and leaves the integrator of its user alone", async () => {
  const ai = integrator();
  const tool = newTool({ ai });
  await expect(tool.moveCenter(1, 2)).rejects.toThrow(OptionError);
  await tool.put(level(3));
  await tool.moveCenter(12.25, 30.5);
  const moved = tool.ai!.getFit2d();
  expect(moved.centerX).toBeCloseTo(12.25, 9);
  expect(moved.centerY).toBeCloseTo(30.5, 9);
  expect(moved.tilt).toBeCloseTo(ai.getFit2d().tilt!, 9);
  expect(moved.directDist).toBeCloseTo(ai.getFit2d().directDist, 9);
  expect(tool.calibration).toBe("detector.poni");
  expect(ai.poni2).toBe(0.025);
  await expect(tool.moveCenter(Number.NaN, 1)).rejects.toThrow(/no place/);
});

it.each([1, 2, 3, 4] as const)(
  "moves the beam where the picture shows it, orientation %d",
  async (orientation) => {
    const tool = newTool({
      ai: new AzimuthalIntegrator({
        ...{
          dist: 0.1,
          poni1: 0.02,
          poni2: 0.025,
          rot1: 0.2,
          rot2: -0.1,
          rot3: 0.3,
          wavelength: 1e-10,
        },
        detector: detector({ pixel1: 1e-3, pixel2: 1e-3, shape: SHAPE, orientation }),
      }),
    });
    await tool.put(level(3));
    await tool.moveCenter(10.5, 30.5);
    const tth = tool.ai!.centerArray("2th_deg", SHAPE).data;
    expect(tth.indexOf(Math.min(...tth))).toBe(30 * SHAPE[1] + 10);
    expect(Math.min(...tth)).toBeLessThan(1e-6);
  },
);
