import { FileFormatError, isCakelabError } from "../../errors.js";
import { reportNotice } from "../../notice.js";
import { suggest } from "../../suggest.js";
import { KEYS, type KeyKind, NEW_NAMES } from "./keys.js";
import {
  type MidasEntry,
  type MidasParameters,
  type MidasValues,
  midasParameters,
  type SomeMidasValues,
} from "./parameters.js";

/** The values that a file gives, and the lines that it has besides. */
export interface MidasEntries {
  readonly values: SomeMidasValues;
  readonly others: readonly MidasEntry[];
}

/**
 * Reads a MIDAS parameter file: a key and its values in each line, `#` begins a comment. The last one
 * counts of a key that is given again, unless it may be. Keys that are not understood are kept, and a
 * notice names them.
 *
 * @throws FileFormatError that names the line and the key of a bad value, or what is missing.
 */
export function parseMidasParameters(text: string, path: string): MidasParameters {
  const { values, others } = parseMidasEntries(text, path);
  try {
    return midasParameters(values, others, path);
  } catch (error) {
    if (!isCakelabError(error, "option")) throw error;
    throw new FileFormatError(path, error.message, { cause: error });
  }
}

/** The same without defaults, and whatever is missing. */
export function parseMidasEntries(text: string, path: string): MidasEntries {
  if (text.includes("\0")) {
    throw new FileFormatError(path, "is no text, and no MIDAS parameter file; check the path");
  }
  const values: Record<string, unknown> = {};
  const others: MidasEntry[] = [];
  const repeated = new Map<string, number[]>();
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const [written, ...words] = wordsOf(line);
    if (written === undefined) continue;
    const where = `line ${index + 1}: ${written}`;
    if (written === "NrPixels") {
      values.NrPixelsY = values.NrPixelsZ = read("whole", words, path, where);
      continue;
    }
    const key = Object.hasOwn(NEW_NAMES, written) ? NEW_NAMES[written]! : written;
    const kind = key === "px" ? "number" : kindOf(key);
    if (kind === undefined) {
      others.push({ key: written, value: words.join(" ") });
      continue;
    }
    if (kind === "repeated") {
      const all = repeated.get(key) ?? [];
      all.push(read(key === "ImTransOpt" ? "whole" : "number", words, path, where) as number);
      repeated.set(key, all);
      values[key] = all;
    } else {
      values[key] = read(kind, words, path, where);
      if (key === "px") values.pxY = values.px;
    }
  }
  if (others.length > 0) reportNotice(`${path}: ${unknownText(others)}`);
  return { values, others };
}

function kindOf(key: string): KeyKind | undefined {
  return Object.hasOwn(KEYS, key) ? KEYS[key as keyof MidasValues] : undefined;
}

/** MIDAS' own writers end lines and values with a semicolon. */
function wordsOf(line: string): string[] {
  return line
    .replace(/^\uFEFF/, "")
    .replace(/#.*$/, "")
    .trim()
    .split(/\s+/)
    .map((word) => word.replace(/;+$/, ""))
    .filter((word) => word !== "");
}

function unknownText(others: readonly MidasEntry[]): string {
  const keys = [...new Set(others.map(({ key }) => key))].map((key) => {
    const near = suggest(key, Object.keys(KEYS), 1).filter((name) => isSlip(key, name));
    return near.length === 0 ? key : `${key} (${near[0]}?)`;
  });
  const [what, are] = keys.length === 1 ? ["the key", "is"] : ["the keys", "are"];
  return `${what} ${keys.join(", ")} ${are} not used here and kept as ${are === "is" ? "it is" : "they are"}`;
}

/** Keys of one or two letters are near to everything. */
function isSlip(key: string, name: string): boolean {
  return key.length > 3 && name.length > 3 && Math.abs(key.length - name.length) < 2;
}

function read(kind: KeyKind, words: readonly string[], path: string, where: string): unknown {
  const fail = (what: string): FileFormatError => {
    const found = words.length === 0 ? "nothing" : `"${words.join(" ")}"`;
    return new FileFormatError(path, `${where} needs ${what}, and there is ${found}; correct it`);
  };
  const number = (word: string | undefined, what: string): number => {
    const value = word === undefined ? Number.NaN : Number(word);
    if (!Number.isFinite(value)) throw fail(what);
    return value;
  };
  const whole = (word: string | undefined, what: string): number => {
    const value = number(word, what);
    if (!Number.isInteger(value)) throw fail(what);
    return value;
  };
  switch (kind) {
    case "number":
    case "repeated":
      return number(words[0], "a number");
    case "whole":
      return whole(words[0], "a whole number");
    case "flag":
      if (words[0] !== "0" && words[0] !== "1") throw fail("0 or 1");
      return words[0] === "1";
    case "text":
      if (words.length === 0) throw fail("a path");
      return words.join(" ");
    case "pair":
      return [number(words[0], "two numbers"), number(words[1], "two numbers")];
    case "wholes":
      return words.map((word) => whole(word, "whole numbers"));
  }
}
