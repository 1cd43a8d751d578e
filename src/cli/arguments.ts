import { nodeModule } from "../host/node.js";
import { suggest } from "../suggest.js";
import { UsageError } from "./command.js";

/** One option of a command: what parses it and what explains it. */
export interface OptionSpec {
  readonly short?: string;
  /** Stands for the value in the help; an option without is a switch. */
  readonly value?: string;
  readonly help: string;
  /** May be given several times, or its values separated by commas. */
  readonly list?: boolean;
}

export type OptionTable = Readonly<Record<string, OptionSpec>>;

/** A command line taken apart; every question about it fails with a UsageError that names the option. */
export interface Arguments {
  readonly positionals: readonly string[];
  /** Whether a switch is on. */
  has(name: string): boolean;
  text(name: string): string | undefined;
  required(name: string): string;
  choice<Word extends string>(name: string, words: readonly Word[]): Word | undefined;
  list(name: string): string[];
  /** Every value as it is given. */
  texts(name: string): string[];
  number(name: string): number | undefined;
  count(name: string): number | undefined;
  range(name: string): [number, number] | undefined;
}

/**
 * Takes a command line apart. Values may begin with a minus sign where a number can.
 *
 * @throws UsageError for an option that is not in the table (with the ones that may have been meant),
 * a value that is missing or one too many.
 */
export function parseArguments(argv: readonly string[], table: OptionTable): Arguments {
  const { values, positionals } = split(joinNegative(argv, table), table);
  const text = (name: string): string | undefined => {
    const given = values[name] ?? [];
    if (given.length > 1) {
      throw new UsageError(`${show(name, table)} is given ${given.length} times; give it once`);
    }
    return given[0] as string | undefined;
  };
  const number = (name: string): number | undefined => {
    const given = text(name);
    return given === undefined ? undefined : toNumber(given, name, table);
  };
  return {
    positionals,
    has: (name) => values[name] !== undefined,
    text,
    required: (name) => {
      const given = text(name);
      if (given === undefined || given === "") {
        throw new UsageError(`${show(name, table)} is missing: ${table[name]?.help}`);
      }
      return given;
    },
    choice: (name, words) => {
      const given = text(name);
      const word = words.find((candidate) => candidate === given);
      if (given !== undefined && word === undefined) {
        throw new UsageError(
          `${show(name, table)} cannot be "${given}"; choose ${words.join(", ")}`,
        );
      }
      return word;
    },
    list: (name) =>
      (values[name] ?? []).flatMap((given) => `${given}`.split(",")).filter((part) => part !== ""),
    texts: (name) => (values[name] ?? []).map(String),
    number,
    count: (name) => {
      const value = number(name);
      if (value !== undefined && (!Number.isInteger(value) || value < 1)) {
        throw new UsageError(`${show(name, table)} is a whole number above 0, not ${value}`);
      }
      return value;
    },
    range: (name) => {
      const given = text(name);
      if (given === undefined) {
        return undefined;
      }
      const [low, high, more] = given.split(",");
      if (low === undefined || high === undefined || more !== undefined) {
        throw new UsageError(`${show(name, table)} is two numbers, such as 2,8; not "${given}"`);
      }
      return [toNumber(low, name, table), toNumber(high, name, table)];
    },
  };
}

type Values = Record<string, (string | boolean)[] | undefined>;

function split(
  argv: string[],
  table: OptionTable,
): { values: Values; positionals: readonly string[] } {
  const options = Object.fromEntries(
    Object.entries(table).map(([name, { short, value }]) => [
      name,
      {
        type: value === undefined ? ("boolean" as const) : ("string" as const),
        multiple: true as const,
        ...(short === undefined ? {} : { short }),
      },
    ]),
  );
  const { parseArgs } = nodeModule("node:util");
  const { tokens } = parseArgs({
    args: argv,
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const values: Values = Object.create(null);
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") {
      positionals.push(token.value);
    } else if (token.kind === "option") {
      if (!Object.hasOwn(table, token.name)) {
        throw unknown(token.rawName, table);
      }
      const takesValue = table[token.name]!.value !== undefined;
      if (takesValue !== (token.value !== undefined)) {
        throw new UsageError(
          takesValue
            ? `${show(token.name, table)} needs a value: ${table[token.name]!.help}`
            : `${token.rawName} takes no value, but "${token.value}" is given`,
        );
      }
      values[token.name] = [...(values[token.name] ?? []), token.value ?? true];
    }
  }
  return { values, positionals };
}

/** `--radial-range -5,5` as `--radial-range=-5,5`: a parser would take `-5,5` for an option. */
function joinNegative(argv: readonly string[], table: OptionTable): string[] {
  const joined: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    const next = argv[i + 1];
    if (word === "--") {
      return [...joined, ...argv.slice(i)];
    }
    if (next !== undefined && /^-\.?\d/.test(next) && takesValue(word, table)) {
      joined.push(word.startsWith("--") ? `${word}=${next}` : `${word}${next}`);
      i++;
    } else {
      joined.push(word);
    }
  }
  return joined;
}

function takesValue(word: string, table: OptionTable): boolean {
  return Object.entries(table).some(
    ([name, { short, value }]) =>
      value !== undefined &&
      (word === `--${name}` || (short !== undefined && word === `-${short}`)),
  );
}

function unknown(rawName: string, table: OptionTable): UsageError {
  const near = suggest(rawName.replace(/^-+/, ""), Object.keys(table));
  const remedy =
    near.length > 0
      ? `did you mean ${near.map((name) => `--${name}`).join(" or ")}?`
      : "--help lists the options";
  return new UsageError(`there is no option ${rawName}; ${remedy}`);
}

function toNumber(text: string, name: string, table: OptionTable): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value)) {
    throw new UsageError(`${show(name, table)} is a number, not "${text}"`);
  }
  return value;
}

function show(name: string, table: OptionTable): string {
  const { short, value } = table[name] ?? { help: "" };
  const long = `--${name}${value === undefined ? "" : ` ${value}`}`;
  return short === undefined ? long : `-${short}, ${long}`;
}
