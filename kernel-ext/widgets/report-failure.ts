import { thrownError } from "../cell-error.js";
import { kernelSession } from "../protocol/session.js";
import { publishFailure } from "../show/publish-failure.js";

/** Shows what a callback threw where its output goes; there is no cell that could fail. */
export function reportFailure(error: unknown): void {
  const session = kernelSession();
  if (session === undefined) throw error;
  publishFailure(session, thrownError(error));
}
