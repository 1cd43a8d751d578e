import { StreamError } from "../../errors.js";
import { sharedBytes, uninitializedBytes } from "../../host/uninitialized.js";
import { unwrapNumbers } from "../unwrap-number.js";
import { FrameReader, OutOfStep, type WireFrame } from "./frame-reader.js";
import { type Inflow, readInto } from "./read-into.js";
import type { FrameSink, Reception } from "./receive-frames.js";

/** After so long a rest a client is asked whether it is still there. */
const keepAliveMs = 60_000;

/** A client that sends frames into a queue, until it ends, is lost, or sends what is none. */
export class FrameClient {
  readonly #from: string;
  readonly #reception: Reception;
  readonly #sink: FrameSink;
  readonly #reader: FrameReader;
  readonly #inflow: Inflow;
  readonly #unwrap = unwrapNumbers();
  #isEnded = false;

  /** @param from its address, for messages and the sources of frames */
  constructor(
    accepted: import("node:net").Socket,
    from: string,
    reception: Reception,
    sink: FrameSink,
  ) {
    this.#from = from;
    this.#reception = reception;
    this.#sink = sink;
    const { shape, signed, isShared } = reception;
    const [rows, columns] = shape;
    const allocate = isShared ? sharedBytes : uninitializedBytes;
    this.#reader = new FrameReader(rows * columns, signed, allocate);
    this.#inflow = readInto(accepted, {
      target: () => this.#reader.target,
      filled: (bytes) => this.#filled(bytes),
    });
    const { socket } = this.#inflow;
    socket.on("error", (cause) => this.#lost(cause));
    this.#inflow.onEnd(() => this.#lost(undefined));
    socket.on("close", () => this.#reader.discard());
    // One whose machine is gone says nothing more, not even that.
    socket.setKeepAlive(true, keepAliveMs);
    socket.setTimeout(1000 * reception.clientTimeout);
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
    const [rows, columns] = this.#reception.shape;
    const counted = this.#unwrap(number);
    const source = `${this.#from}#${counted}`;
    if (data === undefined) {
      this.#sink.bad(new StreamError(source, `left out: ${problem}`), bytes);
      return;
    }
    const timestamp = Date.now() / 1000;
    this.#sink.put({ data, shape: [rows, columns], number: counted, timestamp, source });
  }

  #mayGoOn(): boolean {
    if (this.#sink.hasRoom) return true;
    void this.#sink.room().then(() => {
      if (this.#isEnded) return;
      // The time that it was made to wait is not its own.
      this.#inflow.socket.setTimeout(1000 * this.#reception.clientTimeout);
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
      this.#sink.tell(new StreamError(this.#from, `its connection was lost${how}`, { cause }));
    }
    this.end();
  }

  #late(): void {
    const { begun } = this.#reader;
    if (begun === 0) return;
    // When this thread was at work for long, what came meanwhile is read before this goes on.
    setImmediate(() => {
      if (this.#isEnded || this.#reader.begun !== begun) return;
      const { clientTimeout } = this.#reception;
      this.#giveUp(
        `nothing came for ${clientTimeout} s in the middle of a frame: ${this.#extent()}; it was disconnected`,
      );
    });
  }

  #extent(): string {
    return `${this.#reader.begun} bytes of ${this.#reader.expected}`;
  }

  #giveUp(why: string, cause?: Error): void {
    this.#sink.bad(new StreamError(this.#from, why, { cause }), this.#reader.begun);
    this.end();
  }
}
