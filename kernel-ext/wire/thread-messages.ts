import type { MessagePort } from "node:worker_threads";
import type { InterruptFlag } from "../protocol/interrupt-flag.js";
import type { Channel, Header, Message, RequestChannel } from "../protocol/messages.js";

/** What the thread of the sockets is given when it starts. */
export interface ThreadData {
  connectionFile: string;
  interrupt: InterruptFlag;
  /** Where its messages to the main thread go. */
  outlet: MessagePort;
}

/** A message that is to be sent; its header is made where it is sent. */
export interface SendOrder {
  kind: "send";
  channel: Channel;
  /** The client that a reply goes to. */
  identities?: readonly Uint8Array[];
  type: string;
  parent: Partial<Header>;
  /** JSON. */
  metadata: string;
  /** JSON. */
  content: string;
  buffers: readonly Uint8Array[];
}

/** Something that code has printed. */
export interface StreamOrder {
  kind: "stream";
  name: "stdout" | "stderr";
  text: string;
  parent: Partial<Header>;
}

/** What the main thread wants of the thread of the sockets. */
export type ToSockets =
  | SendOrder
  | StreamOrder
  /** Which request runs a cell now, if any. */
  | { kind: "running"; parent: Header | undefined }
  | { kind: "close" };

/** A request that the main thread is to answer. */
export interface Request {
  kind: "request";
  channel: RequestChannel;
  identities: readonly Uint8Array[];
  message: Message;
  /** Milliseconds since 1970, by this machine's clock. */
  receivedAt: number;
}

/** What the thread of the sockets tells the main thread. */
export type FromSockets =
  | Request
  | { kind: "interrupt" }
  | { kind: "shutdown" }
  | { kind: "failed"; reason: string };
