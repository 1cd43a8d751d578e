import { inspect } from "node:util";
import { OptionError } from "../../src/errors.js";
import { isPlainObject } from "../comm/buffers.js";
import { Checkbox } from "./controls/booleans.js";
import { DatePicker } from "./controls/pickers.js";
import { Dropdown } from "./controls/selections.js";
import { FloatSlider, IntSlider } from "./controls/sliders.js";
import { Text } from "./controls/texts.js";
import type { Widget } from "./widget.js";
import { isWidget } from "./widget-identity.js";

/** A value that `interact` passes on without a control. */
export class Fixed<T> {
  readonly value: T;

  constructor(value: T) {
    this.value = value;
  }
}

/** A value that `interact` passes on without a control. */
export function fixed<T>(value: T): Fixed<T> {
  return new Fixed(value);
}

/** A widget with a value. */
export type ValueWidget = Widget & { value: unknown };

/**
 * What a value of one parameter may be chosen with: a widget, or what stands for one. A number is a
 * slider around it, `[min, max]` and `[min, max, step]` are sliders, a boolean a checkbox, a text a
 * field, a Date a date picker, another list or an object a drop-down.
 */
export type Abbreviation =
  | ValueWidget
  | number
  | boolean
  | string
  | Date
  | readonly unknown[]
  | ReadonlyMap<string, unknown>
  | Readonly<Record<string, unknown>>;

/**
 * The widget that an abbreviation stands for, labelled with the parameter's name unless it has a label.
 *
 * @throws OptionError for what stands for no widget.
 */
export function widgetOf(abbreviation: unknown, name: string): ValueWidget {
  const widget = make(abbreviation, name);
  if ("description" in widget && widget.description === "") widget.description = name;
  return widget;
}

function make(abbreviation: unknown, name: string): ValueWidget {
  if (isWidget(abbreviation)) {
    if ("value" in abbreviation) return abbreviation as ValueWidget;
    throw new OptionError(name, abbreviation, `${abbreviation} has no value to choose`);
  }
  if (typeof abbreviation === "boolean") return new Checkbox({ value: abbreviation });
  if (typeof abbreviation === "string") return new Text({ value: abbreviation });
  if (Number.isFinite(abbreviation)) return aroundValue(abbreviation as number);
  if (abbreviation instanceof Date) return new DatePicker({ value: abbreviation });
  if (isRange(abbreviation)) return between(abbreviation, name);
  if (Array.isArray(abbreviation) || abbreviation instanceof Map || isPlainObject(abbreviation)) {
    return new Dropdown({ options: abbreviation as readonly unknown[] });
  }
  const remedy = "give a number, boolean, text, list, object or widget, or fixed(value)";
  throw new OptionError(name, abbreviation, `${inspect(abbreviation)} is no control; ${remedy}`);
}

function aroundValue(value: number): ValueWidget {
  const [low, high] = value === 0 ? [0, 1] : [-value, 3 * value];
  const [min, max] = [Math.min(low, high), Math.max(low, high)];
  return Number.isInteger(value)
    ? new IntSlider({ value, min, max })
    : new FloatSlider({ value, min, max, step: stepOf(min, max) });
}

function between(range: readonly number[], name: string): ValueWidget {
  const [min = 0, max = 0, step] = range;
  if (!(min < max) || (step !== undefined && !(step > 0))) {
    const remedy = "give [min, max] or [min, max, step], min below max and step above 0";
    throw new OptionError(name, range, `[${range.join(", ")}] is no range; ${remedy}`);
  }
  const whole = range.every(Number.isInteger);
  const size = step ?? (whole ? 1 : stepOf(min, max));
  const middle = min + Math.trunc((max - min) / 2 / size) * size;
  return whole
    ? new IntSlider({ value: middle, min, max, step: size })
    : new FloatSlider({ value: middle, min, max, step: size });
}

function isRange(value: unknown): value is readonly number[] {
  if (!Array.isArray(value) || (value.length !== 2 && value.length !== 3)) return false;
  return value.every((item) => Number.isFinite(item));
}

/** ipywidgets' step of 0.1, or a finer one where that would leave too few places. */
function stepOf(min: number, max: number): number {
  const most = (max - min) / 20;
  return most >= 0.1 ? 0.1 : 10 ** Math.floor(Math.log10(most));
}
