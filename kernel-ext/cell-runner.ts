import { type CellError, thrownError } from "./cell-error.js";
import { type Displayed, setDisplaySink } from "./display.js";
import { mimeBundle } from "./mime-bundle.js";
import type { Session } from "./tslab-adapter.js";

/** Sends a message of Jupyter's protocol that belongs to the running cell. */
export type Publish = (type: string, content: Record<string, unknown>) => void;

/**
 * Runs a cell and publishes what it prints, displays and results in. What it still prints when it
 * has ended, from a timer say, goes to the same cell until another one runs.
 *
 * @returns why the cell failed, or nothing.
 */
export async function runCell(
  session: Session,
  code: string,
  executionCount: number,
  publish: Publish,
): Promise<CellError | undefined> {
  const pending: Promise<void>[] = [];
  redirectStreams(publish);
  setDisplaySink((shown) => {
    const sent = publishDisplay(shown, publish);
    if (sent !== undefined) pending.push(sent);
  });
  try {
    const outcome = await session.execute(code);
    if (!outcome.ok) return outcome.error;
    // More may be displayed, and pushed, while the first is awaited.
    for (const sent of pending) await sent;
    if (outcome.value !== undefined) {
      const data = await mimeBundle(outcome.value);
      publish("execute_result", { execution_count: executionCount, data, metadata: {} });
    }
    return undefined;
  } catch (error) {
    // An object that fails to show itself, or the compiler: cells after this one are to run.
    return thrownError(error);
  }
}

function publishDisplay(shown: Displayed, publish: Publish): Promise<void> | undefined {
  const send = (data: unknown): void => {
    const transient = { display_id: shown.displayId };
    const type = shown.update ? "update_display_data" : "display_data";
    publish(type, { data, metadata: {}, transient });
  };
  if (shown.bundle instanceof Promise) return shown.bundle.then(send);
  send(shown.bundle);
  return undefined;
}

function redirectStreams(publish: Publish): void {
  const decoder = new TextDecoder();
  for (const name of ["stdout", "stderr"] as const) {
    process[name].write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
      const text = typeof chunk === "string" ? chunk : decoder.decode(chunk);
      publish("stream", { name, text });
      const done = rest.find((argument) => typeof argument === "function");
      if (done !== undefined) process.nextTick(done as () => void);
      return true;
    };
  }
}
