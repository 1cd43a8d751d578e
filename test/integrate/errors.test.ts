import { describe, expect, it } from "vitest";
import { detector } from "../../src/detector/detector-factory.js";
import { OptionError, ShapeError } from "../../src/errors.js";
import { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import type { IntegrateOptions } from "../../src/integrate/options.js";

const shape: [number, number] = [12, 14];
const image = { data: new Float32Array(12 * 14).fill(3), shape };
const small = { data: new Float32Array(9), shape: [3, 3] as [number, number] };
const position = { dist: 0.1, poni1: 0.001, poni2: 0.002, wavelength: 1e-10 };
const integrator = (): AzimuthalIntegrator =>
  new AzimuthalIntegrator({ ...position, detector: detector({ pixel1: 1e-4, shape }) });

async function failure(work: () => Promise<unknown>): Promise<Error> {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error("it did not fail");
}

describe("wrong options are refused with the choices", () => {
  it.each<[string, Record<string, unknown>, RegExp]>([
    ["unit", { unit: "2th_degrees" }, /2th_deg\b/],
    ["unit of azimuth", { unit: "chi_deg" }, /2th_deg/],
    ["option by pyFAI's name", { polarization_factor: 0.99 }, /polarizationFactor/],
    ["option with a slip", { radialrange: [1, 2] }, /radialRange/],
    ["error model", { errorModel: "gauss" }, /poisson, azimuthal/],
    ["beginning of an error model", { errorModel: "p" }, /poisson/],
    ["splitting", { method: { split: "pseudo" } }, /no.*bbox.*full/],
    ["method in one word", { method: "fool_csr" }, /full/],
    ["engine", { method: { engine: "opencl" } }, /js/],
    ["polarization", { polarizationFactor: 1.5 }, /-?−?1 to 1/],
    ["radial range", { radialRange: [5, 2] }, /low < high/],
    ["radial range with NaN", { radialRange: [Number.NaN, 2] }, /NaN/],
    ["azimuth range over a turn", { azimuthRange: [0, 400] }, /360/],
    ["normalization", { normalizationFactor: 0 }, /0/],
    ["negative tolerance", { dummy: 1, deltaDummy: -1 }, /0 or more/],
  ])("%s", async (_, options, choices) => {
    const error = await failure(() => integrator().integrate1d(image, 10, options));
    expect(error).toBeInstanceOf(OptionError);
    expect(error.message).toMatch(choices);
  });

  it.each([0, -3, 2.5, Number.NaN, Infinity])("%s bins", async (npt) => {
    const ai = integrator();
    expect(await failure(() => ai.integrate1d(image, npt))).toBeInstanceOf(OptionError);
    expect(await failure(() => ai.integrate2d(image, 10, npt))).toBeInstanceOf(OptionError);
  });

  it("a unit that needs a wavelength, without one", async () => {
    const { wavelength, ...rest } = position;
    const ai = new AzimuthalIntegrator({ ...rest, detector: detector({ pixel1: 1e-4 }) });
    expect((await failure(() => ai.integrate1d(image, 10))).message).toMatch(/wavelength/);
    expect((await ai.integrate1d(image, 10, { unit: "2th_deg" })).intensity.length).toBe(10);
    ai.wavelength = wavelength;
    expect((await ai.integrate1d(image, 10)).unit).toBe("q_nm^-1");
  });

  it("a geometry that is not made of numbers", async () => {
    expect(() => new AzimuthalIntegrator({ ...integrator(), dist: Number.NaN })).toThrow(
      OptionError,
    );
    const ai = integrator();
    ai.rot1 = Infinity;
    expect((await failure(() => ai.integrate1d(image, 10))).message).toMatch(/rot1/);
  });

  it("a mask that leaves no pixel", async () => {
    const mask = { data: new Uint8Array(12 * 14).fill(1), shape };
    expect((await failure(() => integrator().integrate1d(image, 10, { mask }))).message).toMatch(
      /every pixel is masked/,
    );
  });
});

describe("images that do not fit are refused with both shapes", () => {
  it.each(["mask", "dark", "flat", "variance"] as const)("%s", async (what) => {
    const options: IntegrateOptions = { [what]: small };
    const error = await failure(() => integrator().integrate1d(image, 10, options));
    expect(error).toBeInstanceOf(ShapeError);
    expect(error.message).toMatch(new RegExp(`${what}.*3 × 3.*12 × 14`));
  });

  it("the image itself", async () => {
    const error = await failure(() => integrator().integrate2d(small, 10, 4));
    expect(error).toBeInstanceOf(ShapeError);
    expect(error.message).toMatch(/3 × 3.*12 × 14/);
  });

  it("data that does not fill its shape", async () => {
    const torn = { data: new Float32Array(100), shape };
    expect(await failure(() => integrator().integrate1d(torn, 10))).toBeInstanceOf(ShapeError);
  });
});

describe("a call that is given up", () => {
  it("rejects with the signal's reason", async () => {
    const reason = new Error("enough");
    const signal = AbortSignal.abort(reason);
    expect(await failure(() => integrator().integrate1d(image, 10, { signal }))).toBe(reason);
  });
});
