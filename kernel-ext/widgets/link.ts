import { DirectionalLink, Link } from "./controls/links.js";
import type { LinkEnd } from "./link-widget.js";
import type { Widget } from "./widget.js";

/** A link that can be ended. */
export interface Linked {
  unlink(): void;
}

/** How a link changes the values that pass it. */
export interface LinkOptions {
  /** From the first end to the second. */
  readonly transform?: (value: never) => unknown;
  /** From the second end to the first. */
  readonly back?: (value: never) => unknown;
}

/**
 * Keeps two traits equal, here in the kernel; the second one takes the value of the first.
 *
 * @example
 * ```ts
 * link([slider, "value"], [text, "value"]);
 * ```
 * @throws OptionError for a trait that is not there.
 */
export function link(first: LinkEnd, second: LinkEnd, options: LinkOptions = {}): Linked {
  const busy = { now: false };
  const there = follow(first, second, options.transform, busy);
  const back = follow(second, first, options.back, busy);
  pass(first, second, options.transform);
  return {
    unlink() {
      there();
      back();
    },
  };
}

/** Makes a trait follow another one, here in the kernel, through a function if one is given. */
export function dlink(
  source: LinkEnd,
  target: LinkEnd,
  transform?: (value: never) => unknown,
): Linked {
  const unlink = follow(source, target, transform, { now: false });
  pass(source, target, transform);
  return { unlink };
}

/** Keeps two traits equal on the page, also while the kernel is busy or gone. */
export function jslink(source: LinkEnd, target: LinkEnd): Link {
  return new Link({ source, target });
}

/** Makes a trait follow another one on the page, also while the kernel is busy or gone. */
export function jsdlink(source: LinkEnd, target: LinkEnd): DirectionalLink {
  return new DirectionalLink({ source, target });
}

function pass(source: LinkEnd, target: LinkEnd, transform: LinkOptions["transform"]): void {
  const value = source[0].get(source[1]);
  target[0].set({ [target[1]]: transform === undefined ? value : transform(value as never) });
}

function follow(
  source: LinkEnd,
  target: LinkEnd,
  transform: LinkOptions["transform"],
  busy: { now: boolean },
): () => void {
  const update = (): void => {
    // The other end's answer to a change is not to come back.
    if (busy.now) return;
    busy.now = true;
    try {
      pass(source, target, transform);
    } finally {
      busy.now = false;
    }
  };
  const [widget, trait] = source as readonly [Widget, never];
  widget.observe(update, trait);
  return () => widget.unobserve(update, trait);
}
