import type { Progress } from "./integrate/options.js";

/** Shows how far a long call is: a terminal's bar, a notebook's output. */
export type ProgressHook = (progress: Progress) => void;

// A registered symbol, because a notebook's kernel and its cells load the library separately.
const HOOK = Symbol.for("cakelab.progress");

const host = globalThis as { [HOOK]?: ProgressHook | undefined };

/** Tells the host, if it listens, how far a long call is. */
export function reportProgress(progress: Progress): void {
  host[HOOK]?.(progress);
}

/**
 * Sets who is told how far long calls are, or nobody with `undefined`.
 *
 * @returns the hook that was set before, to put back.
 */
export function setProgressHook(hook: ProgressHook | undefined): ProgressHook | undefined {
  const previous = host[HOOK];
  host[HOOK] = hook;
  return previous;
}
