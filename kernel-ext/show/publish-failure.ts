import type { CellError } from "../cell-error.js";
import type { KernelSession } from "../protocol/session.js";

/** Shows an error where output goes: the library's own in a box besides. */
export function publishFailure(session: KernelSession, error: CellError): void {
  const { ename, evalue, traceback, box } = error;
  if (box !== undefined) {
    const data = { "text/html": box.html, "text/plain": box.text };
    session.publish("display_data", { data, metadata: {}, transient: {} });
  }
  session.publish("error", { ename, evalue, traceback });
}
