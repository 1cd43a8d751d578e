import { nodeModule } from "../host/node.js";
import { type Written, writeAs } from "./write-as.js";
import type { WriteRequest } from "./writer-thread.js";

/** Writes the results of a series. */
export interface Writer {
  /** How many files it writes at a time. */
  readonly atOnce: number;
  /** @throws as the format's own function does. */
  write(path: string, written: Written): Promise<void>;
  /** Ends it when all is written. */
  close(): void;
}

/** Files from which on a thread is worth its start. */
const MANY_FILES = 3;
const MOST_THREADS = 4;

/**
 * A writer for a number of files: for many of text, one with threads, so that the main one need not put
 * numbers into text while it could integrate.
 */
export function openWriter(files: number, format: Written["format"]): Writer {
  if (files < MANY_FILES || format === "nxs") return { atOnce: 1, write: writeAs, close: () => {} };
  const { availableParallelism } = nodeModule("node:os");
  const count = Math.min(Math.ceil(availableParallelism() / 2), MOST_THREADS);
  const threads = Array.from({ length: count }, () => new WriterThread());
  let next = 0;
  return {
    atOnce: count,
    async write(path, written) {
      const thread = threads[next++ % count]!;
      // What fails there is done again here: its error is then thrown whole, and a thread that cannot
      // be started, or has died, is no reason to fail.
      if (!(await thread.write({ path, written: lean(written) }))) await writeAs(path, written);
    },
    close() {
      for (const thread of threads) thread.close();
    },
  };
}

/** Without arrays that no format writes: what goes to a thread is copied. */
function lean(written: Written): Written {
  const none = new Float64Array(0);
  if ("centers" in written.result) {
    return { ...written, result: { ...written.result, count: [] } } as Written;
  }
  const sums = { count: none, sumSignal: none, sumNormalization: none, sumNormalization2: none };
  return { ...written, result: { ...written.result, ...sums } } as Written;
}

/** A thread that writes one file after another. */
class WriterThread {
  readonly #thread: import("node:worker_threads").Worker;
  #answers: ((isWritten: boolean) => void)[] = [];
  #isAlive = true;

  constructor() {
    const { Worker } = nodeModule("node:worker_threads");
    this.#thread = new Worker(new URL("./writer-thread.js", import.meta.url));
    this.#thread.on("message", (isWritten: boolean) => this.#answers.shift()!(isWritten));
    this.#thread.on("error", () => this.#die());
    this.#thread.on("exit", () => this.#die());
  }

  /** Whether the file has been written. */
  write(request: WriteRequest): Promise<boolean> {
    if (!this.#isAlive) return Promise.resolve(false);
    return new Promise((resolve) => {
      this.#answers.push(resolve);
      this.#thread.postMessage(request);
    });
  }

  close(): void {
    void this.#thread.terminate();
  }

  #die(): void {
    this.#isAlive = false;
    for (const answer of this.#answers.splice(0)) answer(false);
  }
}
