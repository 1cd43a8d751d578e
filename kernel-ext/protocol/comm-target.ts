import type { Message } from "./messages.js";

/** Holds the open comms of a kernel. */
export interface CommHub {
  /**
   * Handles a `comm_open`, `comm_msg` or `comm_close` from a front end. Called in the order in which
   * they arrive, also while a cell awaits; during the call, the session's parent is that message.
   */
  handle(message: Message): void | Promise<void>;
  /** The open comms by their ids, those of one target or all. */
  info(target?: string): Record<string, { target_name: string }>;
}

/** Where nothing uses comms. */
export const noComms: CommHub = { handle: () => undefined, info: () => ({}) };
