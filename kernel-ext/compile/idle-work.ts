/** For how long nothing must have been asked, in milliseconds. */
const IDLE_MS = 300;

/** Work that is done step by step while nobody waits for anything else. */
export class IdleWork {
  readonly #steps: Generator<void>;
  #timer: NodeJS.Timeout | undefined;

  /** @param steps short ones, since what is asked meanwhile waits for the end of one. */
  constructor(steps: Generator<void>) {
    this.#steps = steps;
  }

  pause(): void {
    clearTimeout(this.#timer);
  }

  /** Begins, or goes on, after a while without a pause. */
  resume(): void {
    this.pause();
    this.#stepAfter(IDLE_MS);
  }

  /** Gives up what is left. */
  stop(): void {
    this.pause();
    this.#steps.return(undefined);
  }

  #stepAfter(milliseconds: number): void {
    this.#timer = setTimeout(() => {
      if (!this.#steps.next().done) this.#stepAfter(0);
    }, milliseconds).unref();
  }
}
