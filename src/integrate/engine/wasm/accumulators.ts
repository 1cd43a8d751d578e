import type { Arena } from "./arena.js";
import { hasIntegerSquares, isIntegerType } from "./element-types.js";
import { ENCODING, PARAMETER_COUNT, PARAMETERS } from "./parameters.js";
import { type Call, share, type Team } from "./team.js";

/** Bins from which adding up the threads' sums is worth all threads. */
const MANY_BINS = 20000;

/** The sums that threads make, each in an area of its own, and what they come to. */
export class Accumulators {
  readonly #arena: Arena;
  readonly #team: Team;
  readonly #bins: number;
  readonly #rows: number;
  readonly #short: Area;
  readonly #pairs: Area;
  #squares: Area | undefined;
  #pairSquares: Area | undefined;
  readonly #out: number;

  constructor(arena: Arena, team: Team, rows: number, bins: number) {
    this.#arena = arena;
    this.#team = team;
    this.#rows = rows;
    this.#bins = bins;
    const encoding = arena.float64(PARAMETERS, PARAMETER_COUNT)[ENCODING]!;
    this.#short = this.#area([0, 16, 8][encoding]!);
    this.#pairs = this.#area(8);
    this.#out = arena.allocate(8 * (bins + 2));
  }

  /** Σ c·value of an image in the memory, whose rows `ready` may still put there. */
  async sum(type: number, image: number, ready?: ReadyRows): Promise<Float64Array> {
    await this.#rowsRun(ready, (from, to, thread) => [
      ...this.#cleared(thread, this.#short, this.#pairs),
      [`sum${type}`, from, to, image, at(this.#short, thread), at(this.#pairs, thread)],
    ]);
    return this.#finishedSums(type);
  }

  /** Σ c²·value of float64 values in the memory. */
  async square(values: number): Promise<Float64Array> {
    const { squares, pairSquares } = this.#squareAreas();
    await this.#rowsRun(undefined, (from, to, thread) => [
      ...this.#cleared(thread, squares, pairSquares),
      ["square", from, to, values, at(squares, thread), at(pairSquares, thread)],
    ]);
    return this.#finishedSquares(squares, pairSquares, false);
  }

  /** Σ c·value and Σ c²·max(value, 1) in one pass: counts and their Poisson variance. */
  async sumPoisson(
    type: number,
    image: number,
    ready?: ReadyRows,
  ): Promise<[Float64Array, Float64Array]> {
    const { squares, pairSquares } = this.#squareAreas();
    await this.#rowsRun(ready, (from, to, thread) => [
      ...this.#cleared(thread, this.#short, this.#pairs, squares, pairSquares),
      [
        `sumPoisson${type}`,
        from,
        to,
        image,
        at(this.#short, thread),
        at(this.#pairs, thread),
        at(squares, thread),
        at(pairSquares, thread),
      ],
    ]);
    return [
      await this.#finishedSums(type),
      await this.#finishedSquares(squares, pairSquares, hasIntegerSquares(type)),
    ];
  }

  /** Σ c²·(value − mean·normalization)², for the mean of each bin. */
  async deviate(type: number, image: number, mean: Float64Array): Promise<Float64Array> {
    const { pairSquares } = this.#squareAreas();
    this.#arena.float64(this.#out, mean.length).set(mean);
    await this.#rowsRun(undefined, (from, to, thread) => [
      ...this.#cleared(thread, pairSquares),
      [`deviate${type}`, from, to, image, this.#out, at(pairSquares, thread)],
    ]);
    const sums = new Float64Array(this.#bins);
    for (let thread = 0; thread < this.#team.threads; thread++) {
      const part = this.#arena.float64(at(pairSquares, thread), this.#bins);
      for (let bin = 0; bin < sums.length; bin++) sums[bin]! += part[bin]!;
    }
    return sums;
  }

  #area(bytesPerBin: number): Area {
    // Sums reach past the last bin, and groups of four bins to their end.
    const bytes = bytesPerBin * (this.#bins + 8);
    return { start: this.#arena.allocate(bytes * this.#team.threads), bytes };
  }

  #squareAreas(): { squares: Area; pairSquares: Area } {
    this.#squares ??= this.#area(2 * (this.#short.bytes / (this.#bins + 8)));
    this.#pairSquares ??= this.#area(8);
    return { squares: this.#squares, pairSquares: this.#pairSquares };
  }

  #cleared(thread: number, ...areas: readonly Area[]): Call[] {
    return areas.map((area) => ["clear", at(area, thread), area.bytes]);
  }

  async #rowsRun(
    ready: ReadyRows | undefined,
    callsOf: (from: number, to: number, thread: number) => readonly Call[],
  ): Promise<void> {
    const shareOf = (thread: number, threads: number) => share(this.#rows, thread, threads);
    await this.#team.run(
      (thread, threads) => callsOf(...shareOf(thread, threads), thread),
      ready && ((thread, threads) => ready(...shareOf(thread, threads))),
    );
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

  #finishedSquares(squares: Area, pairSquares: Area, isInteger: boolean): Promise<Float64Array> {
    const flag = isInteger ? 1 : 0;
    const areas = [this.#short, pairSquares].flatMap(({ start, bytes }) => [start, bytes]);
    return this.#finished("finishSquares", squares.start, squares.bytes, flag, ...areas);
  }

  async #finished(name: string, ...numbers: number[]): Promise<Float64Array> {
    const { threads } = this.#team;
    const callOf = (from: number, to: number): Call[] => [
      [name, from, to, threads, ...numbers, this.#out],
    ];
    if (this.#bins < MANY_BINS) this.#team.runHere(callOf(0, this.#bins));
    else await this.#team.run((thread) => callOf(...share(this.#bins, thread, threads)));
    return this.#arena.float64(this.#out, this.#bins).slice();
  }
}

/** Gets rows of an image ready. */
export type ReadyRows = (from: number, to: number) => void;

/** An array for each thread. */
interface Area {
  readonly start: number;
  readonly bytes: number;
}

function at(area: Area, thread: number): number {
  return area.start + thread * area.bytes;
}
