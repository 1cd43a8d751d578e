import { CellRun, Interrupted } from "./cell-run.js";
import { Variables } from "./variables.js";

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
  readonly flag: Int32Array;

  constructor(flag: Int32Array, imports: Imports) {
    this.flag = flag;
    this.imports = imports;
  }

  /**
   * Ends a run, if it is the one to end. What an earlier run has left behind goes on.
   *
   * @throws Interrupted
   */
  check(run: CellRun = this.run): true {
    if (run === this.run && Atomics.load(this.flag, 0) !== 0) run.stop();
    if (run.stopped) throw new Interrupted();
    return true;
  }

  /** Passes on what was awaited, unless the run has ended meanwhile. */
  resume<T>(run: CellRun, awaited: T): T {
    if (run.stopped) throw new Interrupted();
    return awaited;
  }
}
