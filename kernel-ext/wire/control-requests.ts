import { type InterruptFlag, raiseInterrupt } from "../protocol/interrupt-flag.js";
import { kernelInfo } from "../protocol/kernel-info.js";
import type { Content, Header } from "../protocol/messages.js";
import type { Outbox } from "./outbox.js";
import type { FromSockets, Request } from "./thread-messages.js";

/** How long a cell has to end by itself when it is interrupted. */
const SIGNAL_MS = 100;

/** How long the main thread has to end by itself. */
const SHUTDOWN_MS = 3000;

/** The requests that are answered at once, whatever the main thread does. */
export class ControlRequests {
  /** The request whose cell runs now. */
  running: Header | undefined;
  readonly #outbox: Outbox;
  readonly #interrupt: InterruptFlag;
  readonly #tell: (message: FromSockets) => void;
  #ending = false;

  constructor(options: {
    outbox: Outbox;
    interrupt: InterruptFlag;
    tell: (message: FromSockets) => void;
  }) {
    this.#outbox = options.outbox;
    this.#interrupt = options.interrupt;
    this.#tell = options.tell;
  }

  /** Answers a request; false if it is for the main thread. */
  handle(request: Request): boolean {
    const { msg_type: type } = request.message.header;
    if (type === "kernel_info_request") this.#answer(request, kernelInfo);
    else if (type === "interrupt_request") this.#answer(request, () => this.#interruptCell());
    else if (type === "shutdown_request") this.#answerShutdown(request);
    else if (request.channel !== "control") return false;
    else this.#answer(request, () => unknownRequest(type));
    return true;
  }

  /** Asks the main thread to end, and ends the process if it does not. */
  shutDown(): void {
    if (this.#ending) return;
    this.#ending = true;
    this.#tell({ kind: "shutdown" });
    if (this.running !== undefined) this.#interruptCell();
    setTimeout(() => process.kill(process.pid, "SIGKILL"), SHUTDOWN_MS).unref();
  }

  #answer(request: Request, content: () => Content): void {
    const parent = request.message.header;
    this.#outbox.status("busy", parent);
    this.#reply(request, content());
    this.#outbox.status("idle", parent);
    // Front ends show the latest status, of whichever request.
    if (this.running !== undefined) this.#outbox.status("busy", this.running);
  }

  #answerShutdown(request: Request): void {
    const content = { status: "ok", restart: request.message.content.restart === true };
    this.#answer(request, () => content);
    this.#reply({ ...request, channel: "iopub" }, content);
    this.shutDown();
  }

  #interruptCell(): Content {
    raiseInterrupt(this.#interrupt);
    this.#tell({ kind: "interrupt" });
    const { running } = this;
    setTimeout(() => {
      // The cell neither reads the flag nor waits: only a signal ends it. Windows knows none such.
      const goesOn = running !== undefined && this.running === running;
      if (goesOn && process.platform !== "win32") process.kill(process.pid, "SIGINT");
    }, SIGNAL_MS);
    return { status: "ok" };
  }

  #reply(
    { message, channel, identities }: Omit<Request, "channel"> & { channel: string },
    content: Content,
  ): void {
    this.#outbox.send({
      kind: "send",
      channel: channel as Request["channel"] | "iopub",
      identities,
      type: message.header.msg_type.replace(/_request$/, "_reply"),
      parent: message.header,
      metadata: "{}",
      content: JSON.stringify(content),
      buffers: [],
    });
  }
}

/** The answer to a request that the kernel does not know. */
export function unknownRequest(type: string): Content {
  const evalue = `this kernel does not know ${type}`;
  return { status: "error", ename: "UnknownRequest", evalue, traceback: [evalue] };
}
