import { hasNode } from "./host/node.js";

/** Shows a notice: something went another way than asked for, and the result is still right. */
export type NoticeHook = (text: string) => void;

interface Notices {
  hook: NoticeHook | undefined;
  /** What was told, so that it is told once and not with every image. */
  readonly told: Set<string>;
}

// A registered symbol, because a notebook's kernel and its cells load the library separately.
const NOTICES = Symbol.for("cakelab.notices");

const host = globalThis as { [NOTICES]?: Notices };

function notices(): Notices {
  host[NOTICES] ??= { hook: undefined, told: new Set() };
  return host[NOTICES];
}

/** Tells the host once; Node warns in its own way where nothing was set to listen. */
export function reportNotice(text: string): void {
  const { hook, told } = notices();
  if (told.has(text)) return;
  told.add(text);
  if (hook !== undefined) hook(text);
  else if (hasNode()) process.emitWarning(text, "CakelabWarning");
}

/**
 * Sets who is told of notices, from the first on, or the default with `undefined`.
 *
 * @returns the hook that was set before, to put back.
 */
export function setNoticeHook(hook: NoticeHook | undefined): NoticeHook | undefined {
  const state = notices();
  const previous = state.hook;
  state.hook = hook;
  state.told.clear();
  return previous;
}
