import type { Image } from "../../src/array.js";
import { nextTurn } from "../../src/host/next-turn.js";
import type { FrameStream, StreamCounts, StreamFrame } from "../../src/stream/frame-stream.js";

/** A frame that is watched: of a stream, a series, or an image that a program makes. */
export type WatchedFrame = Image & Partial<Omit<StreamFrame, keyof Image>>;

/** What is done with the frames. */
export interface FrameWork {
  /** Takes a frame while the watch runs. */
  take(frame: WatchedFrame): Promise<void>;
  /** Takes one that comes while it is stopped, of a source that does not wait. */
  pass(frame: WatchedFrame): Promise<void>;
  /** Is told when there are no more frames, and what was wrong, if anything was. */
  end(error: unknown): void;
}

/**
 * Takes frames as they come, in the background; stopped, started and stepped from elsewhere.
 *
 * While it is stopped, a source waits that gives frames when it is asked: a list, a folder, a program's
 * own. A detector that sends does not: its frames pass by, and who sends them never stands still because
 * somebody looks at a picture.
 */
export class FrameWatch {
  readonly #source: AsyncIterable<WatchedFrame> | Iterable<WatchedFrame>;
  readonly #work: FrameWork;
  readonly #passesBy: boolean;
  readonly #iterator: AsyncIterator<WatchedFrame> | Iterator<WatchedFrame>;
  #isRunning = false;
  #isClosed = false;
  #steps = 0;
  #came = 0;
  #passed = 0;
  #wake: () => void = () => undefined;

  constructor(
    source: AsyncIterable<WatchedFrame> | Iterable<WatchedFrame>,
    work: FrameWork,
    passesBy: boolean = sends(source),
  ) {
    this.#source = source;
    this.#work = work;
    this.#passesBy = passesBy;
    this.#iterator =
      Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator]();
    void this.#loop();
  }

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** What became of the frames so far; `dropped` counts those that passed by, too. */
  get counts(): Pick<StreamCounts, "received" | "dropped" | "bad"> {
    const own = { received: this.#came, dropped: 0, bad: 0 };
    const { received, dropped, bad } = isStream(this.#source) ? this.#source.counts : own;
    return { received, dropped: dropped + this.#passed, bad };
  }

  start(): void {
    this.#isRunning = true;
    this.#wake();
  }

  stop(): void {
    this.#isRunning = false;
    this.#steps = 0;
  }

  /** Whether frames pass by while it is stopped: the newest one is there already. */
  get passesBy(): boolean {
    return this.#passesBy;
  }

  /** Takes one more frame while stopped. */
  step(): void {
    this.#steps++;
    this.#wake();
  }

  /** Takes no more frames, and gives the source back. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.stop();
    this.#wake();
    if (isStream(this.#source)) void this.#source.close().catch(() => undefined);
    // A source that waits for its next frame may never settle this.
    void Promise.resolve(this.#iterator.return?.()).catch(() => undefined);
  }

  async #loop(): Promise<void> {
    let failure: unknown;
    try {
      while (await this.#mayTake()) {
        const { value, done } = await this.#iterator.next();
        if (done === true || this.#isClosed) break;
        this.#came++;
        const isPassing = this.#passesBy && !this.#isRunning;
        // It may have been stopped while the frame was on its way.
        if (!isPassing && !(await this.#mayTake())) break;
        await (isPassing ? this.#pass(value) : this.#take(value));
        // Messages of the page and cells have their turn, however fast frames come.
        await nextTurn();
      }
    } catch (error) {
      failure = error;
    }
    this.#isRunning = false;
    if (!this.#isClosed) this.#work.end(failure);
  }

  async #take(frame: WatchedFrame): Promise<void> {
    if (!this.#isRunning) this.#steps--;
    await this.#work.take(frame);
  }

  async #pass(frame: WatchedFrame): Promise<void> {
    this.#passed++;
    await this.#work.pass(frame);
  }

  /** Waits while it is stopped; false when it is closed. */
  async #mayTake(): Promise<boolean> {
    while (!this.#isClosed && !this.#isRunning && !this.#passesBy && this.#steps <= 0) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return !this.#isClosed;
  }
}

function isStream(source: unknown): source is FrameStream {
  return typeof source === "object" && source !== null && "counts" in source && "close" in source;
}

/** Whether a source sends frames whether or not they are wanted. */
function sends(source: unknown): boolean {
  return isStream(source) && /^(tcp|pva):/.test(source.name);
}
