import { createRequire } from "node:module";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type {
  Converter,
  ConvertResult,
  createConverter,
  isCompleteCode,
} from "tslab/dist/converter.js";
import type { ConverterSet, createExecutor, Executor } from "tslab/dist/executor.js";
import type { Complaint } from "../cell-error.js";
import { declareAny } from "./declare-any.js";
import { type Compiler, loadCompiler } from "./load-compiler.js";
import { mayUseNodeTypes } from "./node-types.js";
import { NotebookProgram } from "./notebook-program.js";

const require = createRequire(import.meta.url);

/** What tslab makes of a cell: complaints, or an ES module and the declarations of all cells. */
export type Converted = { complaints: Complaint[] } | ConvertedCell;

export interface ConvertedCell {
  code: string;
  /** From `code` to the cell, whose lines come after one of tslab's. */
  sourceMap: string;
  declarations: string;
  /** The constant that the value of the last expression is assigned to. */
  lastExpression: string | undefined;
}

/** What to run: the body of a function `(exports, require) => …`. */
export interface Script {
  code: string;
  awaits: boolean;
  exports: unknown;
  require: NodeJS.Require;
}

/** tslab's compiler and executor, for the cells of one notebook. */
export interface Tslab {
  readonly ts: Compiler;
  /** @param declarations of the cells before, as returned for them. */
  convert(declarations: string, code: string): Converted;
  complete(
    declarations: string,
    code: string,
    cursor: number,
  ): ReturnType<Converter["complete"]> & { original?: TypeScript.CompletionInfo };
  /** What is known of the name at the cursor. */
  inspect(declarations: string, code: string, cursor: number): TypeScript.QuickInfo | undefined;
  isComplete(code: string): ReturnType<typeof isCompleteCode>;
  /** Runs a script to its end; throws what it throws. */
  run(script: Script): Promise<void>;
  /** Ends the wait for the script that runs, and makes `run` reject. */
  interrupt(): void;
  /** What cells get that import tslab. */
  package(): unknown;
  /** Loads in short steps what cells may need that the first ones do without. */
  loadRest(): Generator<void>;
  /** Keeps the compiled compiler for the next process. */
  saveCode(): void;
  close(): void;
}

/** @param paths where packages are that are not found from the notebook's folder. */
export function loadTslab(folder: string, paths: Record<string, string[]>): Tslab {
  const { ts, path, saveCode } = loadCompiler();
  const program = new NotebookProgram(ts, folder, paths);
  require.cache[path]!.exports = program.compiler;
  // Each notebook has a converter that knows its program.
  delete require.cache[require.resolve("tslab/dist/converter.js")];
  const tslab = {
    ...(require("tslab/dist/converter.js") as {
      createConverter: typeof createConverter;
      isCompleteCode: typeof isCompleteCode;
    }),
    ...(require("tslab/dist/executor.js") as { createExecutor: typeof createExecutor }),
  };
  const converter = tslab.createConverter({ isJS: false, isBrowser: false });
  const scripts = new ScriptRunner(folder, tslab.createExecutor);

  return {
    ts,
    convert: (declarations, code) => convert(converter, program, declarations, code),
    complete(declarations, code, cursor) {
      program.learnNodeTypes();
      return converter.complete(declarations, code, cursor);
    },
    inspect(declarations, code, cursor) {
      program.learnNodeTypes();
      return converter.inspect(declarations, code, cursor);
    },
    isComplete: tslab.isCompleteCode,
    run: (script) => scripts.run(script),
    interrupt: () => scripts.interrupt(),
    package: () => require("tslab") as unknown,
    *loadRest() {
      yield* program.readNodeTypes();
      if (program.learnNodeTypes()) converter.convert("", "0");
    },
    saveCode,
    close: () => converter.close(),
  };
}

function convert(
  converter: Converter,
  program: NotebookProgram,
  declarations: string,
  code: string,
): Converted {
  if (mayUseNodeTypes(code)) program.learnNodeTypes();
  let converted = converter.convert(declarations, code);
  while (program.learnMissingTypes()) converted = converter.convert(declarations, code);
  const { complaints } = program;
  if (complaints.length > 0) return { complaints };
  if (program.unnameable.length > 0) {
    const positions = program.unnameable.map((position) => position - PREFIX_LENGTH);
    converted = converter.convert(declarations, declareAny(program.compiler, code, positions));
  }
  const { output = "", declOutput = "", lastExpressionVar } = converted;
  return {
    code: output,
    sourceMap: program.sourceMap,
    declarations: declOutput,
    lastExpression: lastExpressionVar,
  };
}

/** tslab puts a line before each cell, `export {};`. */
const PREFIX_LENGTH = 11;

/** Scripts, run by tslab's executor: it has the converter's part done for it, and tells a console. */
class ScriptRunner {
  readonly #executor: Executor;
  #script: Script | undefined;
  #thrown: unknown;

  constructor(folder: string, create: typeof createExecutor) {
    const convert = (): ConvertResult => ({
      output: this.#script!.code,
      hasToplevelAwait: this.#script!.awaits,
      diagnostics: [],
    });
    const converters = { node: { convert }, close: () => undefined };
    this.#executor = create(folder, converters as unknown as ConverterSet, {
      log: () => undefined,
      error: (thrown: unknown) => {
        this.#thrown = thrown;
      },
    });
  }

  async run(script: Script): Promise<void> {
    this.#script = script;
    Object.assign(globalThis, { __tslab__: { exports: script.exports, require: script.require } });
    if (!(await this.#executor.execute(""))) throw this.#thrown;
  }

  interrupt(): void {
    this.#executor.interrupt();
  }
}
