import type { Frame, TypedArray } from "../array.js";
import type { CakelabError } from "../errors.js";

/**
 * A frame of a running experiment; `index` is its place among those that came whole, from 0, where the
 * dropped ones leave gaps.
 */
export interface StreamFrame<T extends TypedArray = TypedArray> extends Frame<T> {
  /** Its number at the source, counted on where the source's numbers begin anew. */
  readonly number: number;
  /** Seconds since 1970: when the source says it was made, else when it had come. */
  readonly timestamp: number;
}

/** What became of the frames of a stream so far; those received are given, dropped, bad, or wait. */
export interface StreamCounts {
  /** Frames that came, whole or not. */
  readonly received: number;
  /** Given to who reads the stream. */
  readonly given: number;
  /** Left out because a newer one had come before they were asked for (`keep: "latest"`). */
  readonly dropped: number;
  /** Not usable: cut off, of another size, of an unknown type, not readable. */
  readonly bad: number;
  /** Of the pixels that came. */
  readonly bytes: number;
}

/**
 * Frames as they come, from whatever source. Read it once, with `for await`; leaving the loop closes it.
 *
 * A bad frame does not end a stream: it is counted and told to `onTrouble`. What ends it, such as a
 * channel that is no image, is thrown to the reader after the frames that had come.
 */
export interface FrameStream extends AsyncIterable<StreamFrame> {
  /** For people: `tcp://127.0.0.1:60439`, a folder, a channel. */
  readonly name: string;
  readonly counts: StreamCounts;
  /** Takes no more frames; those that had come are still given, then the stream ends. */
  close(): Promise<void>;
}

/** What every source of frames takes. */
export interface StreamOptions {
  /**
   * `"all"`: every frame is given, and a source that is faster than its reader is made to wait.
   * `"latest"`: what waits is replaced by what is newer, and counted as dropped. Default `"all"`.
   */
  readonly keep?: "all" | "latest";
  /** The most frames that wait for the reader, which bounds the memory. Default 16. */
  readonly queue?: number;
  /**
   * Seconds without a new frame after which the stream ends by itself, counted from its beginning too.
   * Default: it goes on until it is closed.
   */
  readonly timeout?: number;
  /**
   * Whether the memory of a frame is used again when the next but one is asked for, which is faster:
   * its `data` are empty then, or hold a later frame. Default `false`.
   */
  readonly reuse?: boolean;
  /** Ends the stream at once, with its reason for the reader; what waits counts as dropped. */
  readonly signal?: AbortSignal;
  /** Is told of each bad frame, lost connection and the like. Default: a notice for the first hundred. */
  readonly onTrouble?: (trouble: CakelabError) => void;
}
