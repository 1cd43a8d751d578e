import { readFileSync } from "node:fs";
import Module, { createRequire } from "node:module";
import { dirname } from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { compileCached } from "./code-cache.js";

export type Compiler = typeof TypeScript;

const require = createRequire(import.meta.url);

/** The compiler's code as one function, loaded from a cache of machine code. */
export interface LoadedCompiler {
  ts: Compiler;
  /** Of the file; tslab finds in `require.cache` what it is to use. */
  path: string;
  /** Keeps the machine code of all that has run by now, for the next process. */
  saveCode(): void;
}

let loaded: { ts: Compiler; path: string } | undefined;

/** Loads tslab's fork of the compiler: 8 MB, so that compiling it anew would take 0.1 s. */
export function loadCompiler(): LoadedCompiler {
  const path = createRequire(require.resolve("tslab")).resolve("@tslab/typescript-for-tslab");
  if (loaded !== undefined) return { ...loaded, saveCode: () => undefined };
  const module = new Module(path);
  module.filename = path;
  // Outside ASCII there are only comments. As Latin-1, V8 keeps one byte for each character.
  const source = Module.wrap(readFileSync(path, "latin1"));
  const { script, save } = compileCached(path, source);
  const run = script.runInThisContext() as (...args: unknown[]) => void;
  run.call(module.exports, module.exports, createRequire(path), module, path, dirname(path));
  module.loaded = true;
  require.cache[path] = module;
  loaded = { ts: module.exports as Compiler, path };
  return { ...loaded, saveCode: save };
}
