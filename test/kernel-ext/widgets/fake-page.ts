import { CommManager } from "../../../kernel-ext/comm/comm-manager.js";
import type { Header } from "../../../kernel-ext/protocol/messages.js";
import {
  type KernelSession,
  kernelSession,
  setKernelSession,
} from "../../../kernel-ext/protocol/session.js";

/** A message that the kernel has published. */
export interface Published {
  type: string;
  content: Record<string, unknown>;
  metadata: Record<string, unknown> | undefined;
  buffers: Uint8Array[];
}

/** What a comm's message holds, as widgets write it. */
export interface WidgetData {
  method?: string;
  state?: Record<string, unknown>;
  buffer_paths?: (string | number)[][];
  content?: unknown;
}

function header(type: string): Header {
  const date = new Date(0).toISOString();
  const id = crypto.randomUUID();
  return { msg_id: id, msg_type: type, session: "s", username: "u", date, version: "5.3" };
}

/** A kernel without sockets, and the page that it speaks to. */
export class FakePage {
  readonly published: Published[] = [];
  readonly comms: CommManager;
  parent: Header | undefined = header("execute_request");
  /** What the end of the running cell waits for. */
  readonly awaited: Promise<unknown>[] = [];
  /** What ends when the user interrupts. */
  readonly interrupts = new Set<() => void>();
  readonly #former = kernelSession();

  constructor() {
    const publish: KernelSession["publish"] = (type, content, options = {}) => {
      this.published.push({
        type,
        // As it would arrive: what JSON cannot hold is lost.
        content: JSON.parse(JSON.stringify(content)),
        metadata: options.metadata,
        buffers: (options.buffers ?? []).map((data) =>
          ArrayBuffer.isView(data)
            ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength).slice()
            : new Uint8Array(data.slice(0)),
        ),
      });
    };
    this.comms = new CommManager(publish);
    const page = this;
    setKernelSession({
      publish,
      comms: this.comms,
      get parent() {
        return page.parent;
      },
      withParent: (_parent, work) => work(),
      input: () => Promise.reject(new Error("nobody is there")),
      onInterrupt: (callback) => {
        this.interrupts.add(callback);
        return () => this.interrupts.delete(callback);
      },
      waitFor: (work) => void this.awaited.push(work),
    });
  }

  /** Sends a message over a comm, and waits until the kernel has handled it. */
  async say(id: string, data: WidgetData, buffers: Uint8Array[] = []): Promise<void> {
    await this.send("comm_msg", { comm_id: id, data }, buffers);
  }

  async send(
    type: string,
    content: Record<string, unknown>,
    buffers: Uint8Array[] = [],
  ): Promise<void> {
    const request = header(type);
    this.parent = request;
    const message = { header: request, parentHeader: {}, metadata: {}, content, buffers };
    await this.comms.handle(message);
  }

  /** What was published since the last call. */
  take(): Published[] {
    return this.published.splice(0);
  }

  /** The data of the comms' messages since the last call, by their methods. */
  takeData(): WidgetData[] {
    const messages = this.take().filter(({ type }) => type === "comm_msg");
    return messages.map(({ content }) => content.data as WidgetData);
  }

  close(): void {
    setKernelSession(this.#former);
  }
}
