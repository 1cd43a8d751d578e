import { thrownError } from "../cell-error.js";
import type { CellExecutor, Outcome } from "../compile/cell-executor.js";
import { mimeBundle } from "../mime-bundle.js";
import type { Request } from "../wire/thread-messages.js";
import type { History } from "./history.js";
import { clearInterrupt, type InterruptFlag } from "./interrupt-flag.js";
import type { LiveSession } from "./live-session.js";
import type { Content, Header } from "./messages.js";
import { pageRequested } from "./pager.js";

interface ExecuteRequest {
  code: string;
  silent: boolean;
  store_history: boolean;
  user_expressions: Record<string, string>;
  stop_on_error: boolean;
}

/** What running cells needs. */
export interface CellRunnerOptions {
  session: LiveSession;
  executor: CellExecutor;
  history: History;
  interrupt: InterruptFlag;
  signal: AbortSignal;
}

/** Runs the cells of `execute_request`s; one at a time. */
export class CellRunner {
  /** The request whose cell runs now. */
  running: Header | undefined;
  readonly #options: CellRunnerOptions;
  #count = 0;

  constructor(options: CellRunnerOptions) {
    this.#options = options;
  }

  /** Runs a cell, publishes what it comes to and replies; whether cells after it are to be given up. */
  async run(request: Request): Promise<{ failed: boolean }> {
    const { session, executor, interrupt } = this.#options;
    const cell = readRequest(request.message.content);
    this.running = request.message.header;
    session.setParent(this.running, { muted: cell.silent });
    session.inputs.attach(request);
    clearInterrupt(interrupt);
    await executor.ready;
    const reply = await this.#reply(cell);
    session.inputs.attach(undefined);
    this.running = undefined;
    session.reply(request, "execute_reply", reply);
    return { failed: reply.status === "error" && cell.stop_on_error };
  }

  async #reply(cell: ExecuteRequest): Promise<Content> {
    const { session, executor, history } = this.#options;
    const { code } = cell;
    if (cell.store_history) this.#count++;
    const execution_count = this.#count;
    session.publish("execute_input", { code, execution_count });
    const payload = await pageRequested(executor, code);
    if (payload !== undefined) {
      return { status: "ok", execution_count, payload: [payload], user_expressions: {} };
    }
    const { outcome, shown } = await this.#execute(cell, execution_count);
    if (cell.store_history) history.add(execution_count, code, shown);
    if (outcome.status === "error") {
      const { ename, evalue, traceback } = outcome;
      session.publish("error", { ename, evalue, traceback });
      return { status: "error", execution_count, ename, evalue, traceback, payload: [] };
    }
    const user_expressions = await this.#evaluate(cell.user_expressions);
    return { status: "ok", execution_count, payload: [], user_expressions };
  }

  /** Runs the cell and shows its result; `shown` is that as plain text. */
  async #execute(
    { code, silent }: ExecuteRequest,
    execution_count: number,
  ): Promise<{ outcome: Outcome; shown: string | null }> {
    const { session, executor, signal } = this.#options;
    let shown: string | null = null;
    try {
      const outcome = await executor.execute(code, { silent, signal });
      await session.settled();
      if (outcome.status === "ok" && outcome.value !== undefined && !silent) {
        const data = await mimeBundle(outcome.value);
        session.publish("execute_result", { execution_count, data, metadata: {} });
        shown = String(data["text/plain"] ?? "");
      }
      return { outcome, shown };
    } catch (error) {
      // An object that fails to show itself: cells after this one are to run.
      return { outcome: { status: "error", ...thrownError(error) }, shown };
    }
  }

  async #evaluate(expressions: Record<string, string>): Promise<Content> {
    const { executor, signal } = this.#options;
    const values: Content = {};
    for (const [name, code] of Object.entries(expressions)) {
      const outcome = await executor.execute(code, { silent: true, signal });
      if (outcome.status === "error") values[name] = outcome;
      else values[name] = { status: "ok", data: await mimeBundle(outcome.value), metadata: {} };
    }
    return values;
  }
}

function readRequest(content: Content): ExecuteRequest {
  const { code, silent, store_history, user_expressions, stop_on_error } =
    content as Partial<ExecuteRequest>;
  return {
    code: String(code ?? ""),
    silent: silent === true,
    store_history: silent !== true && store_history !== false,
    user_expressions: user_expressions ?? {},
    stop_on_error: stop_on_error !== false,
  };
}
