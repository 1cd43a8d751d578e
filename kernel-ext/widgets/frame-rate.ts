/** Milliseconds over which a rate is taken. */
const SPAN = 2000;

/** How often something has happened lately. */
export class FrameRate {
  readonly #times: number[] = [];

  count(now: number = performance.now()): void {
    this.#times.push(now);
    this.#forget(now);
  }

  /** Times a second; 0 when it has been quiet for a while. */
  get perSecond(): number {
    return this.at(performance.now());
  }

  /** The rate at a time, in milliseconds. */
  at(now: number): number {
    this.#forget(now);
    const [first, last] = [this.#times[0], this.#times.at(-1)];
    if (first === undefined || last === undefined || last === first) return 0;
    return (1000 * (this.#times.length - 1)) / (last - first);
  }

  #forget(now: number): void {
    const old = this.#times.findIndex((time) => time >= now - SPAN);
    this.#times.splice(0, old < 0 ? this.#times.length : old);
  }
}
