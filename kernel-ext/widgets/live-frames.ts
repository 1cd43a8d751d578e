import type { FrameName, StreamStatus } from "../../src/diffractogram-messages.js";
import type { DiffractogramTool } from "../../src/stream/diffractogram/diffractogram-tool.js";
import { type OpenStreamOptions, openStream } from "../../src/stream/open-stream.js";
import type { FrameSource } from "./diffractogram-options.js";
import { FrameRate } from "./frame-rate.js";
import { FrameWatch, type WatchedFrame } from "./frame-watch.js";
import type { PeakTracks } from "./peak-tracks.js";

/** Who is told what becomes of the frames. */
export interface FrameListener {
  /** A frame has been integrated, or refused. */
  onFrame(): void;
  /** Something went wrong; `undefined`: all is well again. */
  onTrouble(error: unknown): void;
  /** There are no more frames. */
  onEnd(): void;
  /** Whether nobody looks any more, and never will. */
  isGone(): boolean;
}

/** Leads the frames of a source to the tool, and to the peaks that are followed, in the background. */
export class LiveFrames {
  /** Settles when there are no more frames. */
  readonly ended: Promise<void>;
  readonly #tool: DiffractogramTool;
  readonly #tracks: PeakTracks;
  readonly #listener: FrameListener;
  readonly #rate = new FrameRate();
  readonly #waiting: (() => void)[] = [];
  #watch: FrameWatch | undefined;
  #wantsToRun = false;
  #shown = 0;
  #imageRevision = 0;
  #frame: FrameName | null = null;
  #isTaking = false;
  #isOver = false;
  #tellEnd: () => void = () => undefined;

  constructor(tool: DiffractogramTool, tracks: PeakTracks, listener: FrameListener) {
    this.#tool = tool;
    this.#tracks = tracks;
    this.#listener = listener;
    this.ended = new Promise((resolve) => {
      this.#tellEnd = resolve;
    });
  }

  /** The newest frame. */
  get frame(): FrameName | null {
    return this.#frame;
  }

  /** Raised by each image. */
  get imageRevision(): number {
    return this.#imageRevision;
  }

  /** Whether a frame is being integrated: what the tool has now is half of the one, half of the other. */
  get isTaking(): boolean {
    return this.#isTaking;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get status(): StreamStatus {
    const counts = this.#watch?.counts ?? { received: 0, dropped: 0, bad: 0 };
    return { ...counts, shown: this.#shown, rate: this.#rate.perSecond };
  }

  /** Opens a source and takes its frames; an error ends it. */
  async begin(source: FrameSource, options: OpenStreamOptions = {}): Promise<void> {
    try {
      const onTrouble = (error: unknown): void => this.#listener.onTrouble(error);
      const frames = isAddress(source)
        ? await openStream(source, { onTrouble, ...options })
        : source;
      if (this.#isOver) {
        await (frames as { close?: () => Promise<void> }).close?.();
        return;
      }
      this.#watch = new FrameWatch(frames, {
        take: (frame) => this.#take(frame),
        pass: (frame) => this.#pass(frame),
        end: (error) => this.end(error),
      });
      if (this.#wantsToRun) this.#watch.start();
    } catch (error) {
      this.end(error);
    }
  }

  /** Integrates each frame that comes. */
  start(): void {
    this.#wantsToRun = true;
    this.#watch?.start();
  }

  stop(): void {
    this.#wantsToRun = false;
    this.#watch?.stop();
  }

  /** Integrates one frame more while stopped: the next one, or of a source that sends the newest. */
  async step(): Promise<void> {
    const watch = this.#watch;
    if (this.#isOver || watch === undefined || watch.isRunning) return;
    if (watch.passesBy && this.#tool.image !== undefined) {
      await this.#take(undefined);
      return;
    }
    const taken = this.#nextFrame();
    watch.step();
    await taken;
  }

  /** Settles with the first frame, when there are none, or after some time. */
  async first(milliseconds: number): Promise<void> {
    if (this.#shown > 0 || this.#isOver) return;
    const patience = new Promise((resolve) => setTimeout(resolve, milliseconds));
    await Promise.race([this.#nextFrame(), patience]);
  }

  /** Takes no more frames, because of an error where there is one. */
  end(error?: unknown): void {
    if (this.#isOver) return;
    this.close();
    if (error !== undefined) this.#listener.onTrouble(error);
    this.#listener.onEnd();
  }

  /** Takes no more frames, and gives the source back. */
  close(): void {
    this.#isOver = true;
    this.#watch?.close();
    this.#tool.stop();
    this.#goOn();
    this.#tellEnd();
  }

  /** Takes a frame; without one, that which is there. */
  async #take(frame: WatchedFrame | undefined): Promise<void> {
    if (this.#listener.isGone()) return this.close();
    this.#isTaking = true;
    try {
      if (frame !== undefined) await this.#put(frame);
      if (!this.#tool.isShown) await this.#tool.next();
      this.#tracks.take(this.#frame?.timestamp ?? 0, this.#tool.patterns);
      this.#listener.onTrouble(undefined);
    } catch (error) {
      this.#listener.onTrouble(error);
    }
    this.#isTaking = false;
    this.#shown++;
    this.#rate.count();
    this.#listener.onFrame();
    this.#goOn();
  }

  async #pass(frame: WatchedFrame): Promise<void> {
    if (this.#listener.isGone()) return this.close();
    await this.#put(frame).catch((error) => this.#listener.onTrouble(error));
  }

  async #put(frame: WatchedFrame): Promise<void> {
    const { index, number = index ?? this.#shown, source = `frame ${number}` } = frame;
    const { timestamp = Date.now() / 1000 } = frame;
    this.#frame = { name: source.replace(/^.*[\\/](?=[^\\/])/, ""), number, timestamp };
    this.#imageRevision++;
    await this.#tool.put({ ...frame, source, timestamp });
  }

  #nextFrame(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #goOn(): void {
    for (const go of this.#waiting.splice(0)) go();
  }
}

function isAddress(source: FrameSource): source is string | readonly string[] {
  const isText = (one: unknown): boolean => typeof one === "string";
  return isText(source) || (Array.isArray(source) && source.length > 0 && source.every(isText));
}
