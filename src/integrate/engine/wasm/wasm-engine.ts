import type { Image, TypedArray } from "../../../array.js";
import type { Detector } from "../../../detector/detector.js";
import { type Dummy, dummyOf } from "../../dummy.js";
import type { PlanLayout } from "../../plan-data.js";
import type { Settings } from "../../settings.js";
import type { BinSums, Encoding, Engine } from "../engine.js";
import { inTurn } from "../in-turn.js";
import { Accumulators } from "./accumulators.js";
import type { Arena } from "./arena.js";
import {
  elementType,
  elementView,
  FLOAT64,
  hasIntegerSquares,
  isIntegerType,
  largestValue,
  UINT8,
} from "./element-types.js";
import * as at from "./parameters.js";
import { type Call, share, type Team } from "./team.js";

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
  image: number,
  plan: PlanLayout,
  settings: Settings,
  detector: Detector,
): Promise<Engine> {
  const pixels = plan.shape[0] * plan.shape[1];
  const bins = plan.axes.radial.bins * (plan.axes.azimuth?.bins ?? 1);
  const parameters = arena.float64(at.PARAMETERS, at.PARAMETER_COUNT);
  const mask = parameters[at.MASK]!;
  const normalization = parameters[at.NORMALIZATION]!;
  const sums = new Accumulators(arena, team, bins);
  const encoding = describe(arena, team, plan.shape);
  const isPoisson = settings.errorModel === "poisson" || settings.errorModel === "hybrid";
  let list = 0;
  let statics = await staticSums([]);

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
    if (!sameNumbers(invalid, statics.invalid)) {
      statics = await staticSums(invalid);
      if (isSearched) place(data, type);
    }
    zero(type, invalid);
    // The others wake up while the image is copied.
    const ready = isSearched ? undefined : () => place(data, type);
    const [signalSums, poisson] = isPoisson
      ? await sums.sumPoisson(type, image, ready)
      : [await sums.sum(type, image, ready), undefined];
    const { dark, invalidSquares } = statics;
    if (dark !== undefined) subtract(signalSums, dark);
    // An invalid pixel was taken for a count of 0, whose variance is 1.
    if (poisson !== undefined && invalidSquares !== undefined) subtract(poisson, invalidSquares);
    const variance = poisson ?? statics.variance ?? (await azimuthalVariance(type, signalSums));
    const { count, normalization: ns, normalization2 } = statics;
    return {
      count,
      signal: signalSums,
      normalization: ns,
      normalization2,
      variance,
      invalidPixels: invalid.length,
    };
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
      return [[`invalid${type}`, from, to, image, mask, value, delta, list + 4 * from]];
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

  async function azimuthalVariance(
    type: number,
    signalSums: Float64Array,
  ): Promise<Float64Array | undefined> {
    if (settings.errorModel !== "azimuthal") return undefined;
    const mean = signalSums.map((sum, bin) => sum / statics.normalization[bin]!);
    return withoutNormalization(statics.invalid, async () => {
      if (settings.dark === undefined) return sums.deviate(type, image, mean);
      const values = Float64Array.from(elementView(type, arena.memory.buffer, image, pixels));
      const dark = settings.dark.data;
      for (let pixel = 0; pixel < pixels; pixel++) values[pixel]! -= dark[pixel]!;
      place(values);
      return sums.deviate(FLOAT64, image, mean);
    });
  }

  /** What depends on the plan and on which pixels are invalid; overwrites the image in the memory. */
  async function staticSums(invalid: Uint32Array | readonly number[]): Promise<StaticSums> {
    const list = Uint32Array.from(invalid);
    await onPixels((from, to) => ["validPixels", from, to, mask, image]);
    zero(UINT8, list);
    const count = await sums.sum(UINT8, image);
    return withoutNormalization(list, async () => {
      const normalizations = await sums.sum(FLOAT64, normalization);
      await onPixels((from, to) => ["squareValues", from, to, normalization, image]);
      const normalization2 = await sums.square(image);
      const dark = await correction(settings.dark, list, () => sums.sum(FLOAT64, image));
      const variance = await correction(settings.variance, list, () => sums.square(image));
      const invalidSquares = isPoisson && list.length > 0 ? await squaresOf(list) : undefined;
      return {
        invalid: list,
        count,
        largestCount: count.reduce((largest, pixels) => Math.max(largest, pixels), 0),
        normalization: normalizations,
        normalization2,
        dark,
        variance,
        invalidSquares,
      };
    });
  }

  function onPixels(call: (from: number, to: number) => Call): Promise<number[]> {
    return team.run((thread, threads) => [call(...share(pixels, thread, threads))]);
  }

  async function correction(
    values: Image | undefined,
    invalid: Uint32Array,
    sum: () => Promise<Float64Array>,
  ): Promise<Float64Array | undefined> {
    if (values === undefined) return undefined;
    place(Float64Array.from(values.data));
    zero(FLOAT64, invalid);
    return sum();
  }

  /** Σ c² of these pixels. */
  function squaresOf(list: Uint32Array): Promise<Float64Array> {
    const values = arena.float64(image, pixels).fill(0);
    for (const pixel of list) values[pixel] = 1;
    return sums.square(image);
  }

  /** Does some work while the invalid pixels have no normalization. */
  async function withoutNormalization<T>(invalid: Uint32Array, work: () => Promise<T>): Promise<T> {
    const kept = Float64Array.from(
      invalid,
      (pixel) => arena.float64(normalization, pixels)[pixel]!,
    );
    const ns = arena.float64(normalization, pixels);
    for (const pixel of invalid) ns[pixel] = 0;
    try {
      return await work();
    } finally {
      const again = arena.float64(normalization, pixels);
      invalid.forEach((pixel, i) => {
        again[pixel] = kept[i]!;
      });
    }
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

interface StaticSums {
  readonly invalid: Uint32Array;
  readonly count: Float64Array;
  readonly largestCount: number;
  readonly normalization: Float64Array;
  readonly normalization2: Float64Array;
  readonly dark: Float64Array | undefined;
  readonly variance: Float64Array | undefined;
  /** Σ c² of the invalid pixels, where counting statistics need it. */
  readonly invalidSquares: Float64Array | undefined;
}

function subtract(from: Float64Array, values: Float64Array): void {
  for (let bin = 0; bin < from.length; bin++) from[bin]! -= values[bin]!;
}

function sameNumbers(a: Uint32Array, b: Uint32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function threadText(threads: number): string {
  return threads === 1 ? "1 thread" : `${threads} threads`;
}

const ENCODINGS = ["pairs", "stream", "runs"] as const;

function describe(arena: Arena, team: Team, [rows, columns]: readonly [number, number]): Encoding {
  const parameters = arena.float64(at.PARAMETERS, at.PARAMETER_COUNT);
  const encoding = parameters[at.ENCODING]!;
  const counts = arena.uint32(parameters[at.ROW_PAIR_COUNTS]!, rows);
  let entries = 2 * counts.reduce((sum, count) => sum + count, 0);
  const pixels = rows * columns;
  if (encoding === 1) entries += 2 * pixels;
  if (encoding === 2) {
    entries += 4 * team.runHere([["countGroups", 0, pixels, parameters[at.CODES]!]]);
  }
  return {
    name: ENCODINGS[encoding]!,
    entries,
    bytes: arena.used,
    weightError: [0, 0.5 / at.STREAM_UNIT, 0.5 / parameters[at.RUN_UNIT]!][encoding]!,
  };
}
