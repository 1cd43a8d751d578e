/** Who is to be told of something. */
export class Listeners<Value> {
  readonly #callbacks = new Set<(value: Value) => void>();

  get isEmpty(): boolean {
    return this.#callbacks.size === 0;
  }

  /** Calls back until the function that it returns is called. */
  add(callback: (value: Value) => void): () => void {
    this.#callbacks.add(callback);
    return () => this.#callbacks.delete(callback);
  }

  tell(value: Value): void {
    // One that stops listening when it is called may not disturb the others.
    for (const callback of [...this.#callbacks]) callback(value);
  }
}
