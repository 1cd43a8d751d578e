import type { JsonObject } from "./loose-json.js";
import { ConfigError } from "./parse-yaml.js";

/** Reads the values of an object whose keys pyFAI has named differently over the years. */
export interface Fields {
  /** The first of the keys that is there and not null; it counts as read. */
  value(...keys: readonly string[]): unknown;
  number(...keys: readonly string[]): number | undefined;
  /** A whole number, 0 for none. */
  count(...keys: readonly string[]): number | undefined;
  text(...keys: readonly string[]): string | undefined;
  flag(...keys: readonly string[]): boolean | undefined;
  /** Two finite numbers; `undefined` for a pair that is not complete. */
  pair(...keys: readonly string[]): readonly [number, number] | undefined;
  /** One text, texts separated by commas, or a list of them. */
  texts(...keys: readonly string[]): readonly string[];
  fail(key: string, expected: string): ConfigError;
  /** The keys that nobody has asked for. */
  unread(): string[];
}

/** @param name what messages call the object: `"ai"`; empty for the file itself */
export function fieldsOf(object: JsonObject, path: string, name: string): Fields {
  const asked = new Set<string>();
  const found = (keys: readonly string[]): string | undefined => {
    for (const key of keys) asked.add(key);
    return keys.find((key) => Object.hasOwn(object, key) && (object[key] ?? null) !== null);
  };
  const fail = (key: string, expected: string): ConfigError => {
    const where = name === "" ? key : `${name}.${key}`;
    return new ConfigError(
      path,
      `${where} is to be ${expected}, not ${JSON.stringify(object[key])?.slice(0, 80)}`,
    );
  };
  const typed =
    <Value>(is: (value: unknown) => value is Value, expected: string) =>
    (...keys: readonly string[]): Value | undefined => {
      const key = found(keys);
      if (key === undefined) return undefined;
      const value = object[key];
      if (!is(value)) throw fail(key, expected);
      return value;
    };
  const text = typed(
    (value): value is string => typeof value === "string" && !value.includes("\0"),
    "a text",
  );
  return {
    value: (...keys) => {
      const key = found(keys);
      return key === undefined ? undefined : object[key];
    },
    number: typed((value): value is number => Number.isFinite(value), "a number"),
    count: typed(
      (value): value is number => Number.isInteger(value) && (value as number) >= 0,
      "a whole number",
    ),
    text: (...keys) => text(...keys) || undefined,
    flag: typed((value): value is boolean => typeof value === "boolean", "true or false"),
    pair: (...keys) => {
      const key = found(keys);
      if (key === undefined) return undefined;
      const [low, high] = Array.isArray(object[key]) ? object[key] : [Number.NaN];
      if (Number.isFinite(low) && Number.isFinite(high)) return [low, high];
      if (Array.isArray(object[key]) && object[key].length === 2) return undefined;
      throw fail(key, "two numbers, [low, high]");
    },
    texts: (...keys) => {
      const key = found(keys);
      if (key === undefined) return [];
      const value = object[key];
      const list = typeof value === "string" ? value.split(",") : value;
      if (!Array.isArray(list) || !list.every((item) => typeof item === "string")) {
        throw fail(key, "file names");
      }
      return list.map((item) => item.trim()).filter((item) => item !== "");
    },
    fail,
    unread: () => Object.keys(object).filter((key) => !asked.has(key)),
  };
}
