import type { InterruptFlag } from "../protocol/interrupt-flag.js";
import type { CellExecutor } from "./cell-executor.js";

/** @param interrupt read by the guards of loops. */
export function createCellExecutor(options: {
  folder: string;
  interrupt: InterruptFlag;
}): CellExecutor {
  const loaded = load(options.folder);
  return {
    ready: loaded.then(() => undefined),
    async execute(code) {
      const outcome = await (await loaded).execute(code);
      if (!outcome.ok) return { status: "error", ...outcome.error };
      return "value" in outcome ? { status: "ok", value: outcome.value } : { status: "ok" };
    },
    async complete(code, cursor) {
      const { start, end, candidates } = (await loaded).complete(code, cursor);
      return { start, end, matches: candidates };
    },
    async inspect(code, cursor) {
      const text = (await loaded).inspect(code, cursor);
      // Of a name that it has never seen, the compiler says that it may be anything.
      return text === undefined || text === "any" ? undefined : { data: { "text/plain": text } };
    },
    async isComplete(code) {
      const { completed, indent = "" } = (await loaded).isComplete(code);
      return completed ? { status: "complete" } : { status: "incomplete", indent };
    },
    interrupt: () => void loaded.then((session) => session.interrupt()),
    close: () => void loaded.then((session) => session.close()),
  };
}

async function load(folder: string) {
  const { createSession } = await import("../tslab-adapter.js");
  return createSession(folder);
}
