import type { Request } from "../wire/thread-messages.js";

/** How long after an error a request may still arrive that was sent before it. */
const STRAGGLER_MS = 250;

/** Runs the cells one after the other, and gives up those that were sent before one of them failed. */
export class ExecuteQueue {
  readonly #run: (request: Request) => Promise<number | undefined>;
  readonly #abort: (request: Request) => void;
  #last: Promise<void> = Promise.resolve();
  #failedAt = Number.NEGATIVE_INFINITY;

  /** `run` tells when a cell failed that those behind it depend on; `abort` answers one of these. */
  constructor(
    run: (request: Request) => Promise<number | undefined>,
    abort: (request: Request) => void,
  ) {
    this.#run = run;
    this.#abort = abort;
  }

  /** Settles when the request has been answered. */
  push(request: Request): Promise<void> {
    const done = this.#last.then(async () => {
      if (this.#wasSentBeforeError(request)) return this.#abort(request);
      this.#failedAt = (await this.#run(request)) ?? this.#failedAt;
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  // What a client sends once it knows of the error is to run, however soon. Its own clock says when
  // it sent a request; as that clock may be wrong, it is asked only for a moment after the error.
  #wasSentBeforeError({ receivedAt, message }: Request): boolean {
    if (receivedAt < this.#failedAt) return true;
    const sentAt = Date.parse(message.header.date);
    return receivedAt < this.#failedAt + STRAGGLER_MS && sentAt < this.#failedAt;
  }
}
