import type { CommHub } from "../protocol/comm-target.js";
import type { Message } from "../protocol/messages.js";
import { Comm, type CommMessage, type CommPublish, type CommSendOptions } from "./comm.js";
import { answerStateRequests, CONTROL_TARGET } from "./widget-control.js";

/** Called when the page opens a comm; set the comm's `onMessage` there. */
export type TargetHandler = (comm: Comm, message: CommMessage) => unknown;

/** The comms of a kernel: those that cells have opened, and those that the page has. */
export class CommManager implements CommHub {
  /** The requests whose output goes to an `Output` widget now, by their message ids. */
  readonly captured: Map<string, number> = new Map();
  readonly #comms = new Map<string, Comm>();
  readonly #targets = new Map<string, TargetHandler>();
  readonly #publish: CommPublish;

  constructor(publish: CommPublish) {
    this.#publish = publish;
    // A page asks for the widgets' states as soon as it has found the kernel.
    this.#targets.set(CONTROL_TARGET, (comm) => answerStateRequests(comm, () => this.open));
  }

  /** The comms that are open, in the order of their opening. */
  get open(): Iterable<Comm> {
    return this.#comms.values();
  }

  find(id: string): Comm | undefined {
    return this.#comms.get(id);
  }

  /** Opens a comm to the page. */
  openComm(
    target: string,
    data: Record<string, unknown>,
    { id = crypto.randomUUID().replaceAll("-", ""), ...options }: CommSendOptions & { id?: string },
  ): Comm {
    const comm = this.#add(id, target);
    this.#publish("comm_open", { comm_id: id, target_name: target, data }, options);
    return comm;
  }

  /** Says who handles the comms that the page opens by a name; `undefined`: nobody. */
  registerTarget(name: string, handler: TargetHandler | undefined): void {
    if (handler === undefined) this.#targets.delete(name);
    else this.#targets.set(name, handler);
  }

  async handle(message: Message): Promise<void> {
    const { comm_id: id, target_name: target, data } = message.content;
    if (typeof id !== "string") return;
    const received: CommMessage = {
      data: typeof data === "object" && data !== null ? (data as Record<string, unknown>) : {},
      buffers: message.buffers,
      metadata: message.metadata,
    };
    if (message.header.msg_type === "comm_open") {
      await this.#opened(id, String(target), received);
      return;
    }
    // A page that outlived a restart of the kernel still speaks of comms of the former one.
    const comm = this.#comms.get(id);
    if (comm === undefined) return;
    if (message.header.msg_type === "comm_msg") {
      await comm.onMessage?.(received);
    } else if (message.header.msg_type === "comm_close") {
      comm.end();
      await comm.onClose?.(received);
    }
  }

  info(target?: string): Record<string, { target_name: string }> {
    const found = [...this.open].filter((comm) => target === undefined || comm.target === target);
    return Object.fromEntries(found.map((comm) => [comm.id, { target_name: comm.target }]));
  }

  async #opened(id: string, target: string, message: CommMessage): Promise<void> {
    const handler = this.#targets.get(target);
    if (handler === undefined) {
      this.#publish("comm_close", { comm_id: id, data: {} });
      return;
    }
    const comm = this.#add(id, target);
    try {
      await handler(comm, message);
    } catch (error) {
      comm.close();
      throw error;
    }
  }

  #add(id: string, target: string): Comm {
    const comm = new Comm(id, target, this.#publish, (ended) => this.#comms.delete(ended.id));
    this.#comms.set(id, comm);
    return comm;
  }
}
