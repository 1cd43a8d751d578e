import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TypedArray } from "../../../src/array.js";
import { detector } from "../../../src/detector/detector-factory.js";
import type { BinSums } from "../../../src/integrate/engine/engine.js";
import { jsEngine } from "../../../src/integrate/engine/js/js-engine.js";
import { prepareData } from "../../../src/integrate/engine/prepare-data.js";
import { type PixelBins, PixelBinsBuilder } from "../../../src/integrate/pixel-bins.js";
import type { PlanData } from "../../../src/integrate/plan-data.js";
import { resolveSettings } from "../../../src/integrate/settings.js";
import { uniformRandom } from "../../support/uniform-random.js";

const SHAPE = [37, 53] as const;
const PIXELS = SHAPE[0] * SHAPE[1];

/** A plan whose pixels have weights in `width` neighbouring bins of two sectors, or in none. */
function randomPlan(seed: number, rings: number, width: number): PlanData {
  const random = uniformRandom(seed);
  const builder = new PixelBinsBuilder(PIXELS, 2 * rings);
  const mask = new Uint8Array(PIXELS);
  const normalization = new Float64Array(PIXELS);
  for (let pixel = 0; pixel < PIXELS; pixel++) {
    if (random() < 0.05) mask[pixel] = 1;
    else {
      const first = Math.floor(random() * (rings - width + 1));
      const sectors = random() < 0.04 ? [0, 1] : [random() < 0.5 ? 0 : 1];
      for (const sector of sectors) {
        for (let k = 0; k < width; k++) {
          if (random() < 0.8) builder.add(sector * rings + first + k, 1.3 * random());
        }
      }
      normalization[pixel] = 0.5 + random();
    }
    builder.next();
  }
  return {
    shape: SHAPE,
    axes: {
      radial: { low: 0, high: 1, bins: rings },
      azimuth: { low: 0, high: 1, bins: 2 },
    },
    pixels: builder.finish(),
    mask,
    normalization,
    hasDetectorMask: false,
    maskedPixels: 0,
  };
}

const TYPES: readonly (new (length: number) => TypedArray)[] = [
  Uint8Array,
  Int8Array,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
];

/** What the widest weights may be off, with what that does to sums of values up to so much. */
function allowed({ bins, bin, weight }: PixelBins, largest: number, error: number): number {
  return largest * error * Math.max(1, (4 * weight.length) / (bins + bin.length / bins));
}

describe("plans that come from JavaScript", () => {
  const kinds = [
    ["trios", 3],
    ["runs", 7],
  ] as const;
  it.each(kinds)("are summed alike with exact weights and as %s", async (encoding, width) => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 12, max: 90 }),
        fc.constantFrom(...TYPES),
        fc.constantFrom(undefined, "poisson", "azimuthal"),
        async (seed, rings, Type, errorModel) => {
          const data = randomPlan(seed, rings, width);
          const random = uniformRandom(seed + 1);
          const image = { data: new Type(PIXELS), shape: [...SHAPE] as [number, number] };
          const isSigned = Math.min(...new Type(1).fill(-1)) < 0;
          for (let i = 0; i < PIXELS; i++) image.data[i] = 200 * random() - (isSigned ? 80 : 0);
          if (image.data instanceof Float32Array || image.data instanceof Float64Array) {
            // What does not count may be anything.
            for (let i = 0; i < PIXELS; i++) {
              if (data.mask[i] === 1) image.data[i] = i % 2 === 0 ? Number.NaN : Infinity;
            }
            image.data[5] = Number.NaN;
          }
          const sums = (algorithm: "csr-exact" | "csr-compact") => {
            const settings = resolveSettings(SHAPE, rings, 2, {
              method: { engine: "wasm", algorithm },
              ...(errorModel !== undefined && { errorModel }),
            });
            return { settings, detectorOf: detector({ pixel1: 1e-4 }) };
          };
          const plain = sums("csr-exact");
          const expected = await jsEngine(data, plain.settings, plain.detectorOf).integrate(image);
          for (const algorithm of ["csr-exact", "csr-compact"] as const) {
            const { settings, detectorOf } = sums(algorithm);
            const engine = await prepareData(data, settings, detectorOf);
            const found = await engine.integrate(image);
            const { name, weightError, intensityError } = engine.encoding;
            engine.release?.();
            expect(name).toBe(algorithm === "csr-exact" ? "pairs" : encoding);
            expect(Number.isFinite(intensityError)).toBe(true);
            const tolerance = 1e-9 + allowed(data.pixels, 200, weightError);
            expectAlike(found, expected, tolerance);
          }
        },
      ),
      { seed: 8, numRuns: 60 },
    );
  });

  it("keep few bins' weights exact, and all bins' sums of weights", async () => {
    const data = randomPlan(3, 40, 3);
    const settings = resolveSettings(SHAPE, 40, 2, {
      method: { engine: "wasm", algorithm: "csr-compact" },
    });
    const detectorOf = detector({ pixel1: 1e-4 });
    const engine = await prepareData(data, settings, detectorOf);
    const expected = await jsEngine(data, settings, detectorOf).integrate(ones());
    const found = await engine.integrate(ones());
    const { weightError } = engine.encoding;
    engine.release?.();
    // Each weight is off by up to the error, but they owe each other: together no more than one is.
    found.signal.forEach((sum, bin) => {
      expect(Math.abs(sum - expected.signal[bin]!)).toBeLessThanOrEqual(1.01 * weightError);
    });
  });
});

function ones() {
  return { data: new Uint8Array(PIXELS).fill(1), shape: [...SHAPE] as [number, number] };
}

function expectAlike(found: BinSums, expected: BinSums, tolerance: number): void {
  const names = ["count", "signal", "normalization", "normalization2", "variance"] as const;
  for (const name of names) {
    const [a, b] = [found[name], expected[name]];
    expect(a === undefined).toBe(b === undefined);
    // Squares of values, or of what they differ from means, are larger than values.
    const by = name === "variance" ? 400 : 1;
    b?.forEach((value, bin) => {
      expect(Math.abs(a![bin]! - value), `${name} ${bin}`).toBeLessThanOrEqual(by * tolerance);
    });
  }
  expect(found.invalidPixels).toBe(expected.invalidPixels);
}
