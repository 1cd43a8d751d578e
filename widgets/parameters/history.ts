/** States that were, and those that were undone. */
export class History<State> {
  #past: State[] = [];
  #future: State[] = [];
  #now: State;
  readonly #same: (a: State, b: State) => boolean;

  constructor(start: State, same: (a: State, b: State) => boolean) {
    this.#now = start;
    this.#same = same;
  }

  /** Keeps a state, unless nothing has changed; what was undone is forgotten. */
  keep(state: State): void {
    if (this.#same(this.#now, state)) return;
    this.#past.push(this.#now);
    this.#future = [];
    this.#now = state;
  }

  /** The state before; undefined at the start. */
  undo(): State | undefined {
    return this.#step(this.#past, this.#future);
  }

  /** The state that was undone last. */
  redo(): State | undefined {
    return this.#step(this.#future, this.#past);
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  #step(from: State[], to: State[]): State | undefined {
    const state = from.pop();
    if (state === undefined) return undefined;
    to.push(this.#now);
    this.#now = state;
    return state;
  }
}
