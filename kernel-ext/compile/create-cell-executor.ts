import { thrownError } from "../cell-error.js";
import type { InterruptFlag } from "../protocol/interrupt-flag.js";
import type { CellExecutor } from "./cell-executor.js";
import { completeness } from "./completeness.js";
import { completions } from "./completions.js";
import { inspection } from "./inspection.js";
import type { Notebook } from "./notebook.js";

/**
 * Runs the cells of a notebook in `folder`. The compiler is loaded when `ready`, or anything else, is
 * first asked for; that takes most of a second.
 *
 * @param interrupt read by the guards of loops.
 */
export function createCellExecutor({
  folder,
  interrupt,
}: {
  folder: string;
  interrupt: InterruptFlag;
}): CellExecutor {
  let notebook: Promise<Notebook> | undefined;
  let count = 0;
  const load = (): Promise<Notebook> => {
    notebook ??= new Promise((resolve) => setImmediate(resolve)).then(async () => {
      const { Notebook } = await import("./notebook.js");
      return new Notebook(folder, interrupt);
    });
    return notebook;
  };
  const whenLoaded = (use: (loaded: Notebook) => void): void => void notebook?.then(use);
  return {
    get ready() {
      return load().then(() => undefined);
    },
    async execute(code, { silent, executionCount }) {
      if (!silent) count += 1;
      const title = silent ? "Cell" : `Cell [${executionCount ?? count}]`;
      try {
        return await (await load()).execute(code, title);
      } catch (error) {
        return { status: "error", ...thrownError(error) };
      }
    },
    complete: async (code, cursor) => completions(await load(), code, cursor),
    inspect: async (code, cursor, detail) => inspection(await load(), code, cursor, detail),
    isComplete: async (code) => completeness((await load()).tslab.ts, code),
    interrupt: () => whenLoaded((notebook) => notebook.interrupt()),
    close: () => whenLoaded((notebook) => notebook.close()),
  };
}
