/** Thrown inside a cell that the user has interrupted. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor() {
    super("the cell was interrupted");
  }
}

/** One run of a cell, and all that goes on in its name. */
export class CellRun {
  /** Whether what goes on in its name is to end. */
  stopped = false;
  readonly #abort = new AbortController();

  /** Aborted, with `Interrupted`, when the run is stopped. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  stop(): void {
    if (this.stopped) return;
    this.stopped = true;
    this.#abort.abort(new Interrupted());
  }
}
