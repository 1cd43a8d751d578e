import type { ViewArrays } from "../src/widget-messages.js";

/** What a view shows, as it is shared with the kernel: traits by their names on the wire. */
export interface ViewState {
  get<T>(name: string): T;
  /** Sets traits and tells the kernel. */
  set(values: Readonly<Record<string, unknown>>): void;
  /** Calls a function when one of the traits has changed, here or in the kernel. */
  onChange(names: readonly string[], callback: () => void): void;
  /** The arrays of the view; undefined until they have come. */
  readonly arrays: ViewArrays | undefined;
  onArrays(callback: () => void): void;
  /** Views of one notebook, which share a cursor. */
  readonly group: unknown;
  /** Calls a function for each message of the kernel's that is not about arrays. */
  onMessage(callback: (message: object, buffers: readonly DataView[]) => void): void;
  send(message: object, buffers?: ArrayBuffer[]): void;
  /** Lets work go on by itself; the view says so if it fails. */
  attend(work: Promise<unknown>): void;
}

/** The visible part of a view, in an element of its own. */
export interface Panel {
  /** Called when the place on the page has another size. */
  resize(): void;
  /** What is seen, as a picture. */
  toCanvas(): Promise<HTMLCanvasElement>;
  destroy(): void;
}
