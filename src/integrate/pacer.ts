import { nextTurn } from "../host/next-turn.js";
import { reportProgress } from "../progress.js";
import type { Progress } from "./options.js";

const PAUSE_EVERY_MS = 50;

/** What a long computation does besides computing. */
export interface PacerOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/**
 * Keeps a long computation in one thread polite: now and then it tells how far it is, lets other work
 * have its turn, and stops if it was asked to.
 */
export class Pacer {
  readonly #label: string;
  readonly #options: PacerOptions;
  #paused = performance.now();

  constructor(label: string, options: PacerOptions = {}) {
    this.#label = label;
    this.#options = options;
    options.signal?.throwIfAborted();
  }

  /** Whether it is time to pause: ask in loops, it costs next to nothing. */
  get isDue(): boolean {
    return performance.now() - this.#paused > PAUSE_EVERY_MS;
  }

  async pause(done: number, total: number | undefined): Promise<void> {
    const progress = { label: this.#label, done, total };
    reportProgress(progress);
    this.#options.onProgress?.(progress);
    await nextTurn();
    this.#options.signal?.throwIfAborted();
    this.#paused = performance.now();
  }

  /** Tells that all is done, if anything was told before. */
  finish(total: number): void {
    const progress = { label: this.#label, done: total, total };
    reportProgress(progress);
    this.#options.onProgress?.(progress);
  }
}
