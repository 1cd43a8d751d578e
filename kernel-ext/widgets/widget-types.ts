import type { Binary } from "../comm/buffers.js";
import type { TimeOfDay } from "./time-of-day.js";
import type { Widget } from "./widget.js";

/** The names of a widget's traits, as properties. */
export type TraitName<W> = Exclude<
  { [K in keyof W]: W[K] extends (...args: never[]) => unknown ? never : K }[keyof W] & string,
  "modelId" | "isClosed"
>;

/** What a trait takes: its value, or what it makes that of. */
export type Accepted<T> = T extends Widget
  ? T | WidgetOptions<T>
  : T extends Uint8Array
    ? Binary
    : T extends TimeOfDay
      ? Partial<T> | string
      : T;

/** The traits that a widget is made with; what is left out has its default. */
export type WidgetOptions<W> = { readonly [K in TraitName<W>]?: Accepted<W[K]> | undefined };

/** What `observe` tells of a change. */
export interface Change<W, K extends TraitName<W> = TraitName<W>> {
  readonly type: "change";
  readonly name: K;
  readonly old: W[K];
  readonly new: W[K];
  readonly owner: W;
}

/** Called with each change; where it returns a promise, the page waits until it has settled. */
export type Observer<W, K extends TraitName<W> = TraitName<W>> = (change: Change<W, K>) => unknown;
