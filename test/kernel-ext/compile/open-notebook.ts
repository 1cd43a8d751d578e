import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import type { CellExecutor, Outcome } from "../../../kernel-ext/compile/cell-executor.js";
import type { createCellExecutor } from "../../../kernel-ext/compile/create-cell-executor.js";

const built = resolve("dist/kernel-ext/compile/create-cell-executor.js");

/** Cells are compiled by what `npm run build` has made, which finds the package's own entries. */
export const isBuilt: boolean = existsSync(built);

/** A notebook in a temporary folder, and what its cells come to. */
export interface OpenNotebook {
  folder: string;
  executor: CellExecutor;
  /** Runs a cell that is to end well, and returns its value. */
  value(code: string): Promise<unknown>;
  /** Runs a cell that is to fail. */
  failure(code: string): Promise<Extract<Outcome, { status: "error" }>>;
  write(files: Record<string, string>): void;
  /** Interrupts a cell that time after it has called `begun()`, as the control channel's thread does. */
  interruptAfter(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

/** @param files by path relative to the notebook's folder. */
export async function openNotebook(files: Record<string, string> = {}): Promise<OpenNotebook> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "cakelab-notebook-")));
  const folder = join(root, "notebook");
  mkdirSync(folder);
  const interrupt = new Int32Array(new SharedArrayBuffer(4));
  const module = (await import(built)) as { createCellExecutor: typeof createCellExecutor };
  const executor = module.createCellExecutor({ folder, interrupt });
  const write = (texts: Record<string, string>): void => {
    for (const [name, text] of Object.entries(texts)) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
  };
  write(files);
  const run = (code: string): Promise<Outcome> => executor.execute(code, { silent: false });
  return {
    folder,
    executor,
    write,
    async value(code) {
      const outcome = await run(code);
      if (outcome.status === "ok") return outcome.value;
      throw new Error(`${code}\n${outcome.traceback.join("\n")}`);
    },
    async failure(code) {
      const outcome = await run(code);
      if (outcome.status === "error") return outcome;
      throw new Error(`${code}\nended well`);
    },
    async interruptAfter(milliseconds) {
      const thread = new Worker(
        `const { workerData, parentPort } = require("node:worker_threads");
        parentPort.once("message", () => setTimeout(() => {
          Atomics.store(workerData.interrupt, 0, 1);
          parentPort.postMessage("interrupt");
        }, workerData.milliseconds));`,
        { eval: true, workerData: { interrupt, milliseconds } },
      );
      await new Promise((done) => thread.once("online", done));
      thread.once("message", () => {
        executor.interrupt();
        void thread.terminate();
      });
      Object.assign(globalThis, { begun: () => thread.postMessage("begun") });
    },
    async close() {
      executor.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
}
