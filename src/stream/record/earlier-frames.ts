import type { StreamFrame } from "../frame-stream.js";
import { unwrapNumbers } from "../unwrap-number.js";

/** Which frame of which source, and when. */
export type FrameIdentity = Pick<StreamFrame, "number" | "timestamp" | "source">;

/**
 * The frames that an earlier run has recorded, as far as a new one may meet them again: a file is known by
 * its name, what was sent by its number. A sender that begins anew repeats each as often as it was recorded:
 * several senders may have had the same numbers.
 */
export class EarlierFrames {
  readonly #files = new Set<string>();
  /** How many frames of each number. */
  readonly #numbers = new Map<number, number>();
  #last: number | undefined;
  /** For each client, how its numbers are counted on. */
  readonly #unwraps = new Map<string, (number: number) => number>();

  add({ source, number }: FrameIdentity): void {
    if (isFile(source)) this.#files.add(source);
    else {
      this.#numbers.set(number, (this.#numbers.get(number) ?? 0) + 1);
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
    const left = this.#numbers.get(number) ?? 0;
    if (left === 0) return { ...frame, number };
    this.#numbers.set(number, left - 1);
    return undefined;
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
