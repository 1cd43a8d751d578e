import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Image, TypedArray } from "../../../src/array.js";
import { detector } from "../../../src/detector/detector-factory.js";
import { AzimuthalIntegrator } from "../../../src/integrate/azimuthal-integrator.js";
import type { BinSums, Engine } from "../../../src/integrate/engine/engine.js";
import { type GpuEngineOptions, gpuEngine } from "../../../src/integrate/engine/gpu/gpu-engine.js";
import { jsEngine } from "../../../src/integrate/engine/js/js-engine.js";
import type { IntegrateOptions } from "../../../src/integrate/options.js";
import { PixelBinsBuilder } from "../../../src/integrate/pixel-bins.js";
import { buildPlanData, type PlanData, type Setup } from "../../../src/integrate/plan-data.js";
import { resolveSettings, type Settings } from "../../../src/integrate/settings.js";
import { type NoticeHook, setNoticeHook } from "../../../src/notice.js";
import {
  hasShared,
  integrateCase,
  ownCases,
  type ReferenceCase,
  sharedCases,
} from "../../support/reference-cases.js";

const SHAPE: [number, number] = [60, 70];
const PIXELS = SHAPE[0] * SHAPE[1];
const DETECTOR = detector({ pixel1: 6e-4, pixel2: 5e-4, shape: SHAPE });
const GEOMETRY = { dist: 0.1, poni1: 0.0103, poni2: 0.0118, rot1: 0.05, rot2: -0.08, rot3: 0.3 };
const SETUP: Setup = { geometry: GEOMETRY, detector: DETECTOR, wavelength: 1e-10 };
const MODE = { name: "gpu", mode: "webasm" };

let notices: string[];
let previous: NoticeHook | undefined;
beforeEach(() => {
  notices = [];
  previous = setNoticeHook((text) => notices.push(text));
});
afterEach(() => {
  setNoticeHook(previous);
});

/** Holds what was summed to 1e-5 where at least one pixel counts. */
function expectAgreement(gpu: BinSums, js: BinSums): void {
  const bins = [...js.count.keys()].filter((bin) => js.count[bin]! >= 1);
  expect(bins.length).toBeGreaterThan(js.count.length / 5);
  expect(gpu.invalidPixels).toBe(js.invalidPixels);
  for (const name of ["signal", "variance", "count", "normalization"] as const) {
    const [actual, expected] = [gpu[name], js[name]];
    expect(actual === undefined).toBe(expected === undefined);
    const off = bins.filter(
      (bin) =>
        expected !== undefined &&
        !(Math.abs(actual![bin]! - expected[bin]!) <= 1e-5 * Math.abs(expected[bin]!)),
    );
    expect(off, `bins of ${name} over 1e-5`).toEqual([]);
  }
}

interface Pair {
  readonly gpu: Engine;
  readonly js: Engine;
}

async function engines(
  options: IntegrateOptions = {},
  gpuOptions: GpuEngineOptions = {},
  nptAzim?: number,
): Promise<Pair> {
  const settings = resolveSettings(SHAPE, 50, nptAzim, options);
  const plan = await buildPlanData(SETUP, SHAPE, settings);
  return {
    gpu: await gpuEngine(plan, settings, DETECTOR, gpuOptions),
    js: jsEngine(plan, settings, DETECTOR),
  };
}

async function compare({ gpu, js }: Pair, image: Image): Promise<void> {
  expectAgreement(await gpu.integrate(image), await js.integrate(image));
  expect(gpu.info).toEqual(MODE);
  expect(notices).toEqual([]);
}

const imageOf = <T extends TypedArray>(data: T): Image<T> => ({ data, shape: SHAPE });
const counts = (most: number) => (_: unknown, pixel: number) => (pixel * 7919) % most;
const filled = <T extends TypedArray>(type: { from(list: number[]): T }, most: number): Image<T> =>
  imageOf(type.from(Array.from({ length: PIXELS }, counts(most))));

describe("the gpu engine and the plain one", () => {
  it.each([
    ["uint8", filled(Uint8Array, 256)],
    ["int8", filled(Int8Array, 128)],
    ["uint16", filled(Uint16Array, 65536)],
    ["int16", filled(Int16Array, 32768)],
    ["uint32 above 2²⁴", filled(Uint32Array, 2 ** 32)],
    ["int32 above 2²⁴", filled(Int32Array, 2 ** 31)],
    ["float32", imageOf(Float32Array.from({ length: PIXELS }, (_, i) => 1 + Math.sin(i) ** 2))],
    ["float32 near its end", imageOf(new Float32Array(PIXELS).fill(3e38))],
    [
      "float64 beyond float32",
      imageOf(Float64Array.from({ length: PIXELS }, counts(1e3)).map((v) => v * 1e250)),
    ],
    [
      "float64 below float32",
      imageOf(Float64Array.from({ length: PIXELS }, counts(1e3)).map((v) => v * 1e-200)),
    ],
    ["zeros", imageOf(new Float64Array(PIXELS))],
  ])("agree on %s", async (_, image) => compare(await engines(), image));

  it.each([
    ["Poisson errors", { errorModel: "poisson" }],
    ["hybrid errors", { errorModel: "hybrid" }],
    ["azimuthal errors", { errorModel: "azimuthal" }],
    ["a variance", { variance: imageOf(Float32Array.from({ length: PIXELS }, (_, i) => i % 17)) }],
    ["a dark image", { dark: imageOf(new Uint16Array(PIXELS).fill(40)), errorModel: "poisson" }],
    ["no splitting", { method: { split: "no" } }],
    ["bounding boxes", { method: { split: "bbox" } }],
  ] as [string, IntegrateOptions][])("agree with %s", async (_, options) => {
    const data = Uint16Array.from({ length: PIXELS }, (_, i) => 50 + ((i * 7919) % 999));
    await compare(await engines(options), imageOf(data));
    await compare(await engines(options, {}, 7), imageOf(data));
  });

  it("agree on pixels that are invalid in one frame only, and on the next frame", async () => {
    const mask = imageOf(new Uint8Array(PIXELS));
    const data = Float32Array.from({ length: PIXELS }, counts(1000));
    mask.data.fill(1, 0, 300);
    data.fill(Number.NaN, 0, 300);
    const pair = await engines({ mask, dummy: 77, errorModel: "poisson" });
    const holes = data.slice();
    [Number.NaN, Infinity, -Infinity, 77].forEach((value, i) => {
      holes.fill(value, 900 + 50 * i, 930 + 50 * i);
    });
    await compare(pair, imageOf(holes));
    await compare(pair, imageOf(data));
  });

  it("agree when a plan is divided among kernels", async () => {
    const data = Uint16Array.from({ length: PIXELS }, counts(999));
    for (const limits of [{ pixels: 777 }, { entries: 1000 }, { pixels: 1234, entries: 500 }]) {
      await compare(await engines({ errorModel: "poisson" }, { limits }, 9), imageOf(data));
    }
  });

  it("agree in random plans", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 400 }),
        fc.option(fc.integer({ min: 1, max: 20 }), { nil: undefined }),
        fc.constantFrom("no", "bbox", "full"),
        fc.integer({ min: 500, max: 5000 }),
        async (npt, nptAzim, split, pixels) => {
          const settings = resolveSettings(SHAPE, npt, nptAzim, { method: { split } });
          const plan = await buildPlanData(SETUP, SHAPE, settings);
          const image = imageOf(
            Uint16Array.from({ length: PIXELS }, (_, i) => 1 + ((i * 31) % 997)),
          );
          const gpu = await gpuEngine(plan, settings, DETECTOR, { limits: { pixels } });
          const [a, b] = [
            await gpu.integrate(image),
            await jsEngine(plan, settings, DETECTOR).integrate(image),
          ];
          expect(gpu.info).toEqual(MODE);
          b.signal.forEach((sum, bin) => {
            if (b.count[bin]! >= 1) expect(Math.abs(a.signal[bin]! / sum - 1)).toBeLessThan(1e-5);
          });
        },
      ),
      { seed: 20261120, numRuns: 25 },
    );
  });

  it("agree on an image of more pixels than float32 counts", async () => {
    const shape: [number, number] = [4200, 4100];
    const pixels = shape[0] * shape[1];
    const builder = new PixelBinsBuilder(pixels, 3);
    for (let pixel = 0; pixel < pixels; pixel++) {
      // Odd numbers above 2²⁴ are what float32 has not.
      if (pixel % 1001 === 0 || pixel > pixels - 999) builder.add(pixel % 2, 0.75);
      builder.next();
    }
    const mask = new Uint8Array(pixels);
    const settings: Settings = resolveSettings(shape, 3, undefined);
    const plan: PlanData = {
      shape,
      axes: { radial: { low: 0, high: 1, bins: 3 }, azimuth: undefined },
      pixels: builder.finish(),
      mask,
      normalization: new Float64Array(pixels).fill(1),
      hasDetectorMask: false,
      maskedPixels: 0,
    };
    const image: Image = { data: Uint16Array.from(mask, (_, i) => 1 + (i % 2) * 999), shape };
    const gpu = await gpuEngine(plan, settings, DETECTOR);
    const js = jsEngine(plan, settings, DETECTOR);
    expectAgreement(await gpu.integrate(image), await js.integrate(image));
    expect(gpu.info).toEqual(MODE);
  });

  it("agree through the integrator, whose result names the mode", async () => {
    const ai = new AzimuthalIntegrator({ ...GEOMETRY, detector: DETECTOR, wavelength: 1e-10 });
    const image = filled(Uint16Array, 999);
    const plan = await ai.plan({ shape: SHAPE, npt: 40, nptAzim: 5, method: "full_gpu" });
    const result = await plan.integrate(image);
    const plain = await ai.integrate2d(image, 40, 5, { method: "full_js" });
    expect(result.engine).toEqual(MODE);
    expect(plan.describe()).toMatchObject({ engine: MODE, encoding: { name: "sub-rows" } });
    result.intensity.forEach((value, bin) => {
      if (plain.count[bin]! >= 1) expect(value / plain.intensity[bin]!).toBeCloseTo(1, 5);
    });
  });

  it("take images that come at the same time one after another", async () => {
    const pair = await engines(
      { dark: imageOf(new Uint8Array(PIXELS).fill(1)) },
      { limits: { pixels: 999 } },
    );
    const images = [1, 2, 3].map((n) => imageOf(new Uint16Array(PIXELS).fill(100 * n)));
    const together = await Promise.all(images.map((image) => pair.gpu.integrate(image)));
    for (const [i, sums] of together.entries()) {
      expectAgreement(sums, await pair.js.integrate(images[i]!));
    }
  });
});

describe("a gpu engine that cannot go on", () => {
  const image = filled(Uint16Array, 999);

  it("gives way where no mode is there, with one notice and the truth in the result", async () => {
    const { gpu, js } = await engines({}, { modes: ["webgl2", "webgl"] });
    await engines({}, { modes: ["webgl2", "webgl"] });
    expect(gpu.info).toEqual(js.info);
    expectAgreement(await gpu.integrate(image), await js.integrate(image));
    expect(notices).toEqual([
      "The gpu engine gave way to js: there is no webgl2, there is no webgl.",
    ]);
  });

  it("gives way to the engine that is named next", async () => {
    const { js } = await engines();
    const other: Engine = { ...js, info: { name: "wasm", mode: "simd" } };
    const { gpu } = await engines({}, { modes: [], next: () => other });
    expect(gpu.info).toEqual({ name: "wasm", mode: "simd" });
    expect(notices).toHaveLength(1);
  });

  it("stops when asked to, without giving way", async () => {
    const { gpu } = await engines();
    await expect(gpu.integrate(image, AbortSignal.abort(new Error("enough")))).rejects.toThrow(
      "enough",
    );
    await gpu.integrate(image);
    expect(gpu.info).toEqual(MODE);
    expect(notices).toEqual([]);
  });
});

describe("the gpu engine on the reference cases", () => {
  async function check(c: ReferenceCase): Promise<void> {
    const [gpu, js] = [await integrateCase(c, "gpu"), await integrateCase(c, "js")];
    expect(gpu.engine).toEqual(MODE);
    const bins = [...js.count.keys()].filter((bin) => js.count[bin]! >= 1);
    for (const name of ["intensity", "sigma"] as const) {
      if (js[name] === undefined) continue;
      // What a dark leaves is small beside the counts it is left of, and so are its digits.
      const scale =
        c.options.dark === undefined ? 0 : 0.01 * Math.max(...bins.map((b) => js[name]![b]!));
      const off = bins.filter((bin) => {
        const expected = js[name]![bin]!;
        return !(
          Math.abs(gpu[name]![bin]! - expected) <=
          1e-5 * Math.max(Math.abs(expected), scale)
        );
      });
      expect(off, `bins of ${name} over 1e-5`).toEqual([]);
    }
  }
  it.each(ownCases().map((c) => [c.name, c] as const))("%s", (_, c) => check(c));
  it.skipIf(!hasShared).each(sharedCases().map((c) => [c.name, c] as const))(
    "%s, beside the project",
    (_, c) => check(c),
  );
});
