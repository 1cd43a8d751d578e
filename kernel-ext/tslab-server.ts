import { createRequire } from "node:module";
import type * as Jupyter from "tslab/dist/jupyter.js";
import { version } from "../src/version.js";
import { runCell } from "./cell-runner.js";
import type { Session } from "./tslab-adapter.js";

type Message = Parameters<Jupyter.ZmqServer["handleExecute"]>[1];
type Shell = Jupyter.ZmqServer["shell"];
type MessageClass = { fromRaw(key: string, frames: Buffer[]): Message };
type Reply = Record<string, unknown>;

interface ExecuteRequest {
  code: string;
  stop_on_error?: boolean;
}

/** How long requests are dropped after an error, so that those already on their way are. */
const ABORT_WINDOW_MS = 100;

/** The requests that tslab's server can read, and mostly answer. */
const SERVED = new Set([
  "kernel_info_request",
  "execute_request",
  "is_complete_request",
  "inspect_request",
  "complete_request",
  "comm_info_request",
  "shutdown_request",
]);

/** Serves a session over Jupyter's protocol, as far as tslab's own server goes. */
export async function serve(session: Session, connectionFile: string): Promise<void> {
  // Loaded late, because it loads the compiler, which the session patches first.
  const jupyter = createRequire(import.meta.url)("tslab/dist/jupyter.js") as {
    ZmqServer: typeof Jupyter.ZmqServer;
    lastWriteDisplayData: typeof Jupyter.lastWriteDisplayData;
  };

  class Server extends jupyter.ZmqServer {
    #count = 0;
    #cells: Promise<void> = Promise.resolve();
    #aborting = false;
    #messages: MessageClass | undefined;

    override async handleShellMessage(socket: Shell, ...frames: Buffer[]): Promise<void> {
      const type = messageType(frames);
      if (SERVED.has(type)) return super.handleShellMessage(socket, ...frames);
      // tslab's server would warn of it in the output of whichever cell ran last.
      const request = this.#messages?.fromRaw(this.connInfo.key, frames);
      if (request === undefined) return;
      this.publishStatus("busy", request);
      if (type === "history_request") {
        this.#send(socket, request, "history_reply", { status: "ok", history: [] });
      }
      this.publishStatus("idle", request);
    }

    // The class of messages is not exported; every client begins with this request.
    override handleKernelInfo(socket: Shell, request: Message): void {
      this.#messages = request.constructor as unknown as MessageClass;
      super.handleKernelInfo(socket, request);
    }

    override handleExecute(socket: Shell, request: Message): Promise<void> {
      this.#cells = this.#cells.then(async () => {
        const reply = this.#aborting ? { status: "aborted" } : await this.#run(request);
        this.#send(socket, request, "execute_reply", reply);
      });
      return this.#cells;
    }

    override handleCommInfoRequest(socket: Shell, request: Message): void {
      this.#send(socket, request, "comm_info_reply", { status: "ok", comms: {} });
    }

    override close(): void {
      super.close();
      // Timers and workers that cells have left behind must not keep the process alive.
      setImmediate(() => process.exit(0));
    }

    async #run(request: Message): Promise<Reply> {
      const { code, stop_on_error } = request.content as ExecuteRequest;
      const execution_count = ++this.#count;
      const publish = (type: string, content: object): void =>
        this.#send(this.iopub, request, type, content);
      jupyter.lastWriteDisplayData = (data, update) =>
        publish(update ? "update_display_data" : "display_data", data);

      publish("execute_input", { code, execution_count });
      const failure = await runCell(session, code, execution_count, publish);
      if (failure === undefined) return { status: "ok", execution_count, user_expressions: {} };
      publish("error", failure);
      if (stop_on_error !== false) this.#abortPending();
      return { status: "error", execution_count, ...failure };
    }

    #abortPending(): void {
      this.#aborting = true;
      setTimeout(() => {
        this.#aborting = false;
      }, ABORT_WINDOW_MS);
    }

    #send(
      socket: Shell | Jupyter.ZmqServer["iopub"],
      request: Message,
      type: string,
      content: object,
    ) {
      const message = request.createReply();
      message.header.msg_type = type;
      message.content = content;
      message.signAndSend(this.connInfo.key, socket);
    }
  }

  await new Server(handlerOf(session), connectionFile).init();
}

function messageType(frames: readonly Buffer[]): string {
  const delimiter = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>");
  const header = frames[delimiter + 2];
  return header === undefined
    ? ""
    : (JSON.parse(header.toString()) as { msg_type: string }).msg_type;
}

function handlerOf(session: Session): Jupyter.ZmqServer["handler"] {
  const handler = {
    handleKernel: () => ({
      status: "ok",
      protocol_version: "5.3",
      implementation: "cakelab",
      implementation_version: version,
      language_info: {
        name: "typescript",
        version: session.typescript,
        mimetype: "text/x-typescript",
        file_extension: ".ts",
        pygments_lexer: "typescript",
        codemirror_mode: "typescript",
      },
      banner: `CakeLab: TypeScript ${session.typescript} on Node ${process.version}`,
    }),
    handleExecute: () => Promise.reject(new Error("cells are run by the server")),
    handleIsComplete(request: { code: string }) {
      const { completed, indent } = session.isComplete(request.code);
      return completed ? { status: "complete" } : { status: "incomplete", indent };
    },
    handleInspect(request: { code: string; cursor_pos: number }) {
      const text = session.inspect(request.code, request.cursor_pos);
      const data = text === undefined ? {} : { "text/plain": text };
      return { status: "ok", found: text !== undefined, data, metadata: {} };
    },
    handleComplete(request: { code: string; cursor_pos: number }) {
      const { start, end, candidates } = session.complete(request.code, request.cursor_pos);
      const cursor = { cursor_start: start, cursor_end: end };
      return { status: "ok", matches: candidates, metadata: {}, ...cursor };
    },
    handleShutdown: ({ restart }: { restart: boolean }) => ({ status: "ok", restart }),
    close: () => session.close(),
  };
  return handler as unknown as Jupyter.ZmqServer["handler"];
}
