/**
 * The newest of what comes, for one who watches and need not see everything: `put` replaces what nobody
 * has taken yet, so that nothing piles up behind a slow viewer.
 *
 * @example
 * const live = new Latest<Integrate1dResult>();
 * void (async () => { for await (const pattern of live) await draw(pattern); })();
 * for await (const frame of stream) live.put(await plan.integrate(frame));
 * live.close();
 */
export class Latest<T> implements AsyncIterable<T> {
  #value: { readonly value: T } | undefined;
  #waiting: (() => void)[] = [];
  #isClosed = false;
  #skipped = 0;

  /** How many were replaced before anybody took them. */
  get skipped(): number {
    return this.#skipped;
  }

  put(value: T): void {
    if (this.#isClosed) return;
    if (this.#value !== undefined) this.#skipped++;
    this.#value = { value };
    this.#wake();
  }

  /** The last value is still given, then the loops end. */
  close(): void {
    this.#isClosed = true;
    this.#wake();
  }

  [Symbol.asyncIterator](): AsyncIterator<T, undefined> {
    let isLeft = false;
    return {
      next: async () => {
        while (!isLeft && this.#value === undefined && !this.#isClosed) {
          await new Promise<void>((resolve) => this.#waiting.push(resolve));
        }
        const taken = isLeft ? undefined : this.#value;
        if (taken === undefined) return { value: undefined, done: true };
        this.#value = undefined;
        return { value: taken.value, done: false };
      },
      return: async () => {
        isLeft = true;
        this.#wake();
        return { value: undefined, done: true };
      },
    };
  }

  #wake(): void {
    for (const go of this.#waiting.splice(0)) go();
  }
}
