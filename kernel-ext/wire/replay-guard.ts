/** Remembers the latest signatures, so that a message that was recorded cannot be sent again. */
export class ReplayGuard {
  readonly #seen = new Set<string>();
  readonly #capacity: number;

  constructor(capacity = 65_536) {
    this.#capacity = capacity;
  }

  /** Whether a signature is new; it is known from then on. */
  admit(signature: string): boolean {
    if (this.#seen.has(signature)) return false;
    this.#seen.add(signature);
    if (this.#seen.size > this.#capacity) {
      // A Set keeps its order: the first is the oldest.
      const [oldest] = this.#seen;
      this.#seen.delete(oldest as string);
    }
    return true;
  }
}
