import type { CellError } from "../cell-error.js";

/** How a cell is run. */
export interface ExecuteOptions {
  /** The cell is not the user's: what it declares may be forgotten, and nothing is shown. */
  silent: boolean;
  /** What the cell is called by in tracebacks; counted by the executor unless given. */
  executionCount?: number;
  /** Aborted when the kernel shuts down. */
  signal?: AbortSignal;
}

/** What a cell came to; `value` is that of its last expression, absent where there is none to show. */
export type Outcome = { status: "ok"; value?: unknown } | ({ status: "error" } & CellError);

/** What may stand at a cursor: `matches` replace the code from `start` to `end` (UTF-16 units). */
export interface Completions {
  start: number;
  end: number;
  matches: string[];
}

/** What is known of the name at a cursor. */
export interface Inspection {
  /** MIME bundle: at least `text/plain`. */
  data: Record<string, string>;
}

/** Whether code can run as it is; `indent` is what the next line of incomplete code begins with. */
export type Completeness =
  | { status: "complete" | "invalid" | "unknown" }
  | { status: "incomplete"; indent: string };

/**
 * Compiles and runs the cells of one notebook, one after the other, in this process. Cells know the
 * names that `cell-globals.ts` declares.
 */
export interface CellExecutor {
  /** Settles when the first cell could run at once; `execute` and the others wait for it themselves. */
  readonly ready: Promise<void>;
  /** Runs a cell. It never rejects: what the cell or the compiler throws is an outcome. */
  execute(code: string, options: ExecuteOptions): Promise<Outcome>;
  /** @param cursor in UTF-16 units from the start of `code`. */
  complete(code: string, cursor: number): Promise<Completions>;
  /** @param detail 0: signature and summary; 1: all that is known. */
  inspect(code: string, cursor: number, detail: 0 | 1): Promise<Inspection | undefined>;
  isComplete(code: string): Promise<Completeness>;
  /** Ends the wait of the running cell; called on the main thread when an interrupt arrives. */
  interrupt(): void;
  close(): void;
}
