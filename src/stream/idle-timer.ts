/** So late a timer is when its thread was at work, and what came meanwhile has not been seen. */
const lateMs = 100;
const graceMs = 1000;

/** Calls whenever it was not restarted for so many milliseconds, until it is stopped. */
export class IdleTimer {
  readonly #milliseconds: number;
  readonly #call: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #last: number = performance.now();
  #isStopped = false;

  constructor(milliseconds: number, call: () => void) {
    this.#milliseconds = milliseconds;
    this.#call = call;
    this.#wait(milliseconds);
  }

  /** Cheap enough for every frame: the timer looks at the clock when it is due. */
  restart(): void {
    this.#last = performance.now();
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #wait(milliseconds: number): void {
    // Timers count milliseconds in 31 bits; a longer wait would be none.
    const step = Math.min(milliseconds, 2 ** 30);
    const due = performance.now() + step;
    this.#timer = setTimeout(() => this.#look(performance.now() - due), step);
  }

  #look(late: number): void {
    const left = this.#last + this.#milliseconds - performance.now();
    if (left > 0 || late > lateMs) {
      this.#wait(Math.max(left, late > lateMs ? graceMs : 0));
      return;
    }
    this.restart();
    this.#call();
    if (!this.#isStopped) this.#wait(this.#milliseconds);
  }
}
