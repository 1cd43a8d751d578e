import { type CakelabError, OptionError, StreamError } from "../errors.js";
import { recycle } from "../host/uninitialized.js";
import { reportNotice } from "../notice.js";
import type { FrameStream, StreamCounts, StreamFrame, StreamOptions } from "./frame-stream.js";
import { IdleTimer } from "./idle-timer.js";

/** A frame as its source hands it over. */
export type NewFrame = Omit<StreamFrame, "index">;

/** The names of the options that every stream takes. */
export const STREAM_OPTIONS: readonly (keyof StreamOptions)[] = [
  "keep",
  "queue",
  "timeout",
  "reuse",
  "signal",
  "onTrouble",
];

/** Who never listens is told no more than this: a broken detector has a new message for each frame. */
const mostNotices = 100;

/** Somebody who waits for a frame. */
interface Reader {
  readonly resolve: (result: IteratorResult<StreamFrame, undefined>) => void;
  readonly reject: (reason: unknown) => void;
}

/**
 * The stream between a source and its reader: a bounded queue of frames that counts what becomes of
 * them. Sources `put` frames and wait for `room()`; several may do so at a time, and each has its turn.
 */
export class FrameQueue implements FrameStream {
  readonly name: string;
  readonly #keepsAll: boolean;
  readonly #most: number;
  readonly #reuse: boolean;
  readonly #signal: AbortSignal | undefined;
  readonly #onTrouble: ((trouble: CakelabError) => void) | undefined;
  readonly #idle: IdleTimer | undefined;
  readonly #counts: { -readonly [name in keyof StreamCounts]: number } = {
    received: 0,
    given: 0,
    dropped: 0,
    bad: 0,
    bytes: 0,
  };
  readonly #frames: StreamFrame[] = [];
  readonly #readers: Reader[] = [];
  readonly #sources: (() => void)[] = [];
  #stop: (() => Promise<void> | void) | undefined;
  #giveBack: (data: ArrayBufferView) => void = recycle;
  #stopped: Promise<void> | undefined;
  #next = 0;
  #told = 0;
  #isRead = false;
  #isOver = false;
  #failure: { readonly reason: unknown } | undefined;
  /** Frames that the reader may still use. */
  readonly #used: StreamFrame[] = [];

  /**
   * @param endsIdle whether the queue minds the `timeout`, or its source does.
   * @throws OptionError; the signal's reason.
   */
  constructor(name: string, options: StreamOptions, endsIdle = true) {
    const { keep = "all", queue = 16, timeout, reuse = false, signal, onTrouble } = options;
    if (keep !== "all" && keep !== "latest") {
      throw new OptionError("keep", keep, 'is to be "all" or "latest"');
    }
    if (!(Number.isInteger(queue) && queue >= 1)) {
      throw new OptionError("queue", queue, "is to be a whole number from 1");
    }
    if (timeout !== undefined && !(timeout > 0)) {
      throw new OptionError("timeout", timeout, "is to be a time in seconds");
    }
    signal?.throwIfAborted();
    this.name = name;
    this.#keepsAll = keep === "all";
    this.#most = this.#keepsAll ? queue : 1;
    this.#reuse = reuse;
    this.#signal = signal;
    this.#onTrouble = onTrouble;
    if (endsIdle && timeout !== undefined && timeout < Infinity) {
      this.#idle = new IdleTimer(1000 * timeout, () => this.#endIdle());
    }
    signal?.addEventListener("abort", this.#abort);
  }

  get counts(): StreamCounts {
    return { ...this.#counts };
  }

  /** Whether the stream takes no more frames. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Says how the source is stopped: once, when the stream is closed, left or aborted, or has failed. */
  onStop(stop: () => Promise<void> | void): void {
    this.#stop = stop;
    if (this.#isOver) this.#halt();
  }

  /** Says where the memory of frames goes that nobody needs any more. Default: `recycle`. */
  onGiveBack(giveBack: (data: ArrayBufferView) => void): void {
    this.#giveBack = giveBack;
  }

  /** Takes a frame; also one too many, after which its source is to wait for `room()`. */
  put(frame: NewFrame): void {
    if (this.#isOver) return;
    this.#count(frame.data.byteLength);
    const whole: StreamFrame = { ...frame, index: this.#next++ };
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      reader.resolve(this.#give(whole));
      return;
    }
    if (!this.#keepsAll) {
      for (const old of this.#frames.splice(0)) this.#drop(old);
    }
    this.#frames.push(whole);
  }

  /** Counts a frame that cannot be used, of which so many bytes came, and tells of it. */
  bad(trouble: CakelabError, bytes: number): void {
    if (this.#isOver) return;
    this.#count(bytes);
    this.#counts.bad++;
    this.tell(trouble);
  }

  /** Tells of a trouble that cost no frame. */
  tell(trouble: CakelabError): void {
    this.#told++;
    if (this.#onTrouble !== undefined) this.#hand(trouble, this.#onTrouble);
    else if (this.#told < mostNotices) reportNotice(trouble.message);
    else if (this.#told === mostNotices) {
      reportNotice(`${trouble.message} (further troubles of ${this.name} are only counted)`);
    }
  }

  /** What the user's function throws ends the stream, and is thrown to its reader. */
  #hand(trouble: CakelabError, onTrouble: (trouble: CakelabError) => void): void {
    try {
      onTrouble(trouble);
    } catch (error) {
      this.end(error);
    }
  }

  /** Resolves when the queue takes a frame without growing beyond its bound, or is over. */
  async room(): Promise<void> {
    if (this.hasRoom) return;
    await new Promise<void>((resolve) => this.#sources.push(resolve));
  }

  /** Whether a frame may be put without waiting for `room()`. */
  get hasRoom(): boolean {
    return !this.#keepsAll || this.#isOver || this.#frames.length < this.#most;
  }

  /** No more frames will come; `failure` is thrown to the reader after those that did. */
  end(failure?: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (failure !== undefined) this.#failure = { reason: failure };
    this.#idle?.stop();
    this.#halt();
    this.#wake();
    for (const reader of this.#readers.splice(0)) this.#last(reader);
  }

  /** A source that waits for its reader is not to blame. */
  #endIdle(): void {
    if (this.#frames.length > 0) this.#idle?.restart();
    else this.end();
  }

  async close(): Promise<void> {
    this.end();
    await this.#stopped;
  }

  [Symbol.asyncIterator](): AsyncIterator<StreamFrame, undefined> {
    if (this.#isRead) {
      throw new StreamError(
        this.name,
        "is read already; open it again, or share what one loop gives",
      );
    }
    this.#isRead = true;
    return {
      next: () => this.#take(),
      return: async () => {
        this.#discard();
        this.end();
        this.#signal?.removeEventListener("abort", this.#abort);
        await this.#stopped;
        return { value: undefined, done: true };
      },
    };
  }

  #take(): Promise<IteratorResult<StreamFrame, undefined>> {
    return new Promise((resolve, reject) => {
      const frame = this.#frames.shift();
      if (frame === undefined) {
        const reader = { resolve, reject };
        if (this.#isOver) this.#last(reader);
        else this.#readers.push(reader);
        return;
      }
      resolve(this.#give(frame));
    });
  }

  #give(value: StreamFrame): IteratorResult<StreamFrame, undefined> {
    this.#counts.given++;
    if (this.#reuse) {
      // Who works on a frame may have asked for the next one already.
      this.#used.push(value);
      if (this.#used.length > 2) this.#giveBack(this.#used.shift()!.data);
    }
    this.#wake();
    return { value, done: false };
  }

  /**
   * Lets as many sources go on as there is room for; all of them when nothing waits, as those that were
   * let go before may have had nothing more.
   */
  #wake(): void {
    const waiting = this.#frames.length;
    const count = waiting === 0 || this.#isOver ? this.#sources.length : this.#most - waiting;
    for (const go of this.#sources.splice(0, Math.max(0, count))) go();
  }

  /** What a reader gets who asks after the last frame. */
  #last({ resolve, reject }: Reader): void {
    this.#signal?.removeEventListener("abort", this.#abort);
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure !== undefined) reject(failure.reason);
    else resolve({ value: undefined, done: true });
  }

  #drop(frame: StreamFrame): void {
    this.#counts.dropped++;
    if (this.#reuse) this.#giveBack(frame.data);
  }

  #discard(): void {
    for (const frame of this.#frames.splice(0)) this.#drop(frame);
  }

  #count(bytes: number): void {
    this.#counts.received++;
    this.#counts.bytes += bytes;
    this.#idle?.restart();
  }

  readonly #abort = (): void => {
    this.#discard();
    if (this.#isOver) this.#failure = { reason: this.#signal!.reason };
    else this.end(this.#signal!.reason);
  };

  #halt(): void {
    if (this.#stop === undefined || this.#stopped !== undefined) return;
    this.#stopped = Promise.resolve(this.#stop());
    this.#stopped.catch(() => {});
  }
}
