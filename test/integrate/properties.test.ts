import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Image, TypedArray } from "../../src/array.js";
import { detector } from "../../src/detector/detector-factory.js";
import { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import type { IntegrateOptions, Split } from "../../src/integrate/options.js";
import type { Integrate1dResult } from "../../src/integrate/result.js";
import { largest, sum } from "../support/numbers.js";
import { fractions, holdsBeam, limits, outlines } from "../support/plain.js";

const SPLITS: Split[] = ["no", "bbox", "full"];
const DEGREE = Math.PI / 180;
const SHAPE: [number, number] = [40, 45];
const PIXELS = SHAPE[0] * SHAPE[1];

const integrator = (): AzimuthalIntegrator =>
  new AzimuthalIntegrator({
    dist: 0.1,
    poni1: 0.0103,
    poni2: 0.0118,
    rot1: 0.05,
    rot2: -0.08,
    rot3: 0.3,
    detector: detector({ pixel1: 0.0006, pixel2: 0.0005, shape: SHAPE }),
    wavelength: 1e-10,
  });

const imageOf = (value: (pixel: number) => number): Image<Float64Array> => ({
  data: Float64Array.from({ length: PIXELS }, (_, pixel) => value(pixel)),
  shape: SHAPE,
});
const ones = imageOf(() => 1);
/** Varied without a pattern that bins could follow. */
const varied = imageOf((pixel) => 10 + ((pixel * 7919) % 101));

function expectSame(actual: TypedArray, expected: TypedArray, tolerance = 1e-10): void {
  expect(actual.length).toBe(expected.length);
  const scale = largest(expected);
  const off = actual.findIndex(
    (value, bin) => !(Math.abs(value - expected[bin]!) <= tolerance * scale),
  );
  expect(off < 0 ? "same" : `[${off}] is ${actual[off]}, not ${expected[off]}`).toBe("same");
}

it("gives results that may be written into", async () => {
  const ai = integrator();
  const first = await ai.integrate1d(varied, 20);
  for (const values of Object.values(first)) if (values instanceof Float64Array) values.fill(0);
  const second = await ai.integrate1d(varied, 20);
  const fresh = await integrator().integrate1d(varied, 20);
  expect(second).toEqual(fresh);
});

describe.each(SPLITS)("splitting %s", (split) => {
  const method = { split, engine: "js" } as const;
  const everywhere: IntegrateOptions = { unit: "2th_deg", radialRange: [0, 60], method };

  it("gives 1 everywhere for an image of ones", async () => {
    const options = { unit: "2th_deg", correctSolidAngle: false, method } as const;
    const ai = integrator();
    const results = [
      await ai.integrate1d(ones, 90, options),
      await ai.integrate1d(ones, 90, { ...options, azimuthRange: [100, 260.5] }),
      await ai.integrate2d(ones, 60, 17, options),
      await ai.integrate2d(ones, 60, 17, { ...options, radialRange: [3.03, 11.1] }),
      await ai.integrate2d(ones, 60, 17, { ...options, azimuthRange: [-35, 325] }),
    ];
    for (const { intensity, count } of results) {
      const reached = intensity.filter((_, bin) => count[bin]! > 0);
      expect(reached.length).toBeGreaterThan(20);
      for (const value of reached) expect(value).toBeCloseTo(1, 12);
      expect(intensity.filter((value) => Number.isNaN(value)).length).toBe(
        count.filter((value) => value === 0).length,
      );
    }
  });

  it("gives 1 in a sector whose every pixel is 1, whatever lies beside it", async () => {
    const ai = integrator();
    const [chi, delta] = [ai.chiArray().data, ai.deltaChi().data];
    const beam = holdsBeam(ai);
    const touches = imageOf((pixel) => {
      if (beam[pixel]) return 1;
      const [low, high] = [chi[pixel]! - delta[pixel]!, chi[pixel]! + delta[pixel]!];
      return high >= 20 * DEGREE && low <= 50 * DEGREE ? 1 : 1e6;
    });
    expect(sum(touches.data)).toBeGreaterThan(1e8);
    const options: IntegrateOptions = {
      ...everywhere,
      azimuthRange: [20, 50],
      correctSolidAngle: false,
    };
    const { intensity } = await ai.integrate2d(touches, 1, 3, options);
    for (const value of intensity) expect(value).toBeCloseTo(1, 12);
    const profile = await ai.integrate1d(touches, 40, options);
    for (const value of profile.intensity.filter((value) => !Number.isNaN(value))) {
      expect(value).toBeCloseTo(1, 12);
    }
  });

  it("loses no pixel across ±180° or round the circle", async () => {
    const ai = integrator();
    const counted = async (azimuthRange: [number, number], cakes: number): Promise<number> =>
      sum((await ai.integrate2d(varied, 50, cakes, { ...everywhere, azimuthRange })).count);
    expect(await counted([0, 360], 36)).toBeCloseTo(PIXELS, 8);
    expect(await counted([-180, 180], 7)).toBeCloseTo(PIXELS, 8);
    expect(await counted([133.3, 493.3], 36)).toBeCloseTo(PIXELS, 8);
    const across = await counted([150, 210], 5);
    expect(across).toBeGreaterThan(PIXELS / 50);
    expect(across + (await counted([210, 510], 5))).toBeCloseTo(PIXELS, 8);
    expect(across).toBeCloseTo((await counted([150, 180], 2)) + (await counted([180, 210], 2)), 8);
    expect(sum((await ai.integrate1d(varied, 50, everywhere)).count)).toBeCloseTo(PIXELS, 8);
  });

  it("integrates over a range of azimuth what its cakes hold together", async () => {
    const ai = integrator();
    const options: IntegrateOptions = {
      ...everywhere,
      azimuthRange: [77.7, 201.3],
      polarizationFactor: 0.9,
    };
    const profile = await ai.integrate1d(varied, 80, options);
    const cakes = await ai.integrate2d(varied, 80, 9, options);
    for (const name of ["count", "sumSignal", "sumNormalization"] as const) {
      const together = profile[name].map((_, bin) =>
        sum(cakes[name].filter((_, at) => at % 80 === bin)),
      );
      expectSame(together, profile[name]);
    }
  });

  it("gives bins that do not depend on where the range ends", async () => {
    const ai = integrator();
    const within = (radialRange: [number, number], npt: number) =>
      ai.integrate1d(varied, npt, { ...everywhere, radialRange });
    const [part, all] = [await within([3, 6], 60), await within([1, 9], 160)];
    expectSame(part.sumSignal, all.sumSignal.slice(40, 100));
    expectSame(part.count, all.count.slice(40, 100));
  });

  it("is linear in the image", async () => {
    const ai = integrator();
    const other = imageOf((pixel) => (pixel * 31) % 17);
    const both = imageOf((pixel) => 2.5 * varied.data[pixel]! - 3 * other.data[pixel]!);
    const of = async (image: Image): Promise<Float64Array> =>
      (await ai.integrate2d(image, 30, 8, everywhere)).sumSignal;
    const [a, b] = [await of(varied), await of(other)];
    expectSame(
      await of(both),
      a.map((value, bin) => 2.5 * value - 3 * b[bin]!),
    );
  });

  it("gives the same bytes on every run", async () => {
    const options: IntegrateOptions = { ...everywhere, errorModel: "azimuthal" };
    const bytes = (result: Integrate1dResult): string =>
      [result.intensity, result.sigma!, result.count, result.sumSignal]
        .map((array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength))
        .map((buffer) => buffer.toString("base64"))
        .join();
    const ai = integrator();
    const first = bytes(await ai.integrate2d(varied, 40, 11, options));
    await ai.integrate2d(ones, 40, 11, options);
    expect(bytes(await ai.integrate2d(varied, 40, 11, options))).toBe(first);
    expect(bytes(await integrator().integrate2d(varied, 40, 11, options))).toBe(first);
  });

  it("leaves out NaN and ±Infinity as if they were masked, and counts them", async () => {
    const ai = integrator();
    const bad = [3, 500, 501, 1203];
    const holes = imageOf((pixel) => varied.data[pixel]!);
    bad.forEach((pixel, i) => {
      holes.data[pixel] = [Number.NaN, Infinity, -Infinity, Number.NaN][i]!;
    });
    const mask = imageOf((pixel) => (bad.includes(pixel) ? 1 : 0));
    const [found, masked] = [
      await ai.integrate1d(holes, 60, { ...everywhere, errorModel: "poisson" }),
      await ai.integrate1d(varied, 60, { ...everywhere, errorModel: "poisson", mask }),
    ];
    expectSame(found.count, masked.count);
    expectSame(found.sumSignal, masked.sumSignal);
    expectSame(found.sumVariance!, masked.sumVariance!);
    expectSame(found.sumNormalization2, masked.sumNormalization2);
    expect(found.provenance).toMatchObject({ invalidPixels: 4, maskedPixels: 0 });
    expect(masked.provenance).toMatchObject({ invalidPixels: 0, maskedPixels: 4 });
  });

  it("keeps unsigned 32-bit integers exact", async () => {
    const options: IntegrateOptions = { ...everywhere, correctSolidAngle: false };
    for (const value of [2 ** 24 + 1, 2 ** 32 - 1]) {
      const data = new Uint32Array(PIXELS).fill(value);
      const result = await integrator().integrate1d({ data, shape: SHAPE }, 30, options);
      const reached = result.intensity.filter((_, bin) => result.count[bin]! > 0);
      for (const intensity of reached) expect(intensity / value).toBeCloseTo(1, 13);
      expect(sum(result.sumSignal) / value).toBeCloseTo(PIXELS, 8);
    }
  });

  it("follows its definition in random geometries", async () => {
    const angle = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });
    const geometry = fc.record({
      dist: fc.double({ min: 0.02, max: 0.2, noNaN: true }),
      poni1: angle(0.02),
      poni2: angle(0.02),
      rot1: angle(0.6),
      rot2: angle(0.6),
      rot3: angle(3),
      start: angle(200),
      width: fc.double({ min: 5, max: 360, noNaN: true }),
      orientation: fc.constantFrom(1, 2, 3, 4),
    });
    await fc.assert(
      fc.asyncProperty(geometry, async ({ start, width, orientation, ...position }) => {
        const shape: [number, number] = [6, 7];
        const ai = new AzimuthalIntegrator({
          ...position,
          detector: detector({
            pixel1: 0.002,
            pixel2: 0.0017,
            shape,
            orientation: orientation as 1 | 2 | 3 | 4,
          }),
        });
        // Around the beam azimuth is not a matter of straight edges: no pixel is larger than this.
        const beam = ai.centerArray("r_m").data.map((r) => (r < 0.003 ? 1 : 0));
        const image = { data: Float64Array.from(beam, (_, i) => 5 + ((i * 13) % 11)), shape };
        const mask = { data: Uint8Array.from(beam), shape };
        const { data } = ai.centerArray("2th_deg");
        const radialRange: [number, number] = [
          Math.min(...data) * 0.9,
          (Math.min(...data) + 2 * Math.max(...data)) / 3,
        ];
        const azimuthRange: [number, number] = [start, start + width];
        const options: IntegrateOptions = {
          unit: "2th_deg",
          radialRange,
          azimuthRange,
          mask,
          correctSolidAngle: false,
          method,
        };
        const result = await ai.integrate2d(image, 5, 4, options);
        const axes = [
          limits(radialRange, 5),
          limits([start * DEGREE, (start + width) * DEGREE], 4),
        ] as const;
        const count = new Float64Array(20);
        const signal = new Float64Array(20);
        outlines(ai, "2th_deg", split).forEach((outline, pixel) => {
          if (beam[pixel]) return;
          fractions(outline, axes[0], axes[1]).forEach((fraction, bin) => {
            count[bin]! += fraction;
            signal[bin]! += fraction * image.data[pixel]!;
          });
        });
        expectSame(result.count, count, 1e-9);
        expectSame(result.sumSignal, signal, 1e-9);
      }),
      { seed: 20261120, numRuns: 150 },
    );
  });
});

describe("an integrator", () => {
  it("is rebuilt when its geometry is set", async () => {
    const ai = integrator();
    const before = await ai.integrate1d(varied, 50);
    ai.dist = 0.12;
    ai.rot3 = -1;
    const after = await ai.integrate1d(varied, 50);
    const { dist, poni1, poni2, rot1, rot2, rot3, wavelength, detector } = ai;
    const fresh = new AzimuthalIntegrator({
      ...{ dist, poni1, poni2, rot1, rot2, rot3, wavelength, detector },
    });
    const expected = await fresh.integrate1d(varied, 50);
    expect(after.intensity).toEqual(expected.intensity);
    expect(after.radial).toEqual(expected.radial);
    expect(after.radial).not.toEqual(before.radial);
  });

  it("sees a mask that was changed in place", async () => {
    const ai = integrator();
    const mask = { data: new Uint8Array(PIXELS), shape: SHAPE };
    const all = await ai.integrate1d(varied, 50, { mask });
    mask.data.fill(1, 0, 100);
    const fewer = await ai.integrate1d(varied, 50, { mask });
    expect(sum(all.count) - sum(fewer.count)).toBeCloseTo(100, 6);
  });

  it("applies a user's mask in addition to the detector's", async () => {
    const named = detector("Pilatus100k");
    const gaps = detector("Pilatus300k");
    const shape = gaps.shape! as [number, number];
    expect(named.mask(named.shape!)?.includes(1) ?? false).toBe(false);
    const ai = new AzimuthalIntegrator({ dist: 0.2, poni1: 0.3, poni2: 0.1, detector: gaps });
    const data = new Int32Array(shape[0] * shape[1]).fill(1);
    const own = gaps.mask(shape)!;
    const user = Uint8Array.from(own, (_, pixel) => (pixel % 3 === 0 ? 1 : 0));
    const good = own.filter((masked, pixel) => !masked && !user[pixel]).length;
    const options = { unit: "2th_deg", mask: { data: user, shape } };
    const { count, provenance } = await ai.integrate1d({ data, shape }, 100, options);
    expect(sum(count)).toBeCloseTo(good, 5);
    expect(provenance).toMatchObject({ hasUserMask: true, hasDetectorMask: true });
  });

  it("leaves out what a Dectris detector writes for bad pixels, and says so", async () => {
    const pilatus = detector("Pilatus100k");
    const shape = pilatus.shape! as [number, number];
    const ai = new AzimuthalIntegrator({ dist: 0.2, poni1: 0.3, poni2: 0.1, detector: pilatus });
    const data = new Int32Array(shape[0] * shape[1]).fill(7);
    data.fill(-2, 1000, 1010);
    const result = await ai.integrate1d({ data, shape }, 100, { unit: "2th_deg" });
    expect(result.provenance).toMatchObject({ dummy: -2, invalidPixels: 10 });
    expect(sum(result.count)).toBeCloseTo(shape[0] * shape[1] - 10, 6);
  });
});
