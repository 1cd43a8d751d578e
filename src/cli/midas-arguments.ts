import { isMidasKey } from "../config/midas/overrule.js";
import type { Arguments, OptionTable } from "./arguments.js";
import { UsageError } from "./command.js";

/** Options that both of MIDAS' workflows have. */
export const midasOptions: OptionTable = {
  set: {
    value: "KEY=VALUE",
    help: "overrule a key of the parameter file; -KEY VALUE does it too",
    list: true,
  },
  "raw-mask": { help: "do ImTransOpt to mask and flat too: they lie as the detector writes" },
  resume: { help: "go on with a run that was interrupted" },
  json: { help: "print the summary as JSON" },
  quiet: { short: "q", help: "print errors only" },
};

/**
 * A command line as MIDAS has it: options of more than one letter may have one minus sign, and a key of the
 * parameter file with a value overrules the file.
 */
export function midasWords(argv: readonly string[], table: OptionTable): string[] {
  const words: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    const [, name = "", value] = /^--?([A-Za-z]\w+)(?:=(.*))?$/s.exec(word) ?? [];
    if (word === "--") return [...words, ...argv.slice(i)];
    if (Object.hasOwn(table, name)) words.push(word.replace(/^--?/, "--"));
    else if (isMidasKey(name)) {
      const given = value ?? argv[++i];
      if (given === undefined) throw new UsageError(`-${name} needs a value`);
      words.push("--set", `${name}=${given}`);
    } else words.push(word);
  }
  return words;
}

/** What `--set` says. */
export function overridesOf(args: Arguments): Record<string, string> {
  const values: Record<string, string> = {};
  for (const text of args.list("set")) {
    const [, key, value] = /^(\w+)=(.*)$/s.exec(text) ?? [];
    if (key === undefined) {
      throw new UsageError(`--set is KEY=VALUE, such as RMax=500; not "${text}"`);
    }
    values[key] = value!;
  }
  return values;
}

/** A switch that MIDAS gives as 0 or 1. */
export function zeroOrOne(args: Arguments, name: string, otherwise: boolean): boolean {
  const value = args.choice(name, ["0", "1"] as const);
  return value === undefined ? otherwise : value === "1";
}

/** A file's number; MIDAS means none by −1. */
export function fileNumber(args: Arguments, name: string): number | undefined {
  const value = args.number(name);
  if (value === undefined || value === -1) return undefined;
  if (Number.isInteger(value) && value >= 0) return value;
  throw new UsageError(`--${name} is a whole number from 0, not ${value}`);
}
