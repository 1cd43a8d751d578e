import { StreamError } from "../../errors.js";
import type { FrameQueue } from "../frame-queue.js";
import { unwrapNumbers } from "../unwrap-number.js";
import { FrameReader, OutOfStep, type WireFrame } from "./frame-reader.js";
import { type Inflow, readInto } from "./read-into.js";

interface ClientOptions {
  /** Its address, for messages and the sources of frames. */
  readonly from: string;
  readonly shape: readonly [rows: number, columns: number];
  readonly signed: boolean;
  /** Seconds. */
  readonly clientTimeout: number;
  readonly queue: FrameQueue;
}

/** A client that sends frames into a queue, until it ends, is lost, or sends what is none. */
export class FrameClient {
  readonly #options: ClientOptions;
  readonly #reader: FrameReader;
  readonly #inflow: Inflow;
  readonly #unwrap = unwrapNumbers();
  #isEnded = false;

  constructor(accepted: import("node:net").Socket, options: ClientOptions) {
    this.#options = options;
    const [rows, columns] = options.shape;
    this.#reader = new FrameReader(rows * columns, options.signed);
    this.#inflow = readInto(accepted, {
      target: () => this.#reader.target,
      filled: (bytes) => this.#filled(bytes),
    });
    const { socket } = this.#inflow;
    socket.on("error", (cause) => this.#lost(cause));
    this.#inflow.onEnd(() => this.#lost(undefined));
    socket.on("close", () => this.#reader.discard());
    socket.setTimeout(1000 * options.clientTimeout);
    socket.on("timeout", () => this.#late());
  }

  /** Calls when the connection is closed. */
  onClose(call: () => void): void {
    this.#inflow.socket.on("close", call);
  }

  end(): void {
    this.#isEnded = true;
    this.#inflow.socket.destroy();
  }

  /** Whether to read on. */
  #filled(bytes: number): boolean {
    if (this.#isEnded) return false;
    try {
      const frame = this.#reader.filled(bytes);
      if (frame === undefined) return true;
      this.#take(frame);
    } catch (error) {
      if (!(error instanceof OutOfStep)) throw error;
      this.#giveUp(`${error.message}; it was disconnected: check the shape`);
      return false;
    }
    return this.#mayGoOn();
  }

  #take({ number, data, problem, bytes }: WireFrame): void {
    const { from, shape, queue } = this.#options;
    const counted = this.#unwrap(number);
    const source = `${from}#${counted}`;
    if (data === undefined) {
      queue.bad(new StreamError(source, `left out: ${problem}`), bytes);
      return;
    }
    const [rows, columns] = shape;
    const timestamp = Date.now() / 1000;
    queue.put({ data, shape: [rows, columns], number: counted, timestamp, source });
  }

  #mayGoOn(): boolean {
    const { queue, clientTimeout } = this.#options;
    if (queue.hasRoom) return true;
    void queue.room().then(() => {
      if (this.#isEnded) return;
      // The time that it was made to wait is not its own.
      this.#inflow.socket.setTimeout(1000 * clientTimeout);
      this.#inflow.resume();
    });
    return false;
  }

  #lost(cause: Error | undefined): void {
    if (this.#isEnded) return;
    const how = cause === undefined ? "" : ` (${(cause as NodeJS.ErrnoException).code})`;
    if (this.#reader.begun > 0) {
      this.#giveUp(`its connection ended${how} in the middle of a frame: ${this.#extent()}`, cause);
    } else if (cause !== undefined) {
      this.#options.queue.tell(
        new StreamError(this.#options.from, `its connection was lost${how}`, { cause }),
      );
    }
    this.end();
  }

  #late(): void {
    if (this.#isEnded || this.#reader.begun === 0) return;
    this.#giveUp(
      `nothing came for ${this.#options.clientTimeout} s in the middle of a frame: ${this.#extent()}; it was disconnected`,
    );
  }

  #extent(): string {
    return `${this.#reader.begun} bytes of ${this.#reader.expected}`;
  }

  #giveUp(why: string, cause?: Error): void {
    const { queue, from } = this.#options;
    queue.bad(new StreamError(from, why, { cause }), this.#reader.begun);
    this.end();
  }
}
