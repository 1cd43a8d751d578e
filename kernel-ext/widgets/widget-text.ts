import { inspect } from "node:util";
import { sameValue } from "./same-value.js";
import type { TraitSpec, TraitTable } from "./trait-spec.js";

/** The value of a trait that was given none. */
export function initialValue(spec: TraitSpec): unknown {
  const value = spec.default ?? null;
  return Array.isArray(value) ? [...value] : value;
}

/** A widget in one line: its class, and the traits that are not as they are by themselves. */
export function widgetText(
  className: string,
  traits: TraitTable,
  state: Readonly<Record<string, unknown>>,
  properties: ReadonlyMap<string, string>,
): string {
  const shown = Object.entries(traits)
    .filter(([name, spec]) => !name.startsWith("_") && spec.type !== "widget")
    .filter(([name, spec]) => !sameValue(state[name], initialValue(spec)))
    .map(([name]) => `${properties.get(name)}: ${brief(state[name])}`);
  return `${className}(${shown.length === 0 ? "" : `{ ${shown.join(", ")} }`})`;
}

function brief(value: unknown): string {
  const limits = { depth: 1, maxArrayLength: 4, maxStringLength: 60, breakLength: Infinity };
  return inspect(value, limits);
}
