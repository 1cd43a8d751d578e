import { describe, expect, it } from "vitest";
import { cake } from "../../src/cake/cake.js";
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
    ["range of three", { radialRange: [1, 2, 3] }, /low, high/],
    ["range that is a number", { azimuthRange: 3 }, /low, high/],
    ["polarization in words", { polarizationFactor: "0.9" }, /-?−?1 to 1/],
    ["solid angle in words", { correctSolidAngle: "no" }, /true or false/],
    ["empty in words", { empty: "none" }, /number/],
    ["mask that is an array alone", { mask: new Uint8Array(12 * 14) }, /data, shape/],
    ["no method", { method: null }, /no, bbox or full/],
    ["name that every object has", { method: "constructor" }, /no, bbox or full/],
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

  it("a detector that is only named, and an option of the geometry with a slip", () => {
    const make = (options: object) => () =>
      new AzimuthalIntegrator({ ...integrator(), ...options });
    expect(make({ detector: "Pilatus1M" })).toThrow(/detector\("Pilatus1M"\)/);
    expect(make({ distance: 0.2 })).toThrow(/choose from dist/);
  });

  it("2D without a number of azimuthal bins", async () => {
    const missing = undefined as unknown as number;
    const error = await failure(() => integrator().integrate2d(image, 10, missing));
    expect(error.message).toMatch(/^nptAzim/);
  });

  it.each(["azimuthRange", "filename"])("%s of cakes, which have their own", async (name) => {
    const error = await failure(() => cake(image, integrator(), { npt: 5, [name]: [0, 90] }));
    expect(error.message).toMatch(new RegExp(`^${name}.*integrate2d`));
  });

  it.each([undefined, new Float32Array(168), { data: new BigInt64Array(168), shape }])(
    "what is no image (%#)",
    async (none) => {
      const error = await failure(() => integrator().integrate1d(none as never, 10));
      expect(error).toBeInstanceOf(OptionError);
      expect(error.message).toMatch(/data, shape/);
    },
  );

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

  it("rejects also while another call builds the plan for both", async () => {
    const ai = integrator();
    const control = new AbortController();
    const first = ai.integrate1d(image, 10);
    const second = failure(() => ai.integrate1d(image, 10, { signal: control.signal }));
    control.abort();
    expect((await second).name).toBe("AbortError");
    expect((await first).intensity.length).toBe(10);
  });
});

it("refuses a variance below zero, but not under the mask", async () => {
  const variance = { data: new Float32Array(12 * 14).fill(2), shape };
  variance.data[17] = -1;
  const error = await failure(() => integrator().integrate1d(image, 10, { variance }));
  expect(error).toBeInstanceOf(OptionError);
  expect(error.message).toMatch(/variance.*row 1, column 3/);
  const mask = { data: new Uint8Array(12 * 14), shape };
  mask.data[17] = 1;
  const { sigma } = await integrator().integrate1d(image, 10, { variance, mask });
  expect(sigma!.every((value) => value >= 0 || Number.isNaN(value))).toBe(true);
});
