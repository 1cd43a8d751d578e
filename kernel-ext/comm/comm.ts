import type { Binary } from "./buffers.js";

/** What comes or goes over a comm. */
export interface CommMessage {
  readonly data: Record<string, unknown>;
  readonly buffers: readonly Uint8Array[];
  readonly metadata: Record<string, unknown>;
}

/** What goes with the data of a message. */
export interface CommSendOptions {
  readonly buffers?: readonly Binary[];
  readonly metadata?: Record<string, unknown>;
}

/** Called for a message; where it returns a promise, the page is told when that has settled. */
export type CommHandler = (message: CommMessage) => unknown;

/** Sends one of a comm's messages to every front end. */
export type CommPublish = (
  type: "comm_open" | "comm_msg" | "comm_close",
  content: Record<string, unknown>,
  options?: { metadata?: Record<string, unknown>; buffers?: readonly Binary[] },
) => void;

/**
 * One end of a conversation with the page, about one object; either side opens and closes it. Set
 * `onMessage` to listen.
 */
export class Comm {
  readonly id: string;
  /** The name by which the other side knows what the conversation is about. */
  readonly target: string;
  onMessage: CommHandler | undefined;
  /** Called when the page ends the conversation. */
  onClose: CommHandler | undefined;
  /** The state of a widget, for a page that was loaded anew; binary data within. */
  snapshot: (() => Record<string, unknown>) | undefined;
  /** The object that the conversation is about, such as a widget. */
  owner: unknown;
  readonly #publish: CommPublish;
  #open = true;
  readonly #ended: (comm: Comm) => void;

  /** Use `openComm`; targets registered with `registerCommTarget` are given theirs. */
  constructor(id: string, target: string, publish: CommPublish, ended: (comm: Comm) => void) {
    this.id = id;
    this.target = target;
    this.#publish = publish;
    this.#ended = ended;
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Sends data to the page; nothing happens when the conversation has ended. */
  send(data: Record<string, unknown>, options: CommSendOptions = {}): void {
    if (this.#open) this.#publish("comm_msg", { comm_id: this.id, data }, options);
  }

  /** Ends the conversation. */
  close(data: Record<string, unknown> = {}): void {
    if (!this.#open) return;
    this.#publish("comm_close", { comm_id: this.id, data });
    this.end();
  }

  /** Notes that the conversation has ended, without telling the page. */
  end(): void {
    this.#open = false;
    this.#ended(this);
  }
}
