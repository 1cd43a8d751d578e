import { expect, it } from "vitest";
import { detector } from "../../src/detector/detector-factory.js";
import { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";

const shape: [number, number] = [30, 40];
const ai = new AzimuthalIntegrator({
  ...{ dist: 0.1, poni1: 0.015, poni2: 0.02, wavelength: 1e-10 },
  detector: detector({ pixel1: 1e-3, pixel2: 1e-3, shape }),
});
const image = { data: Uint16Array.from({ length: 1200 }, (_, i) => 50 + (i % 37)), shape };

it.each(["js", "wasm"] as const)(
  "a leased plan integrates until all have ended, %s",
  async (engine) => {
    const options = { unit: "2th_deg", azimuthRange: [20, 70] as const, method: { engine } };
    const [first, second] = await Promise.all([
      ai.lease({ shape, npt: 25, ...options }),
      ai.lease({ shape, npt: 25, ...options }),
    ]);
    expect(first.plan).toBe(second.plan);
    const { intensity } = await ai.integrate1d(image, 25, options);
    expect((await first.plan.integrate(image)).intensity).toEqual(intensity);
    first.end();
    // Others push the plan out of what is kept.
    for (let npt = 100; npt < 160; npt++) await ai.integrate1d(image, npt, options);
    expect((await second.plan.integrate(image)).intensity).toEqual(intensity);
    second.end();
    await expect(ai.integrate1d(image, 25, options)).resolves.toMatchObject({ intensity });
  },
);
