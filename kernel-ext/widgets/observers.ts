import { reportFailure } from "./report-failure.js";

/** Functions to call for what happens, each once, in the order in which they came. */
export class Observers<Event> {
  readonly #all = new Map<(event: Event) => unknown, ReadonlySet<string> | undefined>();

  /** @param names the events to listen to; all of them where it is left out. */
  add(callback: (event: Event) => unknown, names?: Iterable<string>): void {
    const former = this.#all.get(callback);
    const more = names === undefined ? undefined : new Set([...(former ?? []), ...names]);
    const all = this.#all.has(callback) && former === undefined;
    this.#all.set(callback, all ? undefined : more);
  }

  remove(callback: (event: Event) => unknown, names?: Iterable<string>): void {
    const former = this.#all.get(callback);
    if (names === undefined || former === undefined) {
      this.#all.delete(callback);
      return;
    }
    const gone = new Set(names);
    const left = [...former].filter((name) => !gone.has(name));
    if (left.length === 0) this.#all.delete(callback);
    else this.#all.set(callback, new Set(left));
  }

  clear(): void {
    this.#all.clear();
  }

  /** Calls those who listen to `name`; what they throw is thrown. */
  call(name: string, event: Event): void {
    for (const callback of this.#listening(name)) callback(event);
  }

  /** Calls those who listen to `name`, and waits for their promises; what fails is reported. */
  async callSafely(name: string, event: Event): Promise<void> {
    const waits = this.#listening(name).map(async (callback) => {
      try {
        await callback(event);
      } catch (error) {
        reportFailure(error);
      }
    });
    await Promise.all(waits);
  }

  #listening(name: string): ((event: Event) => unknown)[] {
    return [...this.#all].filter(([, names]) => names?.has(name) ?? true).map(([call]) => call);
  }
}
