import type { Image, TypedArray } from "../../../array.js";
import type { Detector } from "../../../detector/detector.js";
import { type Dummy, dummyOf } from "../../dummy.js";
import type { PlanLayout } from "../../plan-data.js";
import type { Settings } from "../../settings.js";
import type { BinSums, Encoding, Engine } from "../engine.js";
import { inTurn } from "../in-turn.js";
import type { Accumulators, PlaceRows } from "./accumulators.js";
import type { Arena } from "./arena.js";
import {
  elementType,
  elementView,
  FLOAT64,
  hasIntegerSquares,
  isIntegerType,
  largestValue,
} from "./element-types.js";
import * as at from "./parameters.js";
import { StaticSums } from "./static-sums.js";
import { share, type Team } from "./team.js";

/**
 * The fast engine: a plan in WebAssembly, summed by all threads. Images go to the address `image`, where
 * there is room for 8 bytes a pixel.
 *
 * What depends on the plan alone is summed once, and again only when other pixels than in the frame
 * before are invalid.
 */
export async function wasmEngine(
  arena: Arena,
  team: Team,
  sums: Accumulators,
  image: number,
  plan: PlanLayout,
  settings: Settings,
  detector: Detector,
): Promise<Engine> {
  const pixels = plan.shape[0] * plan.shape[1];
  const bins = plan.axes.radial.bins * (plan.axes.azimuth?.bins ?? 1);
  const mask = arena.parameter(at.MASK);
  const statics = new StaticSums(arena, team, sums, settings, image, pixels);
  const isPoisson = settings.errorModel === "poisson" || settings.errorModel === "hybrid";
  await statics.update(NO_PIXELS, isPoisson);
  const intensity = sums.place();
  const hasErrors = settings.errorModel !== undefined || settings.variance !== undefined;
  const [sigma, std] = hasErrors ? [sums.place(), sums.place()] : [0, 0];
  const encoding = describe(arena, team, sums, statics, plan.shape);
  let list = 0;

  const inOrder = inTurn((work: () => Promise<BinSums | undefined>) => work());
  const giveBack = once(() => {
    team.dissolve();
    arena.release();
  });
  const engine: Engine = {
    info: { name: "wasm", mode: `${encoding.name}, ${threadText(team.threads)}` },
    encoding,
    integrate: async (frame, signal) => (await inOrder(() => integrate(frame, signal)))!,
    release: () => {
      void inOrder(async () => {
        giveBack();
        return undefined;
      });
    },
  };
  dropped.register(engine, giveBack);
  return engine;

  async function integrate({ data }: Image, signal?: AbortSignal): Promise<BinSums> {
    signal?.throwIfAborted();
    const own = elementType(data);
    const type = fitsIntegers(own) ? own : FLOAT64;
    const dummy = dummyOf(data, detector, settings);
    const isSearched = dummy !== undefined || !isIntegerType(own);
    const invalid = isSearched ? await invalidPixels(data, type, dummy) : NO_PIXELS;
    if ((await statics.update(invalid, isPoisson)) && isSearched) place(data, type);
    if (isSearched) zero(type, invalid);
    const rows = isSearched ? undefined : placeRows(data, type);
    if (isPoisson) await sums.sumPoisson(type, image, rows);
    else await sums.sum(type, image, rows);
    const { count, normalization, normalization2, dark } = statics;
    const { empty } = settings;
    await sums.overBins((from, to) => {
      const numbers = [sums.sums, dark, normalization, count, empty, intensity];
      return ["finishMeans", from, to, ...numbers];
    });
    const variance = await varianceSums(type);
    if (variance !== 0) {
      // An invalid pixel was taken for a count of 0, whose variance is 1.
      const less = isPoisson ? statics.invalidSquares : 0;
      await sums.overBins((from, to) => {
        const numbers = [variance, less, normalization, normalization2, count, empty, sigma, std];
        return ["finishErrors", from, to, ...numbers];
      });
    }
    return {
      count: sums.copy(count),
      signal: sums.copy(sums.sums),
      normalization: sums.copy(normalization),
      normalization2: sums.copy(normalization2),
      variance: variance === 0 ? undefined : sums.copy(variance),
      invalidPixels: invalid.length,
      quotients: {
        intensity: sums.copy(intensity),
        sigma: variance === 0 ? undefined : sums.copy(sigma),
        std: variance === 0 ? undefined : sums.copy(std),
      },
    };
  }

  /** The address of Σ c²·variance of the image whose sums stand there; 0 where no errors were asked for. */
  async function varianceSums(type: number): Promise<number> {
    if (isPoisson) return sums.squareSums;
    if (settings.errorModel === "azimuthal") {
      await azimuthalVariance(type);
      return sums.squareSums;
    }
    return statics.variance;
  }

  /**
   * Whether 64-bit integers hold the sums of a type whatever its values: an area's weights add up to no
   * more than what all of the fullest bin has.
   */
  function fitsIntegers(type: number): boolean {
    if (!isIntegerType(type) || encoding.name === "pairs") return true;
    const unit = 0.5 / encoding.weightError;
    const squared = isPoisson && hasIntegerSquares(type) ? at.LARGEST_WEIGHT + 1 : 1;
    return largestValue(type) * unit * squared * statics.largestCount < 2 ** 63;
  }

  /** Copies values into the memory, as elements of a type. */
  function place(data: TypedArray, type: number = elementType(data)): void {
    elementView(type, arena.memory.buffer, image, pixels).set(data);
  }

  /** Copies rows, so that others can begin with the first ones. */
  function placeRows(data: TypedArray, type: number): PlaceRows {
    const view = elementView(type, arena.memory.buffer, image, pixels);
    const columns = plan.shape[1];
    return (from, to) => view.set(data.subarray(from * columns, to * columns), from * columns);
  }

  function zero(type: number, invalid: Uint32Array): void {
    const values = elementView(type, arena.memory.buffer, image, pixels);
    for (const pixel of invalid) values[pixel] = 0;
  }

  /** Puts the image into the memory and looks for pixels that do not count in it. */
  async function invalidPixels(
    data: TypedArray,
    type: number,
    dummy: Dummy | undefined,
  ): Promise<Uint32Array> {
    place(data, type);
    if (list === 0) list = arena.allocate(4 * pixels);
    const { value, delta } = dummy ?? { value: Number.NaN, delta: 0 };
    const counts = await team.run((thread, threads) => {
      const [from, to] = share(pixels, thread, threads);
      return [`invalid${type}`, from, to, image, mask, value, delta, list + 4 * from];
    });
    const found = counts.map((count, thread) => {
      const [from] = share(pixels, thread, team.threads);
      return arena.uint32(list + 4 * from, count);
    });
    const all = new Uint32Array(counts.reduce((sum, count) => sum + count, 0));
    let length = 0;
    for (const part of found) {
      all.set(part, length);
      length += part.length;
    }
    return all;
  }

  async function azimuthalVariance(type: number): Promise<void> {
    const normalizations = arena.float64(statics.normalization, bins);
    const mean = sums.copy(sums.sums).map((sum, bin) => sum / normalizations[bin]!);
    await statics.withoutNormalization(statics.invalid, () => {
      if (settings.dark === undefined) return sums.deviate(type, image, mean);
      const values = Float64Array.from(elementView(type, arena.memory.buffer, image, pixels));
      const dark = settings.dark.data;
      for (let pixel = 0; pixel < pixels; pixel++) values[pixel]! -= dark[pixel]!;
      place(values);
      return sums.deviate(FLOAT64, image, mean);
    });
  }
}

// Plans that somebody kept, or whose integrator was dropped, end without a word.
const dropped = new FinalizationRegistry<() => void>((giveBack) => giveBack());

function once(action: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) action();
    isDone = true;
  };
}

const NO_PIXELS = new Uint32Array(0);

function threadText(threads: number): string {
  return threads === 1 ? "1 thread" : `${threads} threads`;
}

const ENCODINGS = ["pairs", "stream", "runs", "trios"] as const;

function describe(
  arena: Arena,
  team: Team,
  sums: Accumulators,
  statics: StaticSums,
  [rows, columns]: readonly [number, number],
): Encoding {
  const encoding = arena.parameter(at.ENCODING);
  const counts = arena.uint32(arena.parameter(at.ROW_PAIR_COUNTS), rows);
  let entries = 2 * counts.reduce((sum, count) => sum + count, 0);
  const pixels = rows * columns;
  if (encoding === 1) entries += 2 * pixels;
  if (encoding === 2) {
    entries += 4 * team.runHere([["countGroups", 0, pixels, arena.parameter(at.CODES)]]);
  }
  if (encoding === 3) entries += 3 * pixels;
  const runError = 0.5 / arena.parameter(at.RUN_UNIT);
  const weightError = [0, 0.5 / at.STREAM_UNIT, runError, runError][encoding]!;
  let intensityError: number | undefined;
  return {
    name: ENCODINGS[encoding]!,
    entries,
    bytes: arena.used,
    weightError,
    // Looking at every weight takes as long as some frames, so only who asks waits for it.
    get intensityError() {
      intensityError ??= weightError === 0 ? 0 : weightError * largestRounded();
      return intensityError;
    },
  };

  /** Σ n of the pixels with rounded weights over Σ c·n, of the bin of at least one pixel where it is largest. */
  function largestRounded(): number {
    const rounded = sums.place();
    const count = sums.copy(statics.count);
    const normalization = sums.copy(statics.normalization);
    arena.float64(rounded, count.length).fill(0);
    team.runHere([["addRounded", 0, rows, rounded]]);
    return sums.copy(rounded).reduce((largest, sum, bin) => {
      return count[bin]! >= 1 ? Math.max(largest, sum / normalization[bin]!) : largest;
    }, 0);
  }
}
