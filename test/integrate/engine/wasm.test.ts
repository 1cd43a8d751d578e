import { availableParallelism } from "node:os";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { TypedArray } from "../../../src/array.js";
import { detector } from "../../../src/detector/detector-factory.js";
import { AzimuthalIntegrator } from "../../../src/integrate/azimuthal-integrator.js";
import type { IntegrateOptions } from "../../../src/integrate/options.js";
import type { Integrate1dResult } from "../../../src/integrate/result.js";
import {
  difference,
  geometry,
  integrate,
  integrator,
  rings,
  SHAPE,
  sigmaDifference,
} from "../../support/engines.js";

describe.each([
  ["stream", { npt: 100 }, /^stream/],
  ["stream over cakes", { npt: 100, nptAzim: 12 }, /^stream/],
  ["runs", { npt: 2000 }, /^runs/],
  ["runs over cakes", { npt: 2000, nptAzim: 36 }, /^runs/],
] as const)("%s", (_, bins, mode) => {
  it.each(["no", "bbox", "full"] as const)(
    "agrees with the js engine, splitting %s",
    async (split) => {
      const options = { errorModel: "poisson", polarizationFactor: 0.99, split } as const;
      const js = await integrate(integrator(), rings, "js", bins, options);
      const wasm = await integrate(integrator(), rings, "wasm", bins, options);
      expect(wasm.engine.name).toBe("wasm");
      if (split === "full") expect(wasm.engine.mode).toMatch(mode);
      expect(difference(wasm.radial, js.radial, js.radial, -Infinity)).toBeLessThan(1e-12);
      expect(difference(wasm.intensity, js.intensity, js.count, 1)).toBeLessThan(2e-5);
      expect(difference(wasm.intensity, js.intensity, js.count, 0.01)).toBeLessThan(1e-4);
      expect(difference(wasm.sigma!, js.sigma!, js.count, 1)).toBeLessThan(1e-4);
      expect(difference(wasm.std!, js.std!, js.count, 1)).toBeLessThan(1e-4);
    },
  );

  it("has float64 weights when asked", async () => {
    const js = await integrate(integrator(), rings, "js", bins, { errorModel: "azimuthal" });
    const options = { errorModel: "azimuthal", algorithm: "csr-exact" } as const;
    const wasm = await integrate(integrator(), rings, "wasm", bins, options);
    expect(wasm.engine.mode).toMatch(/^pairs/);
    for (const name of ["intensity", "count", "sumNormalization2"] as const) {
      expect(difference(wasm[name], js[name], js.count, 0.01)).toBeLessThan(1e-7);
    }
    expect(sigmaDifference(wasm, js, 0.01)).toBeLessThan(1e-6);
  });
});

const ELEMENTS = [
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
];

it.each(ELEMENTS.map((type) => [type.name, type] as const))(
  "sums %s as they are",
  async (_, type) => {
    const largest = type === Uint32Array ? 4e9 : type === Int16Array ? 3e4 : 120;
    const sign = type === Int8Array || type === Int16Array || type === Int32Array ? -1 : 1;
    const data = new type(SHAPE[0] * SHAPE[1]).map(
      (_: number, i: number) => (i % 3 === 0 ? sign : 1) * ((i * 7919) % largest),
    ) as TypedArray;
    const image = { data, shape: SHAPE };
    for (const [npt, algorithm] of [
      [100, "csr-compact"],
      [2000, "csr-compact"],
      [2000, "csr-exact"],
    ] as const) {
      for (const errorModel of ["poisson", undefined] as const) {
        const options = { algorithm, ...(errorModel && { errorModel }) };
        const js = await integrate(integrator(), image, "js", { npt }, options);
        const wasm = await integrate(integrator(), image, "wasm", { npt }, options);
        const total = (values: Float64Array): number =>
          values.reduce((sum, value) => sum + Math.abs(value), 0);
        const scale = total(js.sumSignal) / npt;
        js.sumSignal.forEach((value, bin) => {
          expect(Math.abs(value - wasm.sumSignal[bin]!) / scale).toBeLessThan(
            algorithm === "csr-compact" ? 1e-3 : 1e-12,
          );
        });
        // What each pixel gives to all bins is what it holds, whatever its weights are rounded to.
        if (npt === 100 || algorithm === "csr-exact") {
          const [a, b] = [js.sumSignal, wasm.sumSignal].map((sums) =>
            sums.reduce((sum, value) => sum + value, 0),
          );
          expect(Math.abs(a! - b!)).toBeLessThan(1e-9 * total(js.sumSignal));
        }
      }
    }
  },
);

it("adds whole numbers above 2^24 without rounding", async () => {
  const data = new Uint32Array(SHAPE[0] * SHAPE[1]).fill(2 ** 32 - 1);
  const { intensity, count } = await integrate(
    integrator(),
    { data, shape: SHAPE },
    "wasm",
    { npt: 100 },
    {
      correctSolidAngle: false,
    },
  );
  intensity.forEach((value, bin) => {
    if (count[bin]! > 1) expect(Math.abs(value / (2 ** 32 - 1) - 1)).toBeLessThan(1e-14);
  });
});

it("does not overflow where whole numbers would", async () => {
  // Columns at full scale that lie half in one bin and half in the next: 2^16 pixels × 2^15 × 2^32 a sum.
  const shape: [number, number] = [1_000_000, 4];
  const ai = new AzimuthalIntegrator({
    dist: 1,
    poni1: 0.0005,
    poni2: -100,
    detector: detector({ pixel1: 1e-9, pixel2: 1e-5, shape }),
  });
  const data = new Uint32Array(shape[0] * shape[1]).fill(2 ** 32 - 1);
  const options = {
    unit: "r_m",
    radialRange: [100.000005, 100.000035] as [number, number],
    correctSolidAngle: false,
  };
  const { engine, intensity, count } = await integrate(
    ai,
    { data, shape },
    "wasm",
    { npt: 3 },
    options,
  );
  expect(engine.mode).toMatch(/^stream|^runs/);
  intensity.forEach((value, bin) => {
    expect(count[bin]! / shape[0]).toBeCloseTo(1, 3);
    expect(Math.abs(value / (2 ** 32 - 1) - 1)).toBeLessThan(1e-12);
  });
});

it("leaves out what is invalid in one frame only, and takes it back in the next", async () => {
  const ai = integrator();
  const broken = { data: Float32Array.from(rings.data), shape: SHAPE };
  for (let i = 0; i < 900; i++)
    broken.data[(i * 631) % broken.data.length] = [NaN, Infinity, -1][i % 3]!;
  const options = { dummy: -1, errorModel: "poisson", algorithm: "csr-exact" } as const;
  for (const image of [rings, broken, broken, rings]) {
    const js = await integrate(integrator(), image, "js", { npt: 300 }, options);
    const wasm = await integrate(ai, image, "wasm", { npt: 300 }, options);
    expect(wasm.provenance.invalidPixels).toBe(js.provenance.invalidPixels);
    for (const name of ["count", "intensity", "sigma"] as const) {
      expect(difference(wasm[name]!, js[name]!, js.count, 0.01)).toBeLessThan(1e-9);
    }
  }
});

it("agrees with the js engine in random set-ups", async () => {
  const between = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  const setup = fc.record({
    dist: between(0.03, 0.4),
    poni1: between(-0.01, 0.03),
    poni2: between(-0.01, 0.03),
    rot1: between(-0.6, 0.6),
    rot2: between(-0.6, 0.6),
    rot3: between(-3, 3),
    orientation: fc.constantFrom(1, 2, 3, 4),
    unit: fc.constantFrom("2th_deg", "q_A^-1", "r_mm", "d*2_nm^-2", "log(1+q.nm)_None"),
    split: fc.constantFrom("no", "bbox", "full"),
    npt: fc.integer({ min: 1, max: 400 }),
    nptAzim: fc.constantFrom(undefined, 1, 5, 40),
    azimuthRange: fc.constantFrom(undefined, [-180, 180], [150, 230], [0, 360], [-40, 10]),
    masked: between(0, 0.4),
    errorModel: fc.constantFrom(undefined, "poisson", "azimuthal"),
    corrections: fc.boolean(),
  });
  const property = fc.asyncProperty(setup, async (s) => {
    const shape: [number, number] = [40, 46];
    const {
      unit,
      split,
      npt,
      nptAzim,
      azimuthRange,
      masked,
      errorModel,
      corrections,
      orientation,
      ...position
    } = s;
    const make = () =>
      new AzimuthalIntegrator({
        ...position,
        wavelength: 1e-10,
        detector: detector({
          pixel1: 0.0005,
          pixel2: 0.0004,
          shape,
          orientation: orientation as 1,
        }),
      });
    const values = (f: (i: number) => number) => ({
      data: Float32Array.from({ length: 40 * 46 }, (_, i) => f(i)),
      shape,
    });
    const options: IntegrateOptions = {
      unit,
      mask: values((i) => ((i * 7919) % 1000 < 1000 * masked ? 1 : 0)),
      ...(azimuthRange && { azimuthRange: azimuthRange as [number, number] }),
      ...(errorModel && { errorModel: errorModel as "poisson" }),
      ...(corrections && {
        dark: values((i) => i % 5),
        flat: values((i) => (i % 50 === 0 ? 0 : 1 + (i % 7) / 10)),
        polarizationFactor: 0.9,
        normalizationFactor: 3,
      }),
    };
    const image = values((i) => 10 + ((i * 104729) % 997));
    const bins = nptAzim === undefined ? { npt } : { npt, nptAzim };
    const all = { ...options, algorithm: "csr-exact", split: split as "no" } as const;
    const js = await integrate(make(), image, "js", bins, all);
    const wasm = await integrate(make(), image, "wasm", bins, all);
    expect(
      difference(
        wasm.radial,
        js.radial,
        js.radial.map(() => 1),
        1,
      ),
    ).toBeLessThan(1e-12);
    // A centre that lies on a bin's edge falls to either side by the last bit.
    const least = split === "no" ? Infinity : 0.01;
    for (const name of ["count", "intensity", "sumNormalization"] as const) {
      expect(difference(wasm[name], js[name], js.count, least)).toBeLessThan(1e-7);
    }
    if (errorModel) expect(sigmaDifference(wasm, js, least)).toBeLessThan(1e-6);
    const counted = (counts: Float64Array) => counts.reduce((sum, count) => sum + count, 0);
    expect(Math.abs(counted(wasm.count) - counted(js.count))).toBeLessThan(
      split === "no" ? 3 : 1e-6,
    );
  });
  await fc.assert(property, { seed: 11, numRuns: 120 });
});

it("works for detectors that are no grid", async () => {
  const make = () => new AzimuthalIntegrator({ ...geometry, detector: detector("Pixirad1") });
  const shape: [number, number] = [476, 512];
  const data = new Uint16Array(shape[0] * shape[1]).map((_, i) => (i * 7919) % 600);
  const js = await integrate(make(), { data, shape }, "js", { npt: 200 }, {});
  const wasm = await integrate(make(), { data, shape }, "wasm", { npt: 200 }, {});
  expect(wasm.engine.mode).toMatch(/^pairs/);
  expect(difference(wasm.intensity, js.intensity, js.count, 0.01)).toBeLessThan(1e-12);
});

it("keeps frames apart that are integrated at the same time", async () => {
  const ai = integrator();
  const images = Array.from({ length: 6 }, (_, i) => ({
    data: rings.data.map((value) => value + 100 * i) as Uint16Array,
    shape: SHAPE,
  }));
  const together = await Promise.all(
    images.map((image) => integrate(ai, image, "wasm", { npt: 100 }, {})),
  );
  for (const [i, image] of images.entries()) {
    const alone = await integrate(integrator(), image, "wasm", { npt: 100 }, {});
    expect(together[i]!.intensity).toEqual(alone.intensity);
  }
});

it("gives memory back and takes it over, without a trace in the results", async () => {
  const ai = integrator();
  const all = [60, 70, 80, 2000, 90, 100, 2500];
  const expected = await Promise.all(
    all.map((npt) => integrate(integrator(), rings, "js", { npt }, {})),
  );
  const kept = await ai.plan({
    shape: SHAPE,
    npt: 65,
    unit: "2th_deg",
    method: { engine: "wasm" },
  });
  const before = await kept.integrate(rings);
  for (let round = 0; round < 3; round++) {
    const work = all.map(
      (npt) => () => integrate(ai, rings, "wasm", { npt }, { algorithm: "csr-exact" }),
    );
    const results =
      round === 1
        ? await Promise.all(work.map((run) => run()))
        : await work.reduce(
            async (done, run) => [...(await done), await run()],
            Promise.resolve<Integrate1dResult[]>([]),
          );
    for (const [i, result] of results.entries()) {
      expect(result.engine.name).toBe("wasm");
      expect(
        difference(result.intensity, expected[i]!.intensity, expected[i]!.count, 0.01),
      ).toBeLessThan(1e-9);
    }
  }
  expect((await kept.integrate(rings)).intensity).toEqual(before.intensity);
});

describe("a thread that dies", () => {
  /** Ends a thread instead of sending it a message. */
  function killThreads() {
    const { Worker } = process.getBuiltinModule("node:worker_threads");
    return vi.spyOn(Worker.prototype, "postMessage").mockImplementation(function (
      this: InstanceType<typeof Worker>,
    ) {
      void this.terminate();
    });
  }

  it("leaves a frame that it had not begun to the others", async () => {
    const plan = await integrator().plan({ shape: SHAPE, npt: 100, method: { engine: "wasm" } });
    const { intensity } = await plan.integrate(rings);
    if (/1 thread$/.test(plan.describe().engine.mode)) return;
    // A thread that looks for its next call needs no message to take it.
    await new Promise((resume) => setTimeout(resume, 50));
    const post = killThreads();
    expect((await plan.integrate(rings)).intensity).toEqual(intensity);
    expect(post).toHaveBeenCalled();
    post.mockRestore();
    expect((await plan.integrate(rings)).intensity).toEqual(intensity);
  });

  it("is an error where the work was its own, and the next call goes on", async () => {
    const plan = () => integrator().plan({ shape: SHAPE, npt: 101, method: { engine: "wasm" } });
    const post = killThreads();
    const planned = plan();
    if (availableParallelism() > 1) {
      await expect(planned).rejects.toThrow(/thread ended unexpectedly/);
    }
    post.mockRestore();
    const { engine } = await (await plan()).integrate(rings);
    expect(engine.name).toBe("wasm");
  });
});

it("stops when it is told to", async () => {
  const signal = AbortSignal.abort(new Error("enough"));
  const plan = await integrator().plan({ shape: SHAPE, npt: 100, method: { engine: "wasm" } });
  await expect(plan.integrate(rings, signal)).rejects.toThrow("enough");
  await expect(plan.integrate(rings)).resolves.toBeDefined();
});
