import type { Request } from "../wire/thread-messages.js";

/** How long after an error a request may still arrive that was sent before it. */
const STRAGGLER_MS = 250;

/** Runs the cells one after the other, and gives up those that were sent before one of them failed. */
export class ExecuteQueue {
  readonly #run: (request: Request) => Promise<{ failed: boolean }>;
  readonly #abort: (request: Request) => void;
  #last: Promise<void> = Promise.resolve();
  #failedAt = Number.NEGATIVE_INFINITY;

  /** `run` tells whether the cells that wait are to be given up; `abort` answers one that is. */
  constructor(
    run: (request: Request) => Promise<{ failed: boolean }>,
    abort: (request: Request) => void,
  ) {
    this.#run = run;
    this.#abort = abort;
  }

  /** Settles when the request has been answered. */
  push(request: Request): Promise<void> {
    this.#last = this.#last.then(async () => {
      if (this.#wasSentBeforeError(request)) return this.#abort(request);
      const { failed } = await this.#run(request);
      if (failed) this.#failedAt = Date.now();
    });
    return this.#last;
  }

  // What a client sends once it knows of the error is to run, however soon. Its own clock says when
  // it sent a request; as that clock may be wrong, it is asked only for a moment after the error.
  #wasSentBeforeError({ receivedAt, message }: Request): boolean {
    if (receivedAt < this.#failedAt) return true;
    const sentAt = Date.parse(message.header.date);
    return receivedAt < this.#failedAt + STRAGGLER_MS && sentAt < this.#failedAt;
  }
}
