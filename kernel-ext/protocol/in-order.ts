/**
 * Does things in the order in which they were asked for: at once, unless one before them still waits
 * for what it needs.
 */
export class InOrder {
  #last: Promise<unknown> | undefined;

  /** @returns undefined where it is done; else a promise that rejects where `value` does. */
  do<T>(value: T | Promise<T>, work: (value: T) => void): Promise<void> | undefined {
    const before = this.#last;
    if (before === undefined && !(value instanceof Promise)) {
      work(value);
      return undefined;
    }
    const done = Promise.allSettled([before, value]).then(async () => work(await value));
    const last = done.catch(() => undefined);
    this.#last = last;
    last.then(() => {
      if (this.#last === last) this.#last = undefined;
    });
    return done;
  }
}
