import { inspect } from "node:util";
import { isPlainObject } from "../comm/buffers.js";

/** A typed array of numbers, of whatever kind. */
type Numbers = ArrayLike<number | bigint> & { readonly constructor: { readonly name: string } };

/** Arrays up to this length are printed in full. */
const FEW = 100;
const ENDS = 3;

/** Tells typed arrays from all else. */
export function isTypedArray(value: unknown): value is Numbers {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** A typed array in one line: kind, length, lowest and highest value, first and last ones. */
export function arraySummary(array: Numbers): string {
  let [low, high] = [Infinity, -Infinity] as (number | bigint)[];
  let missing = 0;
  for (let i = 0; i < array.length; i++) {
    const value = array[i]!;
    if (typeof value === "number" && !Number.isFinite(value)) {
      missing++;
      continue;
    }
    if (value < low!) low = value;
    if (value > high!) high = value;
  }
  const values = Array.from({ length: array.length > 2 * ENDS ? ENDS : 0 }, (_, i) => i);
  const first = values.map((i) => shortNumber(array[i]!));
  const last = values.map((i) => shortNumber(array[array.length - ENDS + i]!));
  const range =
    missing === array.length
      ? "no finite value"
      : `min ${shortNumber(low!)}, max ${shortNumber(high!)}`;
  const gaps = missing === 0 || missing === array.length ? "" : `, ${missing} not finite`;
  return `${array.constructor.name}(${array.length}) [${first.join(", ")}, …, ${last.join(", ")}] ${range}${gaps}`;
}

/** A value as Node prints it, but with long typed arrays summarised, also those within. */
export function valueText(value: unknown): string {
  return inspect(summarised(value, 0));
}

/** A value in few lines: long lists of any kind are cut short. */
export function briefText(value: unknown): string {
  return inspect(summarised(value, 0), { depth: 1, maxArrayLength: 2 });
}

function shortNumber(value: number | bigint): string {
  return typeof value === "bigint" || Number.isInteger(value)
    ? String(value)
    : String(Number(value.toPrecision(6)));
}

/** As deep as `inspect` looks into objects. */
const DEEPEST = 3;

function summarised(value: unknown, depth: number): unknown {
  if (isTypedArray(value)) return value.length > FEW ? new Summary(value) : value;
  if (depth >= DEEPEST) return value;
  const within = (item: unknown): unknown => summarised(item, depth + 1);
  if (Array.isArray(value)) {
    return value.length <= FEW && value.some((item) => within(item) !== item)
      ? value.map(within)
      : value;
  }
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, within(item)] as const);
  return entries.some(([key, item]) => item !== value[key]) ? Object.fromEntries(entries) : value;
}

class Summary {
  readonly #array: Numbers;

  constructor(array: Numbers) {
    this.#array = array;
  }

  [inspect.custom](): string {
    return arraySummary(this.#array);
  }
}
