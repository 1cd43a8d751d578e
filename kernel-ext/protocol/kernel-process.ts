import { writeSync } from "node:fs";
import { setProgressHook } from "../../src/progress.js";
import { thrownError } from "../cell-error.js";
import { CommManager } from "../comm/comm-manager.js";
import type { CellExecutor } from "../compile/cell-executor.js";
import { Interrupted } from "../compile/cell-run.js";
import { type DisplaySink, setDisplaySink } from "../display.js";
import { CellProgress } from "../progress/cell-progress.js";
import type { SocketThread } from "../wire/start-socket-thread.js";
import type { Request } from "../wire/thread-messages.js";
import { Dispatcher } from "./dispatcher.js";
import { ExecuteQueue } from "./execute-queue.js";
import { CellRunner } from "./execute-request.js";
import { History } from "./history.js";
import { InOrder } from "./in-order.js";
import { type InterruptFlag, isInterrupted, raiseInterrupt } from "./interrupt-flag.js";
import { LiveSession } from "./live-session.js";
import { publishBundle } from "./publish-bundle.js";
import { setKernelSession } from "./session.js";
import { shellRequests } from "./shell-requests.js";
import { redirectStreams } from "./streams.js";
import { connectTslabDisplay } from "./tslab-display.js";

/** The parts of a kernel that exist before it can run cells. */
export interface KernelParts {
  thread: SocketThread;
  executor: CellExecutor;
  interrupt: InterruptFlag;
}

/** The kernel of one notebook, as its process sees it. */
export interface Kernel {
  /** Ends the running cell; while none runs, what goes on in the background. */
  interrupt(): void;
  /** Ends the process when all has been sent and the sockets are closed. */
  end(): void;
}

/** Puts the kernel together and begins to answer the requests that have come so far. */
export function startKernel({ thread, executor, interrupt }: KernelParts): Kernel {
  const session = new LiveSession(thread);
  const comms = new CommManager((...message) => session.publish(...message));
  session.comms = comms;
  setKernelSession(session);
  setDisplaySink(displayPublisher(session));
  redirectStreams((name, text) => session.stream(name, text));
  Object.assign(globalThis, {
    input: session.input.bind(session),
    prompt: session.inputs.questionNow.bind(session.inputs),
  });

  const history = new History();
  const ending = new AbortController();
  const runner: CellRunner = new CellRunner({
    session,
    executor,
    history,
    interrupt,
    signal: ending.signal,
    onEnd: () => progress.end(),
  });
  const progress = new CellProgress({
    log: session.outputs,
    publish: (type, content, options) =>
      session.publish(type, content, { ...options, parent: runner.running }),
    get inCell() {
      const { running } = runner;
      if (running === undefined || session.parent !== running) return false;
      // In an `Output`, a bar that has to go would take what is there with it.
      return !comms.captured.has(running.msg_id);
    },
  });
  setProgressHook((reported) => progress.report(reported));
  const whileBusy = async <T>({ message }: Request, work: () => T | Promise<T>): Promise<T> => {
    thread.post({ kind: "running", parent: message.header });
    session.status("busy", message.header);
    try {
      return await work();
    } finally {
      session.status("idle", message.header);
      thread.post({ kind: "running", parent: undefined });
    }
  };
  const cells = new ExecuteQueue(
    (request) => whileBusy(request, () => runner.run(request)),
    (request) =>
      whileBusy(request, () => session.reply(request, "execute_reply", { status: "aborted" })),
  );
  const handlers = shellRequests({ executor, history, session });
  const dispatcher = new Dispatcher({ session, runner, cells, handlers });

  const report = (error: unknown): void => {
    // What goes on in the name of an interrupted cell ends with this.
    if (error instanceof Interrupted) return;
    try {
      session.stream("stderr", `${thrownError(error).traceback.join("\n")}\n`);
    } catch {
      session.stream("stderr", "an error that cannot be shown\n");
    }
  };
  // What cells leave behind fails in their output, and does not end the kernel.
  process.on("uncaughtException", report);
  process.on("unhandledRejection", report);
  connectTslabDisplay(session);
  executor.ready.catch(report);

  const exit = process.exit.bind(process);
  const end = (code: Parameters<typeof process.exit>[0]): void => {
    if (ending.signal.aborted) return;
    ending.abort();
    kernel.interrupt();
    executor.close();
    // A process that ends with open sockets ends with an abort of their library.
    thread.close().then(() => exit(code));
  };
  process.exit = (code) => {
    end(code);
    throw new Error("the kernel ends: process.exit was called");
  };

  const kernel: Kernel = {
    interrupt() {
      if (runner.running === undefined) {
        session.interrupt();
        return;
      }
      raiseInterrupt(interrupt);
      session.inputs.cancel("interrupted");
      executor.interrupt();
      runner.interrupt();
    },
    end: () => end(0),
  };
  thread.deliverTo((message) => {
    if (message.kind === "request") dispatcher.handle(message).catch(report);
    else if (message.kind === "interrupt") {
      // Otherwise the cell that it was meant for has ended, and another one runs.
      if (isInterrupted(interrupt)) kernel.interrupt();
    } else if (message.kind === "shutdown") end(0);
    else {
      // The streams lead to front ends, which cannot be reached.
      writeSync(2, `kernel: ${message.reason}\n`);
      exit(1);
    }
  });
  return kernel;
}

/** Publishes the displays of a cell in their order: one that is not ready yet holds up the others. */
function displayPublisher(session: LiveSession): DisplaySink {
  const orders = new WeakMap<object, InOrder>();
  return ({ bundle, displayId, update }) => {
    const { parent } = session;
    const cell = parent ?? session;
    if (!orders.has(cell)) orders.set(cell, new InOrder());
    const published = orders
      .get(cell)!
      .do(bundle, (data) =>
        publishBundle(
          session,
          update ? "update_display_data" : "display_data",
          data,
          { transient: { display_id: displayId } },
          parent === undefined ? {} : { parent },
        ),
      );
    if (published !== undefined) session.waitFor(published);
    return published;
  };
}
