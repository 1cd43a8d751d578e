import type { Arena } from "./arena.js";
import { hasIntegerSquares, isIntegerType } from "./element-types.js";
import { ENCODING, PARAMETER_COUNT, PARAMETERS } from "./parameters.js";
import { type Call, share, type Team } from "./team.js";

/** Bins from which adding up blocks is worth all threads. */
const MANY_BINS = 20000;
/** Blocks of rows for each thread; with many bins their areas would cost more than waiting does. */
const BLOCKS_PER_THREAD = 6;
const FEW_BINS = 40000;

/** Sums of an image's pixels into the bins, by all threads: see assembly/blocks.ts. */
export class Accumulators {
  readonly #arena: Arena;
  readonly #team: Team;
  readonly #bins: number;
  readonly #blocks: number;
  readonly #gate: number;
  readonly #short: Area;
  readonly #pairs: Area;
  #squares: Area | undefined;
  #pairSquares: Area | undefined;
  readonly #out: number;

  constructor(arena: Arena, team: Team, bins: number) {
    this.#arena = arena;
    this.#team = team;
    this.#bins = bins;
    this.#blocks = team.threads * (bins < FEW_BINS ? BLOCKS_PER_THREAD : 1);
    this.#gate = arena.allocate(64);
    const encoding = arena.float64(PARAMETERS, PARAMETER_COUNT)[ENCODING]!;
    this.#short = this.#area([0, 16, 8][encoding]!);
    this.#pairs = this.#area(8);
    this.#out = arena.allocate(8 * (bins + 2));
  }

  /** Σ c·value of an image in the memory, where `ready` may still put it. */
  async sum(type: number, image: number, ready?: () => void): Promise<Float64Array> {
    await this.#run(ready, `sum${type}`, [image], this.#short, this.#pairs);
    return this.#finishedSums(type);
  }

  /** Σ c²·value of float64 values in the memory. */
  async square(values: number): Promise<Float64Array> {
    const [squares, pairSquares] = this.#squareAreas();
    await this.#run(undefined, "square", [values], squares, pairSquares);
    return this.#finishedSquares(false);
  }

  /** Σ c·value and Σ c²·max(value, 1) in one pass: counts and their Poisson variance. */
  async sumPoisson(
    type: number,
    image: number,
    ready?: () => void,
  ): Promise<[Float64Array, Float64Array]> {
    const areas = [this.#short, this.#pairs, ...this.#squareAreas()];
    await this.#run(ready, `sumPoisson${type}`, [image], ...areas);
    return [await this.#finishedSums(type), await this.#finishedSquares(hasIntegerSquares(type))];
  }

  /** Σ c²·(value − mean·normalization)², for the mean of each bin. */
  async deviate(type: number, image: number, mean: Float64Array): Promise<Float64Array> {
    const [, pairSquares] = this.#squareAreas();
    this.#arena.float64(this.#out, mean.length).set(mean);
    await this.#run(undefined, `deviate${type}`, [image, this.#out], pairSquares);
    const sums = new Float64Array(this.#bins);
    for (let block = 0; block < this.#blocks; block++) {
      const part = this.#arena.float64(pairSquares.start + block * pairSquares.bytes, this.#bins);
      for (let bin = 0; bin < sums.length; bin++) sums[bin]! += part[bin]!;
    }
    return sums;
  }

  /** Runs a kernel in all threads, which wait at a gate while `ready` gets the image ready here. */
  async #run(
    ready: (() => void) | undefined,
    name: string,
    numbers: readonly number[],
    ...areas: readonly Area[]
  ): Promise<void> {
    const gate = new Int32Array(this.#arena.memory.buffer, this.#gate, 2);
    gate.fill(0);
    const parts = areas.flatMap(({ start, bytes }) => [start, bytes]);
    await this.#team.run(
      () => [[name, this.#gate, this.#blocks, ...numbers, ...parts]],
      () => {
        // Whatever happens, the others must not wait for ever.
        try {
          ready?.();
        } finally {
          Atomics.store(gate, 0, 1);
        }
      },
    );
  }

  #area(bytesPerBin: number): Area {
    // Sums reach past the last bin, and groups of four bins to their end.
    const bytes = bytesPerBin * (this.#bins + 8);
    return { start: this.#arena.allocate(bytes * this.#blocks), bytes };
  }

  #squareAreas(): [squares: Area, pairSquares: Area] {
    this.#squares ??= this.#area(2 * (this.#short.bytes / (this.#bins + 8)));
    this.#pairSquares ??= this.#area(8);
    return [this.#squares, this.#pairSquares];
  }

  #finishedSums(type: number): Promise<Float64Array> {
    const [short, pairs] = [this.#short, this.#pairs];
    const isInteger = isIntegerType(type) ? 1 : 0;
    return this.#finished(
      "finishSums",
      short.start,
      short.bytes,
      isInteger,
      pairs.start,
      pairs.bytes,
    );
  }

  #finishedSquares(isInteger: boolean): Promise<Float64Array> {
    const [squares, pairSquares] = this.#squareAreas();
    const flag = isInteger ? 1 : 0;
    const areas = [this.#short, pairSquares].flatMap(({ start, bytes }) => [start, bytes]);
    return this.#finished("finishSquares", squares.start, squares.bytes, flag, ...areas);
  }

  async #finished(name: string, ...numbers: number[]): Promise<Float64Array> {
    const callOf = (from: number, to: number): Call[] => [
      [name, from, to, this.#blocks, ...numbers, this.#out],
    ];
    if (this.#bins < MANY_BINS) this.#team.runHere(callOf(0, this.#bins));
    else await this.#team.run((thread, threads) => callOf(...share(this.#bins, thread, threads)));
    return this.#arena.float64(this.#out, this.#bins).slice();
  }
}

/** An array for each block. */
interface Area {
  readonly start: number;
  readonly bytes: number;
}
