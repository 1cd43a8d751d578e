import { AsyncLocalStorage } from "node:async_hooks";
import { OutputLog } from "../progress/output-log.js";
import type { SocketThread } from "../wire/start-socket-thread.js";
import type { Request } from "../wire/thread-messages.js";
import { type CommHub, noComms } from "./comm-target.js";
import type { Content, Header } from "./messages.js";
import type { KernelSession, PublishOptions } from "./session.js";
import { InputChannel } from "./stdin.js";

/** The session of a kernel whose sockets are served by a thread. */
export class LiveSession implements KernelSession {
  comms: CommHub = noComms;
  readonly inputs: InputChannel;
  /** What the running cell has shown. */
  readonly outputs: OutputLog = new OutputLog();
  readonly #thread: SocketThread;
  readonly #context = new AsyncLocalStorage<{ parent: Header | undefined }>();
  #contexts = 0;
  /** The cell whose output follows. */
  #parent: Header | undefined;
  #muted: Header | undefined;
  #awaited: Promise<unknown>[] = [];
  readonly #interrupts = new Set<() => void>();

  constructor(thread: SocketThread) {
    this.#thread = thread;
    this.inputs = new InputChannel(
      (cell, content) => this.reply({ ...cell, channel: "stdin" }, "input_request", content),
      () =>
        thread.waitFor((message) =>
          message.kind === "request" && message.channel === "stdin"
            ? message.message.content
            : undefined,
        ),
    );
  }

  get parent(): Header | undefined {
    const context = this.#contexts > 0 ? this.#context.getStore() : undefined;
    return context === undefined ? this.#parent : context.parent;
  }

  /** The cell whose output follows; `muted`: it is not to be seen. */
  setParent(parent: Header, options: { muted: boolean }): void {
    this.#parent = parent;
    this.#muted = options.muted ? parent : undefined;
    this.outputs.begin();
  }

  withParent<T>(parent: Header | undefined, work: () => T): T {
    this.#contexts++;
    const leave = (): void => {
      // While contexts are followed, every await of every cell takes three times as long.
      if (--this.#contexts === 0) this.#context.disable();
    };
    let result: T | undefined;
    try {
      result = this.#context.run({ parent }, work);
      return result;
    } finally {
      if (result instanceof Promise) result.then(leave, leave);
      else leave();
    }
  }

  /** @param options `logged: false`: it is not among `outputs`. */
  publish(
    type: string,
    content: Content,
    options: PublishOptions & { logged?: boolean } = {},
  ): void {
    const parent = options.parent ?? this.parent;
    if (parent !== undefined && parent === this.#muted) return;
    const buffers = (options.buffers ?? []).map(copyOf);
    const text = JSON.stringify(content);
    if (parent === this.#parent && options.logged !== false) {
      this.outputs.note(type, content, text.length);
    }
    this.#thread.post(
      {
        kind: "send",
        channel: "iopub",
        type,
        parent: parent ?? {},
        metadata: JSON.stringify(options.metadata ?? {}),
        content: text,
        buffers,
      },
      buffers.map(({ buffer }) => buffer),
    );
  }

  stream(name: "stdout" | "stderr", text: string): void {
    const { parent } = this;
    if (parent !== undefined && parent === this.#muted) return;
    if (parent === this.#parent) this.outputs.note("stream", { name, text }, text.length);
    this.#thread.post({ kind: "stream", name, text, parent: parent ?? {} });
  }

  /** Sends a reply, or a question, to the client that has sent a request. */
  reply({ channel, identities, message }: Request, type: string, content: Content): void {
    this.#thread.post({
      kind: "send",
      channel,
      identities,
      type,
      parent: message.header,
      metadata: "{}",
      content: JSON.stringify(content),
      buffers: [],
    });
  }

  status(state: "busy" | "idle", parent: Header): void {
    const content = JSON.stringify({ execution_state: state });
    const order = { type: "status", parent, metadata: "{}", content, buffers: [] };
    this.#thread.post({ kind: "send", channel: "iopub", ...order });
  }

  input(prompt?: string, options?: { password?: boolean }): Promise<string> {
    return this.inputs.question(prompt, options);
  }

  onInterrupt(callback: () => void): () => void {
    this.#interrupts.add(callback);
    return () => this.#interrupts.delete(callback);
  }

  /** Ends what goes on in the background. */
  interrupt(): void {
    for (const callback of this.#interrupts) callback();
  }

  waitFor(work: Promise<unknown>): void {
    this.#awaited.push(work);
    // It is awaited later, and until then nobody has heard of its failure.
    work.catch(() => undefined);
  }

  /** Settles when what the cell has handed to `waitFor` has; rejects with its first failure. */
  async settled(): Promise<void> {
    try {
      // More may be pushed while the first is awaited.
      for (const work of this.#awaited) await work;
    } finally {
      this.#awaited = [];
    }
  }
}

function copyOf(data: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> {
  if (!ArrayBuffer.isView(data)) return new Uint8Array(data.slice(0));
  return new Uint8Array(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
}
