import type { Image } from "../array.js";
import { OptionError } from "../errors.js";
import type { Phase, SimulateOptions } from "./options.js";
import { poisson } from "./poisson.js";
import { simulatePowder } from "./powder.js";
import { randomStream } from "./random.js";

/** What the beam meets at a point of a scan. */
export interface ScanPoint {
  /** How much of each phase: factors of their counts. */
  readonly amounts: readonly number[];
  /** Elastic strain of each phase, the same in all directions. Default 0. */
  readonly strains?: readonly number[];
}

/** A scan of a sample, point by point. */
export interface SimulateScanOptions
  extends Omit<SimulateOptions, "phases" | "spots" | "noise" | "dtype" | "exposure"> {
  readonly phases: readonly Phase[];
  /** Points of the slow and of the fast motor. */
  readonly shape2d: readonly [slow: number, fast: number];
  /** What is at a point. */
  readonly sample: (slow: number, fast: number) => ScanPoint;
  /** Strains that occur; between steps of them images are interpolated. Default −0.002 to 0.002. */
  readonly strainRange?: readonly [low: number, high: number];
}

/** Steps of the strain range: a ring moves by less than a tenth of its width from one to the next. */
const STRAINS = 33;
const NOISE = 2;

/**
 * The images of a scan, line by line: those of each phase, in the amounts and with the strains of each
 * point, with counting statistics. The same options give the same bytes.
 *
 * @throws OptionError as `simulatePowder`, and for amounts that do not fit the phases.
 * @example
 * ```ts
 * await writeHdf5("scan.h5", simulateScan({
 *   ...setup, phases: [{ lattice: "CeO2" }], shape2d: [41, 41],
 *   sample: (slow, fast) => ({ amounts: [slow > fast ? 1 : 0.2] }),
 * }));
 * ```
 */
export function* simulateScan(options: SimulateScanOptions): Generator<Image<Uint16Array>> {
  const { phases, shape2d, sample, strainRange = [-0.002, 0.002], seed = 1, ...setup } = options;
  const [slow, fast] = shape2d;
  for (const count of shape2d) {
    if (!(Number.isInteger(count) && count > 0)) {
      throw new OptionError("shape2d", shape2d, "give two whole numbers above 0");
    }
  }
  const plain = { ...setup, noise: false, dtype: "float32" } as const;
  const background = simulatePowder({ ...plain, phases: [] });
  const images = phases.map((phase) => strainedImages(phase, plain, strainRange));
  const expected = new Float64Array(background.data.length);
  for (let point = 0; point < slow * fast; point++) {
    const { amounts, strains = [] } = sample(Math.floor(point / fast), point % fast);
    if (amounts.length !== phases.length || !amounts.every((amount) => amount >= 0)) {
      const message = `give one amount, from 0, for each of the ${phases.length} phases`;
      throw new OptionError("sample", amounts, message);
    }
    expected.set(background.data);
    for (const [i, amount] of amounts.entries()) {
      if (amount > 0) images[i]!.add(expected, amount, strains[i] ?? 0);
    }
    const random = randomStream(seed, NOISE + point);
    const data = Uint16Array.from(expected, (mean) => Math.min(poisson(mean, random), 65535));
    yield { data, shape: [...background.shape] };
  }
}

interface StrainedImages {
  /** Adds an amount of the phase at a strain. */
  add(expected: Float64Array, amount: number, strain: number): void;
}

function strainedImages(
  phase: Phase,
  plain: Omit<SimulateOptions, "phases">,
  [low, high]: readonly [number, number],
): StrainedImages {
  const { background: _added, ...setup } = plain;
  const made = new Map<number, Float32Array>();
  const imageAt = (step: number): Float32Array => {
    let image = made.get(step);
    if (image === undefined) {
      const e = low + (step / (STRAINS - 1)) * (high - low);
      const strained = { ...phase, strain: { e11: e, e22: e, e33: e } };
      image = simulatePowder({ ...setup, phases: [strained] }).data as Float32Array;
      made.set(step, image);
    }
    return image;
  };
  return {
    add: (expected, amount, strain) => {
      if (!(strain >= low && strain <= high)) {
        throw new OptionError("strainRange", [low, high], `does not hold the strain ${strain}`);
      }
      const place = ((strain - low) / (high - low)) * (STRAINS - 1);
      const step = Math.min(Math.floor(place), STRAINS - 2);
      const [a, b] = [imageAt(step), imageAt(step + 1)];
      const [toA, toB] = [amount * (1 - place + step), amount * (place - step)];
      for (let i = 0; i < expected.length; i++) expected[i]! += toA * a[i]! + toB * b[i]!;
    },
  };
}
