import { type CellError, thrownError } from "../cell-error.js";
import type { CellExecutor, Outcome } from "../compile/cell-executor.js";
import { mimeBundle } from "../mime-bundle.js";
import { publishFailure } from "../show/publish-failure.js";
import type { Request } from "../wire/thread-messages.js";
import type { History } from "./history.js";
import { clearInterrupt, type InterruptFlag } from "./interrupt-flag.js";
import type { LiveSession } from "./live-session.js";
import type { Content, Header } from "./messages.js";
import { pageRequested } from "./pager.js";
import { publishBundle } from "./publish-bundle.js";

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
  /** Called when a cell's code has ended, before what it came to is shown. */
  onEnd: () => void;
}

/** Runs the cells of `execute_request`s; one at a time. */
export class CellRunner {
  /** The request whose cell runs now. */
  running: Header | undefined;
  readonly #options: CellRunnerOptions;
  #count = 0;
  #giveUp: (reason: Error) => void = () => undefined;

  constructor(options: CellRunnerOptions) {
    this.#options = options;
  }

  /**
   * Runs a cell, publishes what it comes to and replies.
   *
   * @returns when the cell failed, in milliseconds since 1970, if those that wait are to be given up.
   */
  async run(request: Request): Promise<number | undefined> {
    const { session, interrupt } = this.#options;
    const cell = readRequest(request.message.content);
    this.running = request.message.header;
    session.setParent(this.running, { muted: cell.silent });
    session.inputs.attach(request);
    clearInterrupt(interrupt);
    const reply = await this.#reply(cell);
    const failedAt = reply.status === "error" && cell.stop_on_error ? Date.now() : undefined;
    session.inputs.attach(undefined);
    this.running = undefined;
    session.reply(request, "execute_reply", reply);
    return failedAt;
  }

  /** Ends the wait for what the running cell still has to show. */
  interrupt(): void {
    this.#giveUp(new Error("Interrupted"));
  }

  async #reply(cell: ExecuteRequest): Promise<Content> {
    const { session, executor, history } = this.#options;
    const { code } = cell;
    if (cell.store_history) this.#count++;
    const execution_count = this.#count;
    const counted = { execution_count, payload: [], user_expressions: {} };
    session.publish("execute_input", { code, execution_count });
    let shown: string | null = null;
    try {
      const page = await pageRequested(executor, code);
      if (page !== undefined) return { status: "ok", ...counted, payload: [page] };
      const outcome = await this.#execute(cell, execution_count);
      if (outcome.status === "error") return this.#failed(outcome, execution_count);
      if (outcome.value !== undefined && !cell.silent) {
        shown = await this.#showResult(outcome.value, execution_count);
      }
      const user_expressions = await this.#evaluate(cell.user_expressions);
      return { status: "ok", ...counted, user_expressions };
    } catch (error) {
      // An object that fails to show itself, or the compiler: cells after this one are to run.
      return this.#failed(thrownError(error), execution_count);
    } finally {
      if (cell.store_history) history.add(execution_count, code, shown);
    }
  }

  /** Shows a value; what it is as plain text. */
  async #showResult(value: unknown, execution_count: number): Promise<string | null> {
    const data = await this.#unlessInterrupted(mimeBundle(value));
    // Some values are there to be used, such as what `display` returns, and have nothing to show.
    if (Object.keys(data).length === 0) return null;
    publishBundle(this.#options.session, "execute_result", data, { execution_count });
    return String(data["text/plain"] ?? "");
  }

  async #execute({ code, silent }: ExecuteRequest, executionCount: number): Promise<Outcome> {
    const { session, executor, signal, onEnd } = this.#options;
    try {
      const outcome = await executor.execute(code, { silent, signal, executionCount });
      await this.#unlessInterrupted(session.settled());
      return outcome;
    } finally {
      onEnd();
    }
  }

  #unlessInterrupted<T>(work: T | Promise<T>): Promise<T> {
    const interrupted = new Promise<never>((_, reject) => {
      this.#giveUp = reject;
    });
    return Promise.race([work, interrupted]);
  }

  #failed(error: CellError, execution_count: number): Content {
    const { ename, evalue, traceback } = error;
    publishFailure(this.#options.session, error);
    return { status: "error", execution_count, ename, evalue, traceback, payload: [] };
  }

  async #evaluate(expressions: Record<string, string>): Promise<Content> {
    const { executor, signal } = this.#options;
    const values: Content = {};
    for (const [name, code] of Object.entries(expressions)) {
      try {
        const outcome = await executor.execute(code, { silent: true, signal });
        if (outcome.status === "error") values[name] = outcome;
        else values[name] = { status: "ok", data: await asJson(outcome.value), metadata: {} };
      } catch (error) {
        values[name] = { status: "error", ...thrownError(error) };
      }
    }
    return values;
  }
}

/** A value as it will be in the reply, so that one that cannot be there does not spoil the rest. */
async function asJson(value: unknown): Promise<unknown> {
  return JSON.parse(JSON.stringify(await mimeBundle(value)));
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
