import { describe, expect, it } from "vitest";
import { detector } from "../../../src/detector/detector-factory.js";
import { radialUnit, radialUnitNames } from "../../../src/geometry/units.js";
import { AzimuthalIntegrator } from "../../../src/integrate/azimuthal-integrator.js";
import { type GpuGeometry, gpuGeometry } from "../../../src/integrate/engine/gpu/gpu-geometry.js";

const SHAPE: [number, number] = [90, 110];

const POSITIONS = {
  flat: { dist: 0.1, poni1: 0.0103, poni2: 0.0118, rot1: 0, rot2: 0, rot3: 0 },
  tilted: { dist: 0.2, poni1: 0.11, poni2: -0.05, rot1: 0.3, rot2: -0.45, rot3: 0.7 },
  "beside the beam": { dist: 0.05, poni1: 0.01, poni2: 0.02, rot1: 1.2, rot2: 0.2, rot3: 0 },
  "looking back": { dist: 0.1, poni1: 0.02, poni2: 0.01, rot1: 2.8, rot2: 0, rot3: 0.4 },
} as const;

const integrator = (position: keyof typeof POSITIONS): AzimuthalIntegrator =>
  new AzimuthalIntegrator({
    ...POSITIONS[position],
    detector: detector({ pixel1: 2e-4, pixel2: 3e-4, shape: SHAPE }),
    wavelength: 5e-11,
  });

const made = (ai: AzimuthalIntegrator, unit: string): Promise<GpuGeometry> => {
  const { dist, poni1, poni2, rot1, rot2, rot3, detector, wavelength } = ai;
  const geometry = { dist, poni1, poni2, rot1, rot2, rot3 };
  return gpuGeometry({ geometry, detector, wavelength }, SHAPE, radialUnit(unit));
};

/** Holds values to a few float32 roundings of themselves, or of a thousandth of the middle one. */
function expectNear(actual: Float32Array, expected: ArrayLike<number>, period = 0): void {
  const values = Array.from(expected);
  const middle = values.map(Math.abs).sort((a, b) => a - b)[values.length >> 1]!;
  expect(actual.length).toBe(values.length);
  const off = values.findIndex((value, i) => {
    let difference = Math.abs(actual[i]! - value);
    if (period > 0) difference = Math.min(difference, Math.abs(period - difference));
    return !(difference <= 2e-6 * Math.max(Math.abs(value), 1e-3 * middle, period / 10));
  });
  expect(off < 0 ? "near" : `[${off}] is ${actual[off]}, not ${values[off]}`).toBe("near");
}

describe("geometry on the GPU", () => {
  it.each(radialUnitNames())("computes %s at pixel centres", async (unit) => {
    const ai = integrator("tilted");
    const geometry = await made(ai, unit);
    expect(geometry.mode).toBe("webasm");
    const { radial, chi } = await geometry.centers();
    expectNear(radial, ai.centerArray(unit).data);
    expectNear(chi, ai.chiArray().data, 2 * Math.PI);
    await geometry.close();
  });

  it.each(Object.keys(POSITIONS) as (keyof typeof POSITIONS)[])(
    "computes centres and corners of a detector %s",
    async (position) => {
      const ai = integrator(position);
      const geometry = await made(integrator("flat"), "q_nm^-1");
      const centers = await geometry.centers(ai);
      expectNear(centers.radial, ai.centerArray("q_nm^-1").data);
      const { data } = ai.cornerArray("q_nm^-1");
      for (let corner = 0; corner < 4; corner++) {
        const { radial, chi } = await geometry.corner(corner, ai);
        const of = (part: number) => Array.from(radial, (_, i) => data[8 * i + 2 * corner + part]!);
        expectNear(radial, of(0));
        expectNear(chi, of(1), 2 * Math.PI);
      }
      await geometry.close();
    },
  );

  it("refuses a detector that is no grid, and a unit without its wavelength", async () => {
    const position = POSITIONS.flat;
    const bent = detector("Aarhus");
    await expect(
      gpuGeometry(
        { geometry: position, detector: bent, wavelength: 1e-10 },
        bent.shape!,
        radialUnit("2th_deg"),
      ),
    ).rejects.toThrow(/no flat grid/);
    const ai = integrator("flat");
    ai.wavelength = undefined;
    await expect(made(ai, "q_nm^-1")).rejects.toThrow(/wavelength/);
  });

  it("says why where no mode works", async () => {
    const setup = {
      geometry: POSITIONS.flat,
      detector: detector({ pixel1: 1e-4, pixel2: 1e-4 }),
      wavelength: undefined,
    };
    await expect(gpuGeometry(setup, SHAPE, radialUnit("r_m"), ["webgl2"])).rejects.toThrow(
      "gpu: there is no webgl2",
    );
  });
});
