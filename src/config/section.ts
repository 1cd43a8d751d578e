import { suggest } from "../suggest.js";
import { ConfigError } from "./parse-yaml.js";

/** What a key of a section holds, and whether it must be there. */
export interface KeySpec<Value> {
  readonly read: (value: unknown, fail: (expected: string) => ConfigError) => Value;
  readonly isOptional?: true;
}

type Specs = Readonly<Record<string, KeySpec<unknown>>>;

/** The values of a section whose keys are described by `Keys`. */
export type SectionOf<Keys extends Specs> = {
  readonly [Key in keyof Keys]: Keys[Key] extends { isOptional: true }
    ? ReturnType<Keys[Key]["read"]> | undefined
    : ReturnType<Keys[Key]["read"]>;
};

/**
 * Reads a mapping with known keys.
 *
 * @param name what messages call it: `"file_paths"`
 * @throws ConfigError for a key that is unknown (with those that may have been meant) or missing, and
 * for a value of another kind.
 */
export function readSection<Keys extends Specs>(
  path: string,
  name: string,
  value: unknown,
  keys: Keys,
): SectionOf<Keys> {
  const where = name === "" ? "" : `${name}.`;
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    const expected = Object.keys(keys).join(", ");
    throw new ConfigError(path, `${name || "the file"} is to hold ${expected}`);
  }
  for (const key of Object.keys(value)) {
    if (Object.hasOwn(keys, key)) continue;
    const near = suggest(key, Object.keys(keys));
    const remedy =
      near.length > 0
        ? `did you mean ${near.join(" or ")}?`
        : `there are ${Object.keys(keys).join(", ")}`;
    throw new ConfigError(path, `there is no ${where}${key}; ${remedy}`);
  }
  const entries = Object.entries(keys).map(([key, { read, isOptional }]) => {
    const given = Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined;
    if (given === undefined || given === null) {
      if (isOptional) return [key, undefined] as const;
      throw new ConfigError(path, `${where}${key} is missing`);
    }
    const fail = (expected: string): ConfigError =>
      new ConfigError(path, `${where}${key} is to be ${expected}, not ${JSON.stringify(given)}`);
    return [key, read(given, fail)] as const;
  });
  return Object.fromEntries(entries) as SectionOf<Keys>;
}

type Read<Value> = KeySpec<Value>["read"];

/** A text; numbers are taken as written, for names of folders such as `103840`. */
export const text: KeySpec<string> = {
  read: (value, fail) => {
    if (typeof value === "number" && Number.isFinite(value)) return `${value}`;
    if (typeof value !== "string" || value === "") throw fail("a text");
    if (value.includes("\0")) throw fail("a text without NUL");
    return value;
  },
};

/** Texts, one or more. */
export const texts: KeySpec<readonly string[]> = {
  read: (value, fail) => {
    if (!Array.isArray(value) || value.length === 0) throw fail("a list of texts");
    return value.map((item) => text.read(item, () => fail("a list of texts")));
  },
};

/** A finite number. */
export const number: KeySpec<number> = {
  read: (value, fail) => {
    if (typeof value !== "number" || !Number.isFinite(value)) throw fail("a number");
    return value;
  },
};

/** A number above 0. */
export const positive: KeySpec<number> = {
  read: (value, fail) => {
    if (typeof value !== "number" || !(value > 0 && value < Infinity)) throw fail("above 0");
    return value;
  },
};

/** A whole number above 0. */
export const count: KeySpec<number> = {
  read: (value, fail) => {
    if (!Number.isInteger(value) || (value as number) < 1) throw fail("a whole number above 0");
    return value as number;
  },
};

/** One of some words. */
export function choice<Word extends string>(words: readonly Word[]): KeySpec<Word> {
  return {
    read: (value, fail) => {
      const word = words.find((candidate) => candidate === value);
      if (word === undefined) throw fail(`one of ${words.join(", ")}`);
      return word;
    },
  };
}

/** Two numbers, the first below the second. */
export const range: KeySpec<readonly [number, number]> = {
  read: (value, fail) => {
    const [low, high, more] = Array.isArray(value) ? value : [];
    if (
      typeof low !== "number" ||
      typeof high !== "number" ||
      more !== undefined ||
      !(low < high)
    ) {
      throw fail("two numbers, [low, high]");
    }
    return [low, high];
  },
};

/** The same key, which may be left out. */
export function optional<Value>({ read }: KeySpec<Value>): {
  readonly read: Read<Value>;
  readonly isOptional: true;
} {
  return { read, isOptional: true };
}
