import { OptionError } from "../../src/errors.js";
import { suggest } from "../../src/suggest.js";
import { propertyName, type TraitTable } from "./trait-spec.js";

/** The traits of one class by both of their names: as properties, and on the wire. */
export interface TraitNames {
  readonly wire: ReadonlyMap<string, string>;
  readonly property: ReadonlyMap<string, string>;
}

/** An object whose traits are read and set by their names on the wire. */
export interface TraitHolder {
  get(name: string): unknown;
  set(changes: Record<string, unknown>): void;
}

const known = new WeakMap<object, TraitNames>();

/** The names of a class's traits; the first call gives the class's objects their properties. */
export function traitNames(owner: { prototype: object }, traits: TraitTable): TraitNames {
  const found = known.get(owner);
  if (found !== undefined) return found;
  const wire = new Map<string, string>();
  const property = new Map<string, string>();
  for (const name of Object.keys(traits)) {
    wire.set(propertyName(name), name).set(name, name);
    property.set(name, propertyName(name));
  }
  for (const [alias, name] of wire) defineTrait(owner.prototype, alias, name);
  const names = { wire, property };
  known.set(owner, names);
  return names;
}

/**
 * The name on the wire of a trait, by any of its names.
 *
 * @throws OptionError that suggests the nearest names.
 */
export function wireName(names: TraitNames, name: string, owner: string): string {
  const found = names.wire.get(name);
  if (found !== undefined) return found;
  const all = [...names.property.values()];
  const near = suggest(name, all);
  const hint =
    near.length > 0 ? `did you mean ${near.join(" or ")}?` : `it has ${all.sort().join(", ")}`;
  throw new OptionError(`${owner}.${name}`, name, `${owner} has no trait "${name}"; ${hint}`);
}

/** Gives an object a property for a trait, unless its class has one. */
export function defineTrait(target: object, alias: string, name: string): void {
  if (alias in target) return;
  Object.defineProperty(target, alias, {
    configurable: true,
    enumerable: false,
    get(this: TraitHolder) {
      return this.get(name);
    },
    set(this: TraitHolder, value: unknown) {
      this.set({ [name]: value });
    },
  });
}
