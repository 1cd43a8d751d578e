import { OptionError } from "../errors.js";
import { hasNode } from "../host/node.js";
import type { Algorithm, EngineName, IntegrateOptions, Split } from "./options.js";

/** A method with every choice made, the engine's apart. */
export interface ResolvedMethod {
  readonly split: Split;
  readonly algorithm: Algorithm;
  readonly engine: EngineName | "auto";
}

const SPLITS: Readonly<Record<string, Split>> = {
  no: "no",
  nosplit: "no",
  bbox: "bbox",
  full: "full",
  splitpixel: "full",
};

const ALGORITHMS: readonly Algorithm[] = ["csr", "csr-exact", "csr-compact"];

const ENGINES: readonly string[] = ["auto", "js", "wasm", "gpu"];

// pyFAI's algorithms and implementations differ in speed, not in numbers. Without a splitting beside
// them they mean one, though: sparse ones the bounding box, the others none.
const SPARSE = new Set(["csr", "csc", "lut"]);
const OTHER_WORDS = new Set(["histogram", "cython", "python", "numpy", "opencl", "ocl"]);

/**
 * Reads a method in our form or pyFAI's: `{ split: "bbox" }`, `"full_csr"`, `["full", "csr", "cython"]`.
 *
 * The engine falls back to `CAKELAB_ENGINE`, then to `"auto"`.
 *
 * @throws OptionError for a word that is not understood; it names the choices.
 */
export function resolveMethod(method: IntegrateOptions["method"]): ResolvedMethod {
  const defaults: ResolvedMethod = {
    split: "full",
    algorithm: "csr",
    engine: engineOfEnvironment(),
  };
  if (method === undefined) return defaults;
  if (method === null) throw badWord("method", method, "no, bbox or full, or leave it out");
  if (typeof method === "string")
    return fromWords(method.toLowerCase().split(/[_,\s]+/), method, defaults);
  if (isWords(method))
    return fromWords(
      method.map((word) => String(word).toLowerCase()),
      method,
      defaults,
    );
  const {
    split = defaults.split,
    algorithm = defaults.algorithm,
    engine = defaults.engine,
    ...unknown
  } = method;
  const [key] = Object.keys(unknown);
  if (key !== undefined) {
    throw new OptionError(
      `method.${key}`,
      method,
      "unknown; a method has split, algorithm and engine",
    );
  }
  if (!Object.values(SPLITS).includes(split))
    throw badWord("method.split", split, "no, bbox or full");
  if (!ALGORITHMS.includes(algorithm))
    throw badWord("method.algorithm", algorithm, ALGORITHMS.join(", "));
  return { split, algorithm, engine: engineName("method.engine", engine) };
}

function isWords(method: NonNullable<IntegrateOptions["method"]>): method is readonly string[] {
  return Array.isArray(method);
}

function fromWords(
  words: readonly string[],
  given: unknown,
  defaults: ResolvedMethod,
): ResolvedMethod {
  const implied = words.some((word) => SPARSE.has(word))
    ? "bbox"
    : words.some((word) => OTHER_WORDS.has(word))
      ? "no"
      : defaults.split;
  let resolved: ResolvedMethod = { ...defaults, split: implied };
  for (const word of words) {
    if (Object.hasOwn(SPLITS, word)) resolved = { ...resolved, split: SPLITS[word]! };
    else if (word === "csr-exact" || word === "csr-compact")
      resolved = { ...resolved, algorithm: word };
    else if (ENGINES.includes(word)) resolved = { ...resolved, engine: word as EngineName };
    else if (!SPARSE.has(word) && !OTHER_WORDS.has(word)) {
      throw badWord(
        "method",
        given,
        `no, bbox or full, with pyFAI's csr, csc, lut, histogram if you like; "${word}" is none of them`,
      );
    }
  }
  return resolved;
}

function engineOfEnvironment(): EngineName | "auto" {
  const name = hasNode() ? process.env.CAKELAB_ENGINE : undefined;
  return name === undefined || name === "" ? "auto" : engineName("CAKELAB_ENGINE", name);
}

function engineName(option: string, name: string): EngineName | "auto" {
  if (!ENGINES.includes(name)) throw badWord(option, name, ENGINES.join(", "));
  return name as EngineName | "auto";
}

function badWord(option: string, value: unknown, choices: string): OptionError {
  return new OptionError(
    option,
    value,
    `${JSON.stringify(value)} is not understood; choose ${choices}`,
  );
}
