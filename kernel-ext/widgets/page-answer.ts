import type { OutputWidget } from "./output-widget.js";

/** How long a page may take to say what an `Output` shows; one without the widget never does. */
const PATIENCE_MS = 300;
/** A page says so once for each thing shown; when it has been silent so long, it has said all. */
const SILENCE_MS = 50;

const waiting = new WeakMap<OutputWidget, Promise<void>>();

/**
 * Settles when the page has told the kernel what an `Output` shows since its code has ended.
 *
 * nbclient (0.11) sends this over the socket at which it waits for the reply to the cell. The
 * sending swallows the signal of a reply that arrives at the same time, for which it then waits
 * without end; so a cell is answered only after its `Output`s.
 */
export function pageAnswer(output: OutputWidget): Promise<void> {
  const former = waiting.get(output);
  if (former !== undefined) return former;
  const answer = new Promise<void>((resolve) => {
    const end = (): void => {
      output.unobserve(heard, "outputs");
      waiting.delete(output);
      resolve();
    };
    let timer = setTimeout(end, PATIENCE_MS);
    const heard = (): void => {
      clearTimeout(timer);
      timer = setTimeout(end, SILENCE_MS);
    };
    output.observe(heard, "outputs");
  });
  waiting.set(output, answer);
  return answer;
}
