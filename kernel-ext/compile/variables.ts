/** A class whose property `v` is a variable of the cell that declares the class. */
export type Access = new () => { v: unknown };

/**
 * The variables of all cells, each by an object whose property `v` is the variable. A cell has its
 * variables for itself as well, so that they are fast; one that declares a name again takes it over
 * for all.
 */
export class Variables {
  readonly #accesses = new Map<string, object>();
  /** What the last cell to declare names has taken over. */
  #former = new Map<object, Former>();

  access(name: string): object {
    let access = this.#accesses.get(name);
    if (access === undefined) {
      access = Object.create(withoutValue(name)) as object;
      this.#accesses.set(name, access);
    }
    return access;
  }

  /** Declares variables that functions of the cell use: they are and remain the cell's. */
  // A prototype of its own for each, because V8 inlines no accessors of objects that were changed.
  share(accesses: Record<string, Access>): void {
    for (const [name, { prototype }] of Object.entries(accesses)) {
      const access = this.access(name);
      this.#former.set(access, formerOf(access));
      delete (access as { v?: unknown }).v;
      Object.setPrototypeOf(access, prototype as object);
    }
  }

  /** Declares variables that the cell hands over: until it does, they are what they were. */
  handOver(names: readonly string[]): void {
    for (const name of names) {
      const access = this.access(name);
      if (Object.hasOwn(access, "v")) continue;
      const value = currentValue(access);
      Object.setPrototypeOf(access, withoutValue(name));
      if (value !== undefined) setValue(access, value.v);
    }
  }

  /** Gives names back that a cell has declared, but did not get as far as to give a value. */
  settle(): void {
    for (const [access, { prototype, own }] of this.#former) {
      if (currentValue(access) !== undefined) continue;
      const current = Object.getPrototypeOf(access) as object;
      Object.setPrototypeOf(access, prototype);
      if (own !== undefined) setValue(access, own);
      else if (currentValue(access) === undefined) Object.setPrototypeOf(access, current);
    }
    this.#former = new Map();
  }
}

interface Former {
  prototype: object;
  own: unknown;
}

function formerOf(access: object): Former {
  const prototype = Object.getPrototypeOf(access) as object;
  return { prototype, own: Object.hasOwn(access, "v") ? (access as { v: unknown }).v : undefined };
}

/** @returns nothing for a variable that has no value yet. */
function currentValue(access: object): { v: unknown } | undefined {
  try {
    return { v: (access as { v: unknown }).v };
  } catch {
    return undefined;
  }
}

function setValue(access: object, value: unknown): void {
  Object.defineProperty(access, "v", {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}

/** What a variable has before it is given a value. */
function withoutValue(name: string): object {
  return {
    get v(): unknown {
      throw new ReferenceError(`${name} has no value yet`);
    },
    set v(value: unknown) {
      setValue(this, value);
    },
  };
}
