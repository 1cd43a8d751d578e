import { createRequire } from "node:module";
import { dirname } from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Converter, createConverter, isCompleteCode } from "tslab/dist/converter.js";
import type { createExecutor } from "tslab/dist/executor.js";
import { type CellError, type Complaint, compileError, thrownError } from "./cell-error.js";
import { importedPackages } from "./cell-imports.js";
import { spellOutProperties } from "./cell-properties.js";
import { ModuleServer } from "./module-server.js";
import { ownEntries } from "./own-package.js";

const require = createRequire(import.meta.url);

/** What a cell came to. */
export type Outcome = { ok: true; value?: unknown } | { ok: false; error: CellError };

/** Cells of one notebook, compiled and run one after the other in this process. */
export interface Session {
  /** The version of the compiler. */
  readonly typescript: string;
  execute(code: string): Promise<Outcome>;
  complete(code: string, cursor: number): { start: number; end: number; candidates: string[] };
  /** What is known of the name at the cursor, as text. */
  inspect(code: string, cursor: number): string | undefined;
  isComplete(code: string): { completed: boolean; indent?: string };
  /** Ends the wait of the running cell; what it waits for may go on unseen. */
  interrupt(): void;
  close(): void;
}

/** Starts tslab's compiler and executor for a notebook in `folder`; the compiler takes a second. */
export function createSession(folder: string): Session {
  const entries = ownEntries(folder);
  const paths = Object.fromEntries([...entries].map(([name, entry]) => [name, [entry.types]]));
  const ts = patchCompiler({ paths });
  const tslab = {
    ...(require("tslab/dist/converter.js") as {
      createConverter: typeof createConverter;
      isCompleteCode: typeof isCompleteCode;
    }),
    ...(require("tslab/dist/executor.js") as { createExecutor: typeof createExecutor }),
    ...(require("tslab/dist/inspect.js") as { printQuickInfo(info: TypeScript.QuickInfo): string }),
  };

  const urls = new Map([...entries].map(([name, entry]) => [name, entry.url]));
  const modules = new ModuleServer(folder, urls);
  modules.install();

  const node = tslab.createConverter({ isJS: false, isBrowser: false });
  const outcome = new OutcomeConsole();
  const executor = tslab.createExecutor(folder, converters(node, ts), outcome);

  return {
    typescript: ts.version,
    async execute(code) {
      await modules.preload(importedPackages(ts, code, folder));
      outcome.reset();
      const ok = await executor.execute(code);
      return outcome.take(ok, code);
    },
    complete: (code, cursor) => executor.complete(code, cursor),
    inspect(code, cursor) {
      const info = executor.inspect(code, cursor) as TypeScript.QuickInfo | undefined;
      return info === undefined ? undefined : tslab.printQuickInfo(info);
    },
    isComplete: (code) => tslab.isCompleteCode(code),
    interrupt: () => executor.interrupt(),
    close: () => executor.close(),
  };
}

/**
 * tslab's compiler, taught to resolve packages as Node does for `import` and to know this
 * package's own entries. Its properties cannot be set, so tslab is given a copy.
 */
function patchCompiler(options: TypeScript.CompilerOptions): typeof TypeScript {
  const path = require.resolve("@tslab/typescript-for-tslab");
  const ts = require(path) as typeof TypeScript;
  const createWatchCompilerHost = (
    roots: string[],
    given: TypeScript.CompilerOptions,
    ...rest: unknown[]
  ): unknown => {
    const create = ts.createWatchCompilerHost as unknown as (...args: unknown[]) => unknown;
    return create(roots, { ...given, ...options, ...resolution(ts, given) }, ...rest);
  };
  const patched = Object.defineProperties(
    {},
    {
      ...Object.getOwnPropertyDescriptors(ts),
      createWatchCompilerHost: { enumerable: true, value: createWatchCompilerHost },
    },
  ) as typeof TypeScript;
  require.cache[path]!.exports = patched;
  return patched;
}

function resolution(
  ts: typeof TypeScript,
  given: TypeScript.CompilerOptions,
): TypeScript.CompilerOptions {
  // tslab looks for Node's own types beside itself, where npm seldom puts them.
  const nodeTypes = createRequire(require.resolve("tslab")).resolve("@types/node/package.json");
  return {
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    typeRoots: [...(given.typeRoots ?? []), dirname(dirname(nodeTypes))],
  };
}

function converters(node: Converter, ts: typeof TypeScript): Parameters<typeof createExecutor>[1] {
  const convert: Converter["convert"] = (declarations, code) => {
    const converted = node.convert(declarations, spellOutProperties(ts, code));
    // Complaints are to name the lines and columns of the cell as it was written.
    return converted.diagnostics.length === 0 ? converted : node.convert(declarations, code);
  };
  return {
    node: { ...node, convert },
    get browser(): Converter {
      throw new Error("cells for the browser are not supported");
    },
    close: () => node.close(),
  };
}

/** tslab reports the last expression, thrown values and the compiler's complaints to a console. */
class OutcomeConsole {
  #value: unknown;
  #error: CellError | undefined;
  #complaints: Complaint[] = [];

  reset(): void {
    this.#value = undefined;
    this.#error = undefined;
    this.#complaints = [];
  }

  log(value: unknown): void {
    this.#value = value;
  }

  error(first: unknown, ...rest: unknown[]): void {
    if (first !== "%s%d:%d - %s" || rest.length !== 4) {
      this.#error = thrownError(first);
      return;
    }
    const [file, line, column, message] = rest as [string, number, number, string];
    this.#complaints.push({ file: file.trim(), line, column, message });
  }

  take(ok: boolean, code: string): Outcome {
    if (ok) return this.#value === undefined ? { ok } : { ok, value: this.#value };
    return { ok, error: this.#error ?? compileError(code, this.#complaints) };
  }
}
