import { inspect } from "node:util";
import { suggest } from "../../src/suggest.js";
import { DescriptionWidget } from "./description-widget.js";
import {
  isSelectionOptions,
  type SelectionOption,
  type SelectionOptions,
  selectionOptions,
} from "./selection-options.js";
import type { TraitTable } from "./trait-spec.js";
import type { State } from "./widget.js";

/** The traits of a selection that the page does not know. */
export const selectionTraits: TraitTable = {
  options: { type: "any", default: [], local: true },
  value: { type: "any", local: true },
  label: { type: "any", local: true },
};

/** What both kinds of selections do with their options. */
abstract class OptionsWidget extends DescriptionWidget {
  /** Values, pairs of label and value, or an object of values by their labels. */
  declare options: SelectionOptions;

  /** The options as they are to be; checks them and sets the page's labels. */
  protected optionsOf(next: State): SelectionOption[] {
    if (!isSelectionOptions(next.options)) {
      const remedy = 'give a list, such as ["a", "b"], or an object, such as { one: 1 }';
      throw this.traitError("options", next.options, `no options to select from; ${remedy}`);
    }
    // An iterator can be read only once.
    if (!Array.isArray(next.options) && Symbol.iterator in next.options) {
      next.options = [...(next.options as Iterable<unknown>)];
    }
    const options = selectionOptions(next.options);
    const labels = options.map(({ label }) => label);
    const former = next._options_labels as readonly string[];
    const same = labels.length === former.length && labels.every((label, i) => label === former[i]);
    if (!same) next._options_labels = labels;
    return options;
  }

  protected indexOfValue(options: readonly SelectionOption[], value: unknown): number {
    const index = options.findIndex((option) => Object.is(option.value, value));
    if (index >= 0) return index;
    return this.absent("value", value, options);
  }

  protected indexOfLabel(options: readonly SelectionOption[], label: unknown): number {
    const index = options.findIndex((option) => option.label === label);
    if (index >= 0) return index;
    return this.absent("label", label, options);
  }

  protected checkIndex(options: readonly SelectionOption[], index: unknown): void {
    if (Number.isInteger(index) && (index as number) >= 0 && (index as number) < options.length) {
      return;
    }
    const remedy =
      options.length === 0 ? "there are no options" : `use 0 to ${options.length - 1}, or null`;
    throw this.traitError("index", index, `${inspect(index)} is not an option's index; ${remedy}`);
  }

  // No private names here: the first call comes before this class's constructor has run.
  private absent(trait: string, value: unknown, options: readonly SelectionOption[]): never {
    const labels = options.map(({ label }) => label);
    const [near] = suggest(String(value), labels, 1);
    const all = labels.length > 12 ? `${labels.slice(0, 12).join(", ")} …` : labels.join(", ");
    const remedy =
      near === undefined
        ? `there ${labels.length === 0 ? "are no options" : `are ${all}`}`
        : `did you mean ${near}?`;
    const text = inspect(value, { depth: 1, maxArrayLength: 4 });
    throw this.traitError(trait, value, `${text} is not one of the options; ${remedy}`);
  }
}

/**
 * One of several options. `value` is what was selected, `label` its text, `index` its place; setting
 * one sets the others. New options select the first of them.
 */
export abstract class SelectionWidget<T> extends OptionsWidget {
  declare value: T | null;
  declare label: string | null;
  declare index: number | null;

  protected override reconcile(next: State, changed: ReadonlySet<string>, first: boolean): void {
    const options = this.optionsOf(next);
    next.index = this.selected(next, options, changed, first);
    const option = next.index === null ? undefined : options[next.index as number];
    next.value = option === undefined ? null : option.value;
    next.label = option === undefined ? null : option.label;
  }

  private selected(
    next: State,
    options: readonly SelectionOption[],
    changed: ReadonlySet<string>,
    first: boolean,
  ): number | null {
    if (changed.has("value")) {
      // Null means no selection, unless it is an option itself.
      const none = next.value === null && !options.some(({ value }) => value === null);
      return none ? null : this.indexOfValue(options, next.value);
    }
    if (changed.has("label")) {
      return next.label === null ? null : this.indexOfLabel(options, next.label);
    }
    if (changed.has("index")) {
      if (next.index !== null) this.checkIndex(options, next.index);
      return next.index as number | null;
    }
    if (changed.has("options") || first) {
      const any = options.length > 0 && (first || next.index !== null);
      return any ? 0 : null;
    }
    return next.index as number | null;
  }
}

/** Any number of several options: `value`, `label` and `index` are lists. New options select none. */
export abstract class MultipleSelectionWidget<T> extends OptionsWidget {
  declare value: readonly T[];
  declare label: readonly string[];
  declare index: readonly number[];

  protected override reconcile(next: State, changed: ReadonlySet<string>, first: boolean): void {
    const options = this.optionsOf(next);
    const indices = this.selected(next, options, changed, first);
    next.index = indices;
    next.value = indices.map((i) => options[i]!.value);
    next.label = indices.map((i) => options[i]!.label);
  }

  /** What is selected among new options. */
  protected selectedAtFirst(_options: readonly SelectionOption[]): number[] {
    return [];
  }

  private selected(
    next: State,
    options: readonly SelectionOption[],
    changed: ReadonlySet<string>,
    first: boolean,
  ): number[] {
    if (changed.has("value")) {
      return this.list("value", next).map((value) => this.indexOfValue(options, value));
    }
    if (changed.has("label")) {
      return this.list("label", next).map((label) => this.indexOfLabel(options, label));
    }
    if (changed.has("index")) {
      const indices = this.list("index", next) as number[];
      for (const index of indices) this.checkIndex(options, index);
      return indices;
    }
    if (changed.has("options") || first) return this.selectedAtFirst(options);
    return next.index as number[];
  }

  private list(trait: string, next: State): unknown[] {
    const value = next[trait];
    if (Array.isArray(value)) return value;
    throw this.traitError(trait, value, `${inspect(value)} is not a list, such as [first, last]`);
  }
}

/** Two ends of a range of options. */
export abstract class SelectionRangeWidget<T> extends MultipleSelectionWidget<T> {
  protected override reconcile(next: State, changed: ReadonlySet<string>, first: boolean): void {
    super.reconcile(next, changed, first);
    const { index } = next as { index: readonly number[] };
    if (index.length === 2 || index.length === 0) return;
    throw this.traitError("value", next.value, "a range has two ends: give the first and the last");
  }

  protected override selectedAtFirst(options: readonly SelectionOption[]): number[] {
    return options.length === 0 ? [] : [0, 0];
  }
}
