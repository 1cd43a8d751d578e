import { inspect } from "node:util";
import { isPlainObject } from "../comm/buffers.js";

/** What a user may select from: values, pairs of label and value, or values by their labels. */
export type SelectionOptions =
  | Iterable<unknown>
  | ReadonlyMap<string, unknown>
  | Readonly<Record<string, unknown>>;

/** One thing to select. */
export interface SelectionOption {
  readonly label: string;
  readonly value: unknown;
}

/**
 * Options with a label each, in their order.
 *
 * As in ipywidgets, a list in which every item is a pair has labels; other values are labelled by their
 * text.
 */
export function selectionOptions(options: unknown): SelectionOption[] {
  const list = isPlainObject(options)
    ? Object.entries(options)
    : [...(options as Iterable<unknown>)];
  const pairs = list.length > 0 && list.every((item) => Array.isArray(item) && item.length === 2);
  return list.map((item) => {
    if (!pairs) return { label: labelOf(item), value: item };
    const [label, value] = item as [unknown, unknown];
    return { label: labelOf(label), value };
  });
}

/** Tells whether something can be the options of a selection. */
export function isSelectionOptions(value: unknown): value is SelectionOptions {
  if (isPlainObject(value)) return true;
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

function labelOf(value: unknown): string {
  return typeof value === "object" && value !== null
    ? inspect(value, { depth: 1, maxArrayLength: 5, breakLength: Infinity })
    : String(value);
}
