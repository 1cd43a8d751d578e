import { thrownError } from "../cell-error.js";
import { unknownRequest } from "../wire/control-requests.js";
import type { Request } from "../wire/thread-messages.js";
import type { ExecuteQueue } from "./execute-queue.js";
import type { CellRunner } from "./execute-request.js";
import type { LiveSession } from "./live-session.js";
import type { Content } from "./messages.js";
import type { Handler } from "./shell-requests.js";

/** Gives each message that has arrived to who handles it. */
export class Dispatcher {
  readonly #session: LiveSession;
  readonly #runner: CellRunner;
  readonly #cells: ExecuteQueue;
  readonly #handlers: Record<string, Handler>;

  constructor(options: {
    session: LiveSession;
    runner: CellRunner;
    cells: ExecuteQueue;
    handlers: Record<string, Handler>;
  }) {
    this.#session = options.session;
    this.#runner = options.runner;
    this.#cells = options.cells;
    this.#handlers = options.handlers;
  }

  /** Settles when the message has been handled; cells wait for their turn, everything else does not. */
  async handle(request: Request): Promise<void> {
    const { channel, message } = request;
    const type = message.header.msg_type;
    if (channel === "stdin") {
      if (type === "input_reply") this.#session.inputs.reply(message.content);
    } else if (type === "execute_request") {
      await this.#cells.push(request);
    } else if (/^comm_(open|msg|close)$/.test(type)) {
      await this.#handleComm(request);
    } else if (type.endsWith("_request")) {
      await this.#answer(request);
    }
  }

  async #answer(request: Request): Promise<void> {
    const { header, content } = request.message;
    const type = header.msg_type;
    const handler = Object.hasOwn(this.#handlers, type) ? this.#handlers[type] : undefined;
    await this.#whileBusy(request, async () => {
      let reply: Content;
      try {
        reply = handler === undefined ? unknownRequest(type) : await handler(content);
      } catch (error) {
        reply = { status: "error", ...thrownError(error) };
      }
      this.#session.reply(request, type.replace(/_request$/, "_reply"), reply);
    });
  }

  // A page sends no further change of a widget before the kernel is idle again: a slow callback is
  // not called for every step of a slider.
  async #handleComm(request: Request): Promise<void> {
    await this.#whileBusy(request, async () => {
      const { message } = request;
      try {
        const { comms } = this.#session;
        await this.#session.withParent(message.header, () => comms.handle(message));
      } catch (error) {
        // There is no reply that could tell of it.
        const text = `${thrownError(error).traceback.join("\n")}\n`;
        this.#session.withParent(message.header, () => this.#session.stream("stderr", text));
      }
    });
  }

  async #whileBusy({ message }: Request, work: () => Promise<void>): Promise<void> {
    this.#session.status("busy", message.header);
    await work();
    this.#session.status("idle", message.header);
    // Front ends show the latest status, of whichever request.
    const { running } = this.#runner;
    if (running !== undefined) this.#session.status("busy", running);
  }
}
