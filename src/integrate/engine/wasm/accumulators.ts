import type { Arena } from "./arena.js";
import { hasIntegerSquares, isIntegerType } from "./element-types.js";
import type { Call } from "./kernel-worker.js";
import { ENCODING, PARAMETER_COUNT, PARAMETERS, ROWS } from "./parameters.js";
import { share, type Team } from "./team.js";

/** Bins from which adding up areas is worth all threads, and areas are worth their memory. */
const MANY_BINS = 20000;
/** Blocks of rows for each thread, where they need no areas of their own. */
const BLOCKS_PER_THREAD = 16;
/** Blocks for each thread where they do. */
const AREAS_PER_THREAD = 4;

/** Sums of an image's pixels into the bins, by all threads: see assembly/blocks.ts. */
export class Accumulators {
  readonly #arena: Arena;
  readonly #team: Team;
  readonly #bins: number;
  readonly #rows: number;
  /** Float64 sums have an area for each of so many parts of the rows. */
  readonly #parts: number;
  readonly #blocks: number;
  readonly #gate: number;
  readonly #short: Areas;
  readonly #pairs: Areas;
  #squares: Areas | undefined;
  #pairSquares: Areas | undefined;
  /** Where Σ c·value of the bins stands in the memory. */
  readonly sums: number;
  /** Where Σ c²·value stands, or what is summed like it. */
  readonly squareSums: number;

  constructor(arena: Arena, team: Team, bins: number) {
    this.#arena = arena;
    this.#team = team;
    this.#bins = bins;
    this.#parts = team.threads * (bins < MANY_BINS ? AREAS_PER_THREAD : 1);
    this.#blocks = team.threads * BLOCKS_PER_THREAD;
    this.#gate = arena.allocate(64);
    const parameters = arena.float64(PARAMETERS, PARAMETER_COUNT);
    this.#rows = parameters[ROWS]!;
    this.#short = this.#areas([0, 16, 8, 32][parameters[ENCODING]!]!);
    this.#pairs = this.#areas(8);
    this.sums = this.place();
    this.squareSums = this.place();
  }

  /** Room for a number of each bin, with these values; its address. */
  place(values?: Float64Array): number {
    const start = this.#arena.allocate(8 * (this.#bins + 2));
    if (values !== undefined) this.#arena.float64(start, values.length).set(values);
    return start;
  }

  /** What stands there for the bins. */
  copy(address: number): Float64Array {
    return this.#arena.float64(address, this.#bins).slice();
  }

  /** Σ c·value of an image in the memory, where `place` may still put its rows. */
  async sum(type: number, image: number, place?: PlaceRows): Promise<void> {
    const isOrdered = !isIntegerType(type);
    const threads = await this.#run(place, isOrdered, `sum${type}`, image, [
      this.#short,
      this.#pairs,
    ]);
    await this.#finishSums(type, threads);
  }

  /** Σ c²·value of float64 values in the memory. */
  async square(values: number): Promise<void> {
    const areas = this.#squareAreas();
    await this.#run(undefined, true, "square", values, areas);
    await this.#finishSquares(false, this.#parts);
  }

  /** Σ c·value and Σ c²·max(value, 1) in one pass: counts and their Poisson variance. */
  async sumPoisson(type: number, image: number, place?: PlaceRows): Promise<void> {
    const areas = [this.#short, this.#pairs, ...this.#squareAreas()];
    const isInteger = hasIntegerSquares(type);
    const threads = await this.#run(place, !isInteger, `sumPoisson${type}`, image, areas);
    await this.#finishSums(type, threads);
    await this.#finishSquares(isInteger, isInteger ? threads : this.#parts);
  }

  /** Σ c²·(value − mean·normalization)², for the mean of each bin. */
  async deviate(type: number, image: number, mean: Float64Array): Promise<void> {
    const [, { start, bytes }] = this.#squareAreas();
    this.#arena.float64(this.squareSums, mean.length).set(mean);
    this.#openGate();
    const parts = this.#parts;
    await this.#team.runTogether(() => [
      `deviate${type}`,
      this.#gate,
      parts,
      image,
      this.squareSums,
      start,
      bytes,
    ]);
    const sums = this.#arena.float64(this.squareSums, this.#bins).fill(0);
    for (let part = 0; part < parts; part++) {
      const area = this.#arena.float64(start + part * bytes, this.#bins);
      for (let bin = 0; bin < sums.length; bin++) sums[bin]! += area[bin]!;
    }
  }

  /** Runs a kernel over all bins, an even number of them at a time. */
  async overBins(callOf: (from: number, to: number) => Call): Promise<void> {
    const bins = this.#bins;
    if (bins < MANY_BINS) {
      this.#team.runHere([callOf(0, bins)]);
      return;
    }
    await this.#team.runTogether((thread, threads) => {
      const [from, to] = share(Math.ceil(bins / 2), thread, threads);
      return callOf(2 * from, Math.min(2 * to, bins));
    });
  }

  /** Runs a kernel in all threads, each of which begins with the first rows there are; how many. */
  async #run(
    place: PlaceRows | undefined,
    isOrdered: boolean,
    name: string,
    image: number,
    areas: readonly Areas[],
  ): Promise<number> {
    const gate = this.#openGate(place === undefined ? this.#rows : 0);
    const blocks = this.#short.bytes === 0 ? 0 : isOrdered ? this.#parts : this.#blocks;
    const numbers = [this.#parts, image, ...areas.flatMap(({ start, bytes }) => [start, bytes])];
    let used = 0;
    await this.#team.runTogether(
      (thread, threads) => {
        used = threads;
        return [name, this.#gate, blocks, thread, ...numbers];
      },
      place && (() => this.#place(place, gate)),
    );
    return used;
  }

  /** Says that so many rows are there, and that nobody has taken a block yet. */
  #openGate(rows = this.#rows): Int32Array {
    const gate = new Int32Array(this.#arena.memory.buffer, this.#gate, 3);
    gate.set([rows, 0, 0]);
    return gate;
  }

  /** Puts the image into the memory, block by block, so that others begin before its end. */
  #place(place: PlaceRows, gate: Int32Array): void {
    try {
      for (let block = 0; block < this.#blocks; block++) {
        const [from, to] = share(this.#rows, block, this.#blocks);
        place(from, to);
        Atomics.store(gate, 0, to);
      }
    } finally {
      // Whatever happens, the others must not wait for ever.
      Atomics.store(gate, 0, this.#rows);
    }
  }

  #areas(bytesPerBin: number): Areas {
    // Sums reach past the last bin, and groups of four bins to their end.
    const bytes = bytesPerBin * (this.#bins + 8);
    return { start: this.#arena.allocate(bytes * this.#parts), bytes };
  }

  #squareAreas(): [squares: Areas, pairSquares: Areas] {
    const perBin = this.#short.bytes / (this.#bins + 8);
    this.#squares ??= this.#areas(perBin === 16 ? 32 : perBin);
    this.#pairSquares ??= this.#areas(8);
    return [this.#squares, this.#pairSquares];
  }

  #finishSums(type: number, threads: number): Promise<void> {
    const isInteger = isIntegerType(type);
    const areas = isInteger ? threads : this.#parts;
    const { start, bytes } = this.#short;
    const pairs = [this.#parts, this.#pairs.start, this.#pairs.bytes];
    const numbers = [areas, start, bytes, isInteger ? 1 : 0, ...pairs, this.sums];
    return this.overBins((from, to) => ["finishSums", from, to, ...numbers]);
  }

  #finishSquares(isInteger: boolean, areas: number): Promise<void> {
    const [squares, pairs] = this.#squareAreas();
    const numbers = [
      ...[areas, squares.start, squares.bytes, isInteger ? 1 : 0],
      ...[this.#short.start, this.#short.bytes],
      ...[this.#parts, pairs.start, pairs.bytes],
      this.squareSums,
    ];
    return this.overBins((from, to) => ["finishSquares", from, to, ...numbers]);
  }
}

/** Puts the rows `from` to `to` of an image into the memory. */
export type PlaceRows = (from: number, to: number) => void;

/** Arrays that follow each other at equal distances. */
interface Areas {
  readonly start: number;
  readonly bytes: number;
}
