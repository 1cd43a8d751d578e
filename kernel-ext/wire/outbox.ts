import { randomUUID } from "node:crypto";
import type { Content, Header } from "../protocol/messages.js";
import { encodeFrames } from "./framing.js";
import { SendQueue } from "./send-queue.js";
import type { Signer } from "./signature.js";
import type { Sockets } from "./sockets.js";
import type { SendOrder, StreamOrder } from "./thread-messages.js";

/** The version of Jupyter's protocol that the kernel speaks. */
export const PROTOCOL_VERSION = "5.4";

/** What is printed within this time goes out as one message: servers limit how many may come. */
const GATHER_MS = 25;
/** No message of printed text waits until it is longer. */
const GATHER_CHARACTERS = 65_536;

/** Gives messages their headers and signatures, and sends them in order. */
export class Outbox {
  readonly #queues: Record<SendOrder["channel"], SendQueue>;
  readonly #signer: Signer;
  readonly #session = randomUUID();
  #count = 0;
  #gathered: StreamOrder | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(sockets: Sockets, signer: Signer, onError: (error: unknown) => void) {
    this.#signer = signer;
    this.#queues = {
      shell: new SendQueue(sockets.shell, onError),
      control: new SendQueue(sockets.control, onError),
      stdin: new SendQueue(sockets.stdin, onError),
      iopub: new SendQueue(sockets.iopub, onError),
    };
  }

  send(order: SendOrder): void {
    if (order.channel === "iopub") this.#flush();
    const { channel, type } = order;
    const identities =
      channel === "iopub"
        ? [Buffer.from(`kernel.${this.#session}.${type}`)]
        : (order.identities ?? []);
    this.#push(channel, identities, order);
  }

  /** Tells front ends what the kernel does on behalf of a request. */
  status(state: "starting" | "busy" | "idle", parent: Partial<Header>): void {
    this.#publish("status", { execution_state: state }, parent);
  }

  /** Greets a client that has subscribed to a topic: from now on it misses nothing. */
  welcome(topic: Uint8Array): void {
    const content = JSON.stringify({ subscription: Buffer.from(topic).toString() });
    const order = { type: "iopub_welcome", parent: {}, metadata: "{}", content, buffers: [] };
    this.#push("iopub", [topic], { kind: "send", channel: "iopub", ...order });
  }

  /** Sends printed text, together with what follows it at once. */
  stream(order: StreamOrder): void {
    const last = this.#gathered;
    if (last?.name === order.name && last.parent.msg_id === order.parent.msg_id) {
      last.text += order.text;
    } else {
      this.#flush();
      this.#gathered = order;
      this.#timer = setTimeout(() => this.#flush(), GATHER_MS);
    }
    if ((this.#gathered?.text.length ?? 0) > GATHER_CHARACTERS) this.#flush();
  }

  /** Settles when everything has been handed to the sockets. */
  async drained(): Promise<void> {
    this.#flush();
    await Promise.all(Object.values(this.#queues).map((queue) => queue.drained()));
  }

  #flush(): void {
    const order = this.#gathered;
    if (order === undefined) return;
    clearTimeout(this.#timer);
    this.#gathered = undefined;
    this.#publish("stream", { name: order.name, text: order.text }, order.parent);
  }

  #publish(type: string, content: Content, parent: Partial<Header>): void {
    const json = JSON.stringify(content);
    const order = { type, parent, metadata: "{}", content: json, buffers: [] };
    this.send({ kind: "send", channel: "iopub", ...order });
  }

  #push(
    channel: SendOrder["channel"],
    identities: readonly Uint8Array[],
    { type, parent, metadata, content, buffers }: SendOrder,
  ): void {
    const header: Header = {
      msg_id: `${this.#session}_${this.#count++}`,
      msg_type: type,
      session: this.#session,
      username: "kernel",
      date: new Date().toISOString(),
      version: PROTOCOL_VERSION,
    };
    const texts = { header: JSON.stringify(header), parentHeader: JSON.stringify(parent) };
    const outgoing = { ...texts, metadata, content, buffers };
    this.#queues[channel].push(encodeFrames(identities, outgoing, this.#signer));
  }
}
