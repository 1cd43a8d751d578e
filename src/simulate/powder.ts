import type { Image } from "../array.js";
import { OptionError } from "../errors.js";
import { backgroundCounts } from "./background.js";
import { beamStopTransmission } from "./beam-stop.js";
import { checkSimulateOptions } from "./check-options.js";
import type { SimulateOptions } from "./options.js";
import { type Pixels, viewPixels } from "./pixels.js";
import { poisson } from "./poisson.js";
import { randomStream } from "./random.js";
import { ringCounts } from "./rings.js";
import { spotCounts } from "./spots.js";
import { strainAlong } from "./strain.js";

/** Streams of random numbers: each cause of chance has its own. */
const GRAINS = 0;
const DEFECTS = 1;
const NOISE = 2;

const LARGEST = { uint16: 65535, int32: 2147483647, float32: Infinity } as const;

/**
 * A powder diffraction image as a detector would record it: rings by Bragg's law with profile,
 * texture, strain and grains; background; polarization and solid angle; beam stop; counting
 * statistics; module gaps, dead and hot pixels.
 *
 * The same options give the same bytes. Gaps read −1, or 0 where the type has no sign. Each pixel
 * counts what its centre sees, so rings should be wider than pixels.
 *
 * @throws OptionError for a value that cannot be, or a ring that is not on the image.
 * @example
 * ```ts
 * const image = simulatePowder({
 *   dist: 0.2, poni1: 0.1, poni2: 0.1, wavelength: 1e-11,
 *   detector: detector({ pixel1: 1e-4, pixel2: 1e-4, shape: [2000, 2000] }),
 *   phases: [{ lattice: "CeO2" }],
 * });
 * ```
 */
export function simulatePowder(
  options: SimulateOptions,
): Image<Uint16Array | Int32Array | Float32Array> {
  checkSimulateOptions(options);
  const shape = shapeOf(options);
  const expected = expectedCounts(options, viewPixels(options, shape));
  const { noise = true, seed = 1, exposure = 0 } = options;
  if (noise) {
    const random = randomStream(seed, NOISE + exposure);
    for (let i = 0; i < expected.length; i++) expected[i] = poisson(expected[i]!, random);
  }
  const dtype = options.dtype ?? (noise ? "uint16" : "float32");
  const saturation = Math.min(options.saturation ?? Infinity, LARGEST[dtype]);
  spoilPixels(expected, options, saturation);
  return { data: record(expected, options, shape, dtype, saturation), shape };
}

function shapeOf({ shape, detector }: SimulateOptions): [number, number] {
  const found = shape ?? detector.shape;
  if (found === undefined) {
    throw new OptionError(
      "shape",
      shape,
      "give the rows and columns of the image: the detector has none of its own",
    );
  }
  return [found[0], found[1]];
}

function expectedCounts(
  options: SimulateOptions,
  { sinTheta, direction, efficiency }: Pixels,
): Float64Array {
  const {
    wavelength,
    dist,
    phases = [],
    background = {},
    spots = [],
    beamStop,
    seed = 1,
  } = options;
  const random = randomStream(seed, GRAINS);
  const largest = 2 * Math.asin(sinTheta.reduce((most, value) => Math.max(most, value), 0));
  const samples = phases.map((phase) => ({
    counts: ringCounts(phase, wavelength, largest, random),
    strain: phase.strain === undefined ? undefined : strainAlong(phase.strain),
  }));
  const between = backgroundCounts(background);
  const spotted = spots.length > 0 ? spotCounts(spots) : undefined;
  const passing = beamStop === undefined ? undefined : beamStopTransmission(beamStop, dist);
  const expected = new Float64Array(sinTheta.length);
  for (let i = 0; i < expected.length; i++) {
    const sin = sinTheta[i]!;
    const towards = direction[i]!;
    const twoTheta = 2 * Math.asin(sin);
    let counts = between(twoTheta);
    for (const sample of samples) {
      // Strained planes reflect here what unstrained ones would at λ = 2 d₀ sin θ (1 + ε).
      const unstrained =
        sample.strain === undefined
          ? twoTheta
          : 2 * Math.asin(Math.min(sin * (1 + sample.strain(sin, towards)), 1));
      counts += sample.counts(unstrained, towards);
    }
    if (spotted !== undefined) counts += spotted(twoTheta, towards);
    if (passing !== undefined) counts *= passing(twoTheta, towards);
    expected[i] = counts * efficiency[i]!;
  }
  return expected;
}

function spoilPixels(counts: Float64Array, options: SimulateOptions, saturation: number): void {
  const { deadPixels = 0, hotPixels = 0, seed = 1 } = options;
  const random = randomStream(seed, DEFECTS);
  for (let n = 0; n < deadPixels; n++) counts[Math.floor(random() * counts.length)] = 0;
  // A detector of floating-point values has no largest one; 2²⁰ is far above any ring's.
  const top = saturation === Infinity ? 2 ** 20 : saturation;
  for (let n = 0; n < hotPixels; n++) {
    counts[Math.floor(random() * counts.length)] = top * (0.5 + 0.5 * random());
  }
}

function record(
  counts: Float64Array,
  { detector }: SimulateOptions,
  shape: [number, number],
  dtype: "uint16" | "int32" | "float32",
  saturation: number,
): Uint16Array | Int32Array | Float32Array {
  const types = { uint16: Uint16Array, int32: Int32Array, float32: Float32Array };
  const data = new types[dtype](counts.length);
  const whole = dtype !== "float32";
  const gaps = detector.mask(shape);
  const gap = dtype === "uint16" ? 0 : -1;
  for (let i = 0; i < data.length; i++) {
    const value = Math.min(counts[i]!, saturation);
    data[i] = gaps !== undefined && gaps[i] !== 0 ? gap : whole ? Math.round(value) : value;
  }
  return data;
}
