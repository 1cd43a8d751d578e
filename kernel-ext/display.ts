import { type MimeBundle, mimeBundle } from "./mime-bundle.js";

/** Something to show in the running cell. */
export interface Displayed {
  bundle: MimeBundle | Promise<MimeBundle>;
  displayId: string;
  /** Whether it replaces what was shown with the same id. */
  update: boolean;
}

/** Sends something to the cell that is running; a promise, where it has to wait for it. */
export type DisplaySink = (shown: Displayed) => Promise<void> | undefined;

// Registered symbols, because the kernel and a notebook's project may have two copies of this file.
const SINK = Symbol.for("cakelab.display");
const UNDERWAY = Symbol.for("cakelab.displaysUnderway");

const host = globalThis as { [SINK]?: DisplaySink | undefined; [UNDERWAY]?: Set<Promise<void>> };

/** Sets where displayed values go; the kernel does so for each cell. */
export function setDisplaySink(sink: DisplaySink | undefined): void {
  host[SINK] = sink;
}

/**
 * Shows a value below the running cell; outside a notebook, nothing happens.
 *
 * @param options `raw`: the value is a MIME bundle already; `displayId`: a name to update it by.
 * @returns `update(value)` shows another value in the same place.
 */
export function display(
  value: unknown,
  options: { raw?: boolean; displayId?: string } = {},
): { update(value: unknown): void } {
  const displayId = options.displayId ?? crypto.randomUUID();
  const send = (shown: unknown, update: boolean): void => {
    const bundle = options.raw === true ? (shown as MimeBundle) : mimeBundle(shown);
    publish({ bundle, displayId, update });
  };
  send(value, false);
  return { update: (next) => send(next, true) };
}

/** Shows a bundle where something with this id was shown; nothing happens where nothing was. */
export function updateDisplay(bundle: MimeBundle, displayId: string): void {
  publish({ bundle, displayId, update: true });
}

function publish(shown: Displayed): void {
  const published = host[SINK]?.(shown);
  if (published !== undefined) follow(published);
}

function follow(published: Promise<void>): void {
  host[UNDERWAY] ??= new Set();
  const underway = host[UNDERWAY];
  underway.add(published);
  const end = () => underway.delete(published);
  published.then(end, end);
}

/** Settles when everything that `display` was given is shown; undefined where nothing waits. */
export function displaysUnderway(): Promise<unknown> | undefined {
  const underway = host[UNDERWAY] ?? new Set();
  return underway.size === 0 ? undefined : Promise.allSettled(underway);
}
