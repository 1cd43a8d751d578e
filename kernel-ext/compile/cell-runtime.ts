import { CellRun, Interrupted } from "./cell-run.js";
import { type Access, Variables } from "./variables.js";

/** The most turns of a loop between two looks: one look costs as much as some thirty short turns. */
const LONGEST_STRIDE = 1024;
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
  readonly #interrupt: Int32Array;
  #stride = 1;
  #left = 0;
  #looked = 0;

  /** @param interrupt whose first number another thread makes 1 for the run to end. */
  constructor(interrupt: Int32Array, imports: Imports) {
    this.#interrupt = interrupt;
    this.imports = imports;
  }

  /** Called by functions with guards: how many turns their loops may make without a look. */
  enter(): number {
    this.#left = (this.#left - 1) | 0;
    return this.#left < 0 ? this.check(this.run) : this.#stride;
  }

  /**
   * Looks whether a run is to end.
   *
   * @returns how many turns may be made before the next look.
   * @throws Interrupted
   */
  check(run: CellRun): number {
    if (run === this.run && Atomics.load(this.#interrupt, 0) !== 0) run.stop();
    if (run.stopped) throw new Interrupted();
    const now = performance.now();
    const passed = now - this.#looked;
    this.#looked = now;
    if (passed < NEAR) this.#stride = Math.min(LONGEST_STRIDE, this.#stride * 2);
    else if (passed > FAR) this.#stride = 1;
    this.#left = this.#stride;
    return this.#stride;
  }

  /** Passes on what was awaited, unless the run has ended meanwhile. */
  resume<T>(run: CellRun, awaited: T): T {
    if (run.stopped) throw new Interrupted();
    return awaited;
  }

  variable(name: string): object {
    return this.variables.access(name);
  }

  declare(accesses: Record<string, Access>): void {
    this.variables.declare(accesses);
  }
}
