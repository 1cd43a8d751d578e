import { createRequire } from "node:module";
import { join } from "node:path";
import { compileError, thrownError } from "../cell-error.js";
import { ownEntries } from "../own-package.js";
import type { Outcome } from "./cell-executor.js";
import { CellRun, Interrupted } from "./cell-run.js";
import { CellRuntime } from "./cell-runtime.js";
import { type CellScript, cellScript } from "./cell-script.js";
import { FrameNames } from "./frame-names.js";
import { IdleWork } from "./idle-work.js";
import { Modules } from "./modules.js";
import { plainCell } from "./plain-cell.js";
import { type ConvertedCell, loadTslab, type Tslab } from "./tslab-adapter.js";

/** How long after its start a kernel keeps the compiler's machine code, for the next one. */
const SAVE_AFTER_MS = 1500;

/** A cell that has compiled. */
interface Compiled extends CellScript {
  converted: ConvertedCell;
}

/** The cells of a notebook: what they have declared, and how the next one runs. */
export class Notebook {
  readonly tslab: Tslab;
  /** The entries of this package, which are found from anywhere. */
  readonly packages: readonly string[];
  /** Of all names that cells have declared, as TypeScript. */
  declarations = "";
  readonly #interrupt: Int32Array;
  readonly #runtime: CellRuntime;
  readonly #modules: Modules;
  readonly #names: FrameNames;
  readonly #require: NodeJS.Require;
  readonly #rest: IdleWork;
  #running = false;

  /** @param interrupt whose first number another thread makes 1 for the running cell to end. */
  constructor(folder: string, interrupt: Int32Array) {
    const entries = [...ownEntries(folder)];
    this.packages = entries.map(([name]) => name);
    this.#interrupt = interrupt;
    this.tslab = loadTslab(
      folder,
      Object.fromEntries(entries.map(([n, { types }]) => [n, [types]])),
    );
    this.#modules = new Modules({
      ts: this.tslab.ts,
      folder,
      urls: new Map(entries.map(([name, { url }]) => [name, url])),
      given: new Map([["tslab", () => this.tslab.package()]]),
      runtime: () => this.#runtime,
    });
    const cell = join(folder, "__cell__.js");
    this.#runtime = new CellRuntime(interrupt, this.#modules.importsOf(cell));
    this.#require = createRequire(cell);
    this.#names = new FrameNames(this.#modules.sourceMaps);
    this.#names.install();
    this.tslab.convert("", "await null; (0)");
    this.#rest = new IdleWork(this.tslab.loadRest());
    this.#rest.resume();
    setTimeout(() => this.tslab.saveCode(), SAVE_AFTER_MS).unref();
  }

  /** The run in whose name code begins now. */
  get run(): CellRun {
    return this.#runtime.run;
  }

  /** @param title that names the cell in tracebacks. */
  async execute(code: string, title: string): Promise<Outcome> {
    const run = this.#begin();
    try {
      const compiled = this.#compile(code);
      if ("status" in compiled) return compiled;
      await untilStopped(run, this.#modules.load(compiled.imports));
      return await this.#runScript(compiled, title);
    } catch (error) {
      return {
        status: "error",
        ...thrownError(run.stopped || isSignal(error) ? new Interrupted() : error),
      };
    } finally {
      this.#end(run);
    }
  }

  /** Ends the running cell where it waits; where it loops, the flag has ended it. */
  interrupt(): void {
    if (this.#running) this.#runtime.run.stop();
    else this.#clear();
    this.tslab.interrupt();
  }

  close(): void {
    this.interrupt();
    this.#rest.stop();
    this.#names.uninstall();
    this.tslab.close();
  }

  #begin(): CellRun {
    this.#clear();
    this.#rest.pause();
    this.#running = true;
    this.#runtime.last = undefined;
    this.#runtime.run = new CellRun();
    return this.#runtime.run;
  }

  #end(run: CellRun): void {
    this.#running = false;
    this.#rest.resume();
    if (Atomics.load(this.#interrupt, 0) !== 0) run.stop();
    this.#clear();
    // What timers begin from now on is no longer the cell's.
    this.#runtime.run = new CellRun();
  }

  #clear(): void {
    Atomics.store(this.#interrupt, 0, 0);
  }

  #compile(code: string): Compiled | Outcome {
    const { ts } = this.tslab;
    const plain = plainCell(ts, code);
    let converted = this.tslab.convert(this.declarations, plain);
    // Complaints are to name the lines and columns of the cell as it was written.
    if ("complaints" in converted && plain !== code) {
      converted = this.tslab.convert(this.declarations, code);
    }
    if ("complaints" in converted) {
      return { status: "error", ...compileError(code, converted.complaints) };
    }
    return { converted, ...cellScript(ts, converted.code, converted.lastExpression) };
  }

  async #runScript({ converted, code, awaits }: Compiled, title: string): Promise<Outcome> {
    const named = this.#names.add(title, code, converted.sourceMap);
    const runtime = this.#runtime;
    try {
      await this.tslab.run({ code: named, awaits, exports: runtime, require: this.#require });
    } finally {
      // What a cell has declared before it failed is there.
      this.declarations = converted.declarations;
      runtime.variables.settle();
    }
    const value = runtime.last;
    runtime.last = undefined;
    return value === undefined ? { status: "ok" } : { status: "ok", value };
  }
}

/** Node's word for code that SIGINT has ended. */
function isSignal(error: unknown): boolean {
  return (error as { code?: unknown } | undefined)?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";
}

function untilStopped<T>({ signal }: CellRun, work: Promise<T>): Promise<T> {
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, stopped]);
}
