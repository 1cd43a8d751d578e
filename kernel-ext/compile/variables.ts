/** A class whose property `v` is a variable of the cell that declares the class. */
export type Access = new () => { v: unknown };

/**
 * The variables of all cells, by name. A cell keeps its variables as its own, so that they are fast,
 * and gives the others access to them; a cell that declares a name again takes it over for all.
 */
export class Variables {
  readonly #accesses = new Map<string, object>();
  /** What the last cell to declare names has taken over. */
  #former = new Map<object, object | null>();

  /** An object whose property `v` is, at any time, the variable of that name. */
  access(name: string): object {
    let access = this.#accesses.get(name);
    if (access === undefined) {
      access = {};
      this.#accesses.set(name, access);
    }
    return access;
  }

  // A prototype of its own for each, because V8 inlines no accessors of objects that were changed.
  declare(accesses: Record<string, Access>): void {
    for (const [name, { prototype }] of Object.entries(accesses)) {
      const access = this.access(name);
      this.#former.set(access, Object.getPrototypeOf(access) as object | null);
      Object.setPrototypeOf(access, prototype as object);
    }
  }

  /** Gives names back that a cell has declared, but did not get as far as to give a value. */
  settle(): void {
    for (const [access, former] of this.#former) {
      if (hasValue(access) || !("v" in (former ?? {}))) continue;
      Object.setPrototypeOf(access, former);
    }
    this.#former = new Map();
  }
}

function hasValue(access: object): boolean {
  try {
    void (access as { v: unknown }).v;
    return true;
  } catch {
    return false;
  }
}
