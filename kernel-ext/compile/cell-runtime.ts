import { CellRun, Interrupted } from "./cell-run.js";
import { Variables } from "./variables.js";

/** The most turns of a loop between two looks whether it is to end. */
const LONGEST_STRIDE = 128;
/** Looks between two at the clock, where turns are short: the clock costs as much as twenty. */
const LOOKS = 16;
/** Looks are to be between these two apart, in milliseconds. */
const NEAR = 1;
const FAR = 20;

/** Imports for a cell, or for a module of the notebook's folder. */
export interface Imports {
  /** A module that has been loaded for the code that asks. */
  module(specifier: string): unknown;
  import(specifier: string): Promise<unknown>;
  readonly meta: ImportMeta;
}

/** What the code of cells finds in `$cell`. */
export class CellRuntime {
  /** The run in whose name code begins now; what began in the name of another keeps that one. */
  run: CellRun = new CellRun();
  /** The value of the last expression. */
  last: unknown;
  readonly imports: Imports;
  readonly variables: Variables = new Variables();
  /** Its first number is 1 when the run is to end: another thread may write it at any time. */
  readonly #flag: Int32Array;

  constructor(flag: Int32Array, imports: Imports) {
    this.#flag = flag;
    this.imports = imports;
  }

  #stride = 1;
  #looks = 0;
  #looked = 0;

  /** Begins another run, of whose loops nothing is known. */
  begin(run: CellRun): void {
    this.run = run;
    this.#stride = 1;
    this.#looks = 0;
  }

  /**
   * Ends a run, if it is the one to end. What an earlier run has left behind goes on.
   *
   * @returns how many turns may be made before the next look.
   * @throws Interrupted
   */
  check(run: CellRun = this.run): number {
    if (run === this.run && Atomics.load(this.#flag, 0) !== 0) run.stop();
    if (run.stopped) throw new Interrupted();
    this.#looks -= 1;
    if (this.#looks < 0) this.#adapt();
    return this.#stride;
  }

  #adapt(): void {
    const now = performance.now();
    const passed = now - this.#looked;
    this.#looked = now;
    if (passed > FAR) this.#stride = 1;
    else if (passed < NEAR) this.#stride = Math.min(LONGEST_STRIDE, this.#stride * 2);
    this.#looks = this.#stride === LONGEST_STRIDE ? LOOKS : 0;
  }

  /** Passes on what was awaited, unless the run has ended meanwhile. */
  resume<T>(run: CellRun, awaited: T): T {
    if (run.stopped) throw new Interrupted();
    return awaited;
  }
}
