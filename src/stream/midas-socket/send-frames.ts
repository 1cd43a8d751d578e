import type { Image, TypedArray } from "../../array.js";
import { type CakelabError, OptionError, StreamError } from "../../errors.js";
import { nodeModule } from "../../host/node.js";
import { reportNotice } from "../../notice.js";
import { checkOptionNames } from "../../option-names.js";
import { MIDAS_PORT } from "./dtypes.js";
import { encodeFrame } from "./encode-frame.js";

/** Where frames are sent, and how. */
export interface SendOptions {
  /** Default `"127.0.0.1"`. */
  readonly host?: string;
  /** Default 60439. */
  readonly port?: number;
  /**
   * Whether frames of integers go as uint16 and a list of what does not fit, where that is shorter.
   * Default `false`.
   */
  readonly compress?: boolean;
  /**
   * Whether the receiver takes integers as signed. Else negative values, for which the protocol has no
   * type of their own, go in the hybrid one or as int64. Default `false`.
   */
  readonly signed?: boolean;
  /** Seconds in which a lost connection is tried to be made again; 0 gives up at once. Default 30. */
  readonly retry?: number;
  readonly signal?: AbortSignal;
  /** Is told when a connection is lost. Default: a notice. */
  readonly onTrouble?: (trouble: CakelabError) => void;
}

const OPTIONS: readonly (keyof SendOptions)[] = [
  "host",
  "port",
  "compress",
  "signed",
  "retry",
  "signal",
  "onTrouble",
];

type Socket = import("node:net").Socket;

/**
 * Sends frames to whoever listens by MIDAS' protocol: `listenFrames`, `midas-integrate`,
 * IntegratorFitPeaksGPUStream.
 *
 * A frame whose connection is lost is sent again from its beginning over a new one. What was on the way
 * to the receiver then is lost: the protocol has no receipts.
 */
export class FrameSender {
  readonly #options: SendOptions;
  readonly #name: string;
  #socket: Socket | undefined;
  #sent = 0;
  #number = 0;

  /** @throws OptionError; the connection is made with the first frame. */
  constructor(options: SendOptions = {}) {
    checkOptionNames(options, OPTIONS);
    const { host = "127.0.0.1", port = MIDAS_PORT, retry = 30 } = options;
    if (!(Number.isInteger(port) && port > 0 && port < 65536)) {
      throw new OptionError("port", port, "is to be a whole number from 1 to 65535");
    }
    if (!(retry >= 0)) throw new OptionError("retry", retry, "is to be a time in seconds, or 0");
    this.#options = options;
    this.#name = `tcp://${host}:${port}`;
  }

  /** How many frames were handed to the system. */
  get sent(): number {
    return this.#sent;
  }

  /**
   * Sends a frame; resolves when the system has taken it, and the image may be changed. Await it before
   * the next one: that is how a slow receiver slows its sender.
   *
   * @param number its number, of which 16 bits are sent. Default: one more than the last.
   * @throws StreamError where nobody listens for `retry` seconds; the signal's reason.
   */
  async send(image: Image<TypedArray>, number: number = this.#number): Promise<void> {
    const { compress = false, signed = false, signal } = this.#options;
    const parts = encodeFrame(image.data, number, { compress, signed });
    for (;;) {
      signal?.throwIfAborted();
      const socket = this.#socket ?? (await this.#connect());
      try {
        await write(socket, parts, signal);
        this.#sent++;
        this.#number = number + 1;
        return;
      } catch (cause) {
        socket.destroy();
        this.#socket = undefined;
        signal?.throwIfAborted();
        const trouble = new StreamError(
          this.#name,
          `the connection was lost (${codeOf(cause)}); frame ${number} is sent again`,
          { cause },
        );
        if (this.#options.retry === 0) throw trouble;
        this.#tell(trouble);
      }
    }
  }

  /** Resolves when everything is on its way and the connection is closed. */
  async close(): Promise<void> {
    const socket = this.#socket;
    this.#socket = undefined;
    if (socket === undefined || socket.destroyed) return;
    await new Promise<void>((resolve) => {
      socket.once("close", () => resolve());
      // A receiver may never read what is left, or close its side.
      socket.end(() => socket.destroy());
    });
  }

  #tell(trouble: CakelabError): void {
    if (this.#options.onTrouble !== undefined) this.#options.onTrouble(trouble);
    else reportNotice(trouble.message);
  }

  async #connect(): Promise<Socket> {
    const { retry = 30, signal } = this.#options;
    const end = performance.now() + 1000 * retry;
    for (let pause = 50; ; pause = Math.min(2 * pause, 2000)) {
      signal?.throwIfAborted();
      try {
        this.#socket = await connect(this.#options);
        return this.#socket;
      } catch (cause) {
        signal?.throwIfAborted();
        if (performance.now() + pause > end) {
          throw new StreamError(
            this.#name,
            `nobody listens there (${codeOf(cause)}); start the receiver first, or name its host and port`,
            { cause },
          );
        }
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }
}

/**
 * Sends a series; their own numbers, else their indices, go with the frames.
 *
 * @returns how many were sent.
 * @throws as `FrameSender.send`; what the series throws.
 * @example await sendFrames(openSeries("scan/"), { port: 60439 });
 */
export async function sendFrames(
  images: AsyncIterable<Image> | Iterable<Image>,
  options: SendOptions = {},
): Promise<number> {
  const sender = new FrameSender(options);
  try {
    for await (const image of images) {
      const { number, index } = image as { readonly number?: number; readonly index?: number };
      await sender.send(image, number ?? index);
    }
    return sender.sent;
  } finally {
    await sender.close();
  }
}

function connect({ host = "127.0.0.1", port = MIDAS_PORT, signal }: SendOptions): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = nodeModule("node:net").connect({ host, port, noDelay: true });
    const stop = (): void => void socket.destroy(signal!.reason as Error);
    signal?.addEventListener("abort", stop, { once: true });
    socket.once("error", reject);
    socket.once("connect", () => {
      socket.off("error", reject);
      // Told with the next frame; without a listener it would end the process.
      socket.on("error", () => {});
      // A receiver says nothing; its end of the connection is to be noticed.
      socket.resume();
      resolve(socket);
    });
    socket.once("close", () => signal?.removeEventListener("abort", stop));
  });
}

function write(
  socket: Socket,
  parts: readonly Uint8Array[],
  signal: AbortSignal | undefined,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => void socket.destroy();
    const done = (error?: Error | null): void => {
      signal?.removeEventListener("abort", stop);
      socket.off("close", lost);
      if (error) reject(error);
      else resolve();
    };
    const lost = (): void => done(socket.errored ?? new Error("closed"));
    if (socket.destroyed || !socket.writable) {
      lost();
      return;
    }
    signal?.addEventListener("abort", stop, { once: true });
    socket.once("close", lost);
    socket.cork();
    for (const part of parts.slice(0, -1)) socket.write(part);
    socket.write(parts.at(-1)!, done);
    socket.uncork();
  });
}

function codeOf(cause: unknown): string {
  return (cause as NodeJS.ErrnoException).code ?? "it was closed";
}
