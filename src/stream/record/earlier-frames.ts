import type { StreamFrame } from "../frame-stream.js";
import { unwrapNumbers } from "../unwrap-number.js";

/** Which frame of which source, and when. */
export type FrameIdentity = Pick<StreamFrame, "number" | "timestamp" | "source">;

/**
 * The frames that an earlier run has recorded, as far as a new one may meet them again: a file is known by
 * its name, what was sent by its number. A sender that begins anew repeats some at most once.
 */
export class EarlierFrames {
  readonly #files = new Set<string>();
  readonly #numbers = new Set<number>();
  #last: number | undefined;
  /** For each client, how its numbers are counted on. */
  readonly #unwraps = new Map<string, (number: number) => number>();

  add({ source, number }: FrameIdentity): void {
    if (isFile(source)) this.#files.add(source);
    else {
      this.#numbers.add(number);
      this.#last = number;
    }
  }

  /**
   * A frame of the new run, its number counted on from those of the earlier one; `undefined` where that
   * has it already.
   */
  continued<F extends FrameIdentity>(frame: F): F | undefined {
    if (isFile(frame.source)) return this.#files.has(frame.source) ? undefined : frame;
    if (this.#last === undefined) return frame;
    const number = this.#unwrapped(frame);
    return this.#numbers.delete(number) ? undefined : { ...frame, number };
  }

  /** MIDAS' protocol has 16 bits for numbers. */
  #unwrapped({ source, number }: FrameIdentity): number {
    if (!source.startsWith("tcp:")) return number;
    const client = source.replace(/#\d+$/, "");
    let unwrap = this.#unwraps.get(client);
    if (unwrap === undefined) {
      unwrap = unwrapNumbers();
      unwrap(this.#last!);
      this.#unwraps.set(client, unwrap);
    }
    return unwrap(number);
  }
}

function isFile(source: string): boolean {
  return !/^[a-z]+:\/\//.test(source);
}
