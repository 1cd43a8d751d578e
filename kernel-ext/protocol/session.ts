import type { CommHub } from "./comm-target.js";
import type { Content, Header } from "./messages.js";

/** What goes with a published message besides its content. */
export interface PublishOptions {
  metadata?: Record<string, unknown>;
  /** Sent as they are now: the sender may change them at once. */
  buffers?: readonly (ArrayBuffer | ArrayBufferView)[];
  /** The request that the message belongs to; the session's `parent` unless given. */
  parent?: Header | undefined;
}

/** What the running kernel offers to the code of cells and to widgets. */
export interface KernelSession {
  /**
   * Sends a message to every front end.
   *
   * @throws TypeError if the content cannot be written as JSON.
   */
  publish(type: string, content: Content, options?: PublishOptions): void;
  /** The request on whose behalf code runs now: the running cell, or the last one, or a comm message. */
  readonly parent: Header | undefined;
  /** Runs `work` with another parent, until its promise has settled where it returns one. */
  withParent<T>(parent: Header | undefined, work: () => T): T;
  /** Asks the user of the running cell for a line of text. */
  input(prompt?: string, options?: { password?: boolean }): Promise<string>;
  /** The running cell has ended only when this has settled, and has failed if this fails. */
  waitFor(work: Promise<unknown>): void;
  /**
   * Calls a function when the user interrupts the kernel while no cell runs, until what is returned is
   * called: for what goes on in the background.
   */
  onInterrupt(callback: () => void): () => void;
  /** Who gets the messages of comms. */
  comms: CommHub;
}

// A registered symbol, because the kernel and a notebook's project may have two copies of this file.
const SESSION = Symbol.for("cakelab.kernel");

const host = globalThis as { [SESSION]?: KernelSession | undefined };

/** The session of the kernel that runs this code; undefined outside a notebook. */
export function kernelSession(): KernelSession | undefined {
  return host[SESSION];
}

/** Makes a session the one that `kernelSession` returns; the kernel does so once, tests more often. */
export function setKernelSession(session: KernelSession | undefined): void {
  host[SESSION] = session;
}
