import { inspect } from "node:util";
import { OptionError } from "../../src/errors.js";
import { suggest } from "../../src/suggest.js";
import { isBinary, isPlainObject } from "../comm/buffers.js";
import { cssColorNames, isCssColor } from "./css-colors.js";
import { timeOfDay } from "./time-of-day.js";
import type { TraitSpec } from "./trait-spec.js";
import type { Widget } from "./widget.js";
import { isWidget } from "./widget-identity.js";

// d3-format's language: [[fill]align][sign][symbol][0][width][,][.precision][~][type].
const NUMBER_FORMAT = /^(?:.?[<>=^])?[+\-( ]?[$#]?0?\d*,?(?:\.\d+)?~?[efgrs%pbodxXc]?$/;

/**
 * A value as a trait holds it.
 *
 * @param name of the widget and trait, such as `"IntSlider.value"`, for the error's text.
 * @throws OptionError that names the trait and the value, and says what it may be.
 */
export function checkTrait(spec: TraitSpec, value: unknown, name: string): unknown {
  if (value === undefined || value === null) {
    if (spec.nullable === true || spec.type === "any") return value ?? null;
    // A widget that makes itself is made anew.
    if (spec.type === "widget" && spec.make !== undefined) return null;
  }
  switch (spec.type) {
    case "any":
    case "json":
      return value;
    case "string":
      if (typeof value === "string") return value;
      if (typeof value === "number") return String(value);
      return refuse(name, value, "a text");
    case "boolean":
      return typeof value === "boolean" ? value : refuse(name, value, "true or false");
    case "integer":
      if (Number.isInteger(value)) return value;
      return refuse(name, value, "a whole number", roundHint(value));
    case "number":
      return Number.isFinite(value) ? value : refuse(name, value, "a finite number");
    case "choice":
      return checkChoice(spec.values, value, name);
    case "color":
      if (typeof value === "string" && isCssColor(value)) return value;
      return refuse(name, value, 'a colour, such as "steelblue" or "#4682b4"', colorHint(value));
    case "numberFormat":
      if (typeof value === "string" && NUMBER_FORMAT.test(value)) return value;
      return refuse(name, value, 'a number format of d3, such as ".2f" or "d"');
    case "bytes":
      return isBinary(value) ? bytesOf(value) : refuse(name, value, "bytes, such as a Uint8Array");
    case "date":
    case "datetime":
    case "naiveDatetime":
      if (isDate(value) && !Number.isNaN(value.getTime())) return value;
      return refuse(name, value, "a valid Date");
    case "time":
      return timeOfDay(value) ?? refuse(name, value, 'a time, such as "14:05" or { hours: 14 }');
    case "files":
      return Array.isArray(value) ? value : refuse(name, value, "a list of files");
    case "end":
      return checkEnd(value, name);
    case "list":
      return checkItems(listOf(value, name), () => spec.of, name);
    case "tuple":
      return checkTuple(spec.of, value, name);
    case "union":
      return checkUnion(spec.of, value, name);
    case "widget":
      if (isWidget(value)) return value;
      if (spec.make !== undefined && isPlainObject(value)) return new (spec.make())(value as never);
      return refuse(name, value, "a widget");
  }
}

function checkChoice(values: readonly string[], value: unknown, name: string): string {
  const found = values.find((choice) => choice.toLowerCase() === String(value).toLowerCase());
  if (typeof value === "string" && found !== undefined) return found;
  const [near] = suggest(String(value), values);
  const hint = near === undefined || near === "" ? "" : `; did you mean ${JSON.stringify(near)}?`;
  return refuse(name, value, `one of ${values.map((v) => JSON.stringify(v)).join(", ")}`, hint);
}

function checkTuple(of: readonly TraitSpec[], value: unknown, name: string): unknown[] {
  const items = listOf(value, name);
  if (items.length !== of.length) return refuse(name, value, `${of.length} values in a list`);
  return checkItems(items, (i) => of[i]!, name);
}

function checkItems(items: unknown[], of: (i: number) => TraitSpec, name: string): unknown[] {
  return items.map((item, i) => checkTrait(of(i), item, `${name}[${i}]`));
}

function checkUnion(of: readonly TraitSpec[], value: unknown, name: string): unknown {
  const reasons: string[] = [];
  for (const spec of of) {
    try {
      return checkTrait(spec, value, name);
    } catch (error) {
      reasons.push((error as Error).message.replace(/^.* is not /, ""));
    }
  }
  return refuse(name, value, reasons.join(", nor "));
}

function checkEnd(value: unknown, name: string): unknown {
  if (Array.isArray(value) && value.length === 2 && isWidget(value[0])) {
    const [widget, trait] = value as [unknown, unknown];
    if (typeof trait === "string") return [widget, (widget as Widget).wireName(trait)];
  }
  return refuse(name, value, 'a widget and the name of its trait, such as [slider, "value"]');
}

function listOf(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value;
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) {
    return Array.from(value as unknown as ArrayLike<unknown>);
  }
  return refuse(name, value, "a list");
}

/** The bytes of binary data, as a view on the same memory. */
export function bytesOf(value: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
}

// Not `instanceof`, because a cell may have a Date of another realm.
function isDate(value: unknown): value is Date {
  return Object.prototype.toString.call(value) === "[object Date]";
}

function refuse(name: string, value: unknown, wanted: string, hint = ""): never {
  const text = inspect(value, {
    depth: 1,
    maxArrayLength: 5,
    maxStringLength: 80,
    breakLength: 80,
  });
  throw new OptionError(name, value, `${text} is not ${wanted}${hint}`);
}

function roundHint(value: unknown): string {
  return Number.isFinite(value) ? `; Math.round makes it ${Math.round(value as number)}` : "";
}

function colorHint(value: unknown): string {
  const [near] = typeof value === "string" ? suggest(value, cssColorNames(), 1) : [];
  return near === undefined ? "" : `; did you mean "${near}"?`;
}
