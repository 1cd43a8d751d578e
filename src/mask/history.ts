import type { Mask } from "./mask.js";

/** States that are kept. */
const MOST = 50;

/**
 * A mask that is edited: what was done can be undone and done again.
 *
 * Each state is kept as the pixels that changed, so that fifty of a large detector cost little.
 */
export class MaskHistory {
  #current: Mask;
  readonly #undone: Int32Array[] = [];
  readonly #done: Int32Array[] = [];

  constructor(start: Mask) {
    this.#current = { data: start.data.slice(), shape: [...start.shape] };
  }

  /** The mask as it is now; a copy. */
  get mask(): Mask {
    return { data: this.#current.data.slice(), shape: [...this.#current.shape] };
  }

  get canUndo(): boolean {
    return this.#done.length > 0;
  }

  get canRedo(): boolean {
    return this.#undone.length > 0;
  }

  /** Takes a new state of the mask; what was undone is then gone. */
  apply(mask: Mask): void {
    const changed: number[] = [];
    for (let i = 0; i < mask.data.length; i++) {
      if ((mask.data[i] === 0) !== (this.#current.data[i] === 0)) changed.push(i);
    }
    if (changed.length === 0) return;
    this.#flip(changed);
    this.#done.push(Int32Array.from(changed));
    if (this.#done.length > MOST) this.#done.shift();
    this.#undone.length = 0;
  }

  /** Back to the state before; nothing where there is none. */
  undo(): void {
    this.#move(this.#done, this.#undone);
  }

  /** Forth again to the state that was undone last; nothing where there is none. */
  redo(): void {
    this.#move(this.#undone, this.#done);
  }

  #move(from: Int32Array[], to: Int32Array[]): void {
    const changed = from.pop();
    if (changed === undefined) return;
    this.#flip(changed);
    to.push(changed);
  }

  #flip(pixels: ArrayLike<number>): void {
    const { data } = this.#current;
    for (let n = 0; n < pixels.length; n++) data[pixels[n]!] = data[pixels[n]!] === 0 ? 1 : 0;
  }
}
