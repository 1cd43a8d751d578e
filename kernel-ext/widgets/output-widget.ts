import { metadataOf } from "../bundle-metadata.js";
import { clearOutput } from "../clear-output.js";
import { kernelComms } from "../comm/kernel-comms.js";
import { displaysUnderway } from "../display.js";
import { mimeBundle } from "../mime-bundle.js";
import { kernelSession } from "../protocol/session.js";
import { DOMWidget } from "./dom-widget.js";
import { pageAnswer } from "./page-answer.js";
import { reportFailure } from "./report-failure.js";

/** One output, as in a notebook's file. */
export type OutputItem = { readonly output_type: string } & Readonly<Record<string, unknown>>;

/** A place on the page for what code prints and displays. */
export abstract class OutputWidget extends DOMWidget {
  /** What is shown. */
  declare outputs: readonly OutputItem[];
  /** The request whose output is shown here, while there is one. */
  declare msgId: string;
  /** `msgId`, as ipywidgets spells it. */
  declare msg_id: string;
  #depth = 0;

  /**
   * A function that does the same as another, but whose output appears here; also what it throws, which
   * ends there.
   *
   * @param options `clearOutput`: empties the place for each call; `wait`: not before something new comes.
   * @example
   * ```ts
   * slider.observe(output.capture(({ new: value }) => console.log(value)), "value");
   * ```
   */
  capture<A extends unknown[], R>(
    work: (...args: A) => R,
    options: { clearOutput?: boolean; wait?: boolean } = {},
  ): (...args: A) => R | undefined {
    return (...args) => this.run(() => work(...args), options);
  }

  /** Calls a function whose output appears here, until its promise has settled if it returns one. */
  run<R>(work: () => R, options: { clearOutput?: boolean; wait?: boolean } = {}): R | undefined {
    const leave = this.#enter();
    try {
      if (options.clearOutput === true) clearOutput({ wait: options.wait ?? false });
      const result = work();
      const isPromise = result instanceof Promise;
      if (!isPromise && displaysUnderway() === undefined) {
        leave();
        return result;
      }
      const done = Promise.resolve(result)
        .catch((error) => reportFailure(error))
        .finally(displaysUnderway)
        .finally(leave);
      // What the cell shows at its end is not to come here.
      kernelSession()?.waitFor(done);
      return isPromise ? (done as R) : result;
    } catch (error) {
      reportFailure(error);
      leave();
      return undefined;
    }
  }

  /** Empties the place; with `wait`, not before something new comes. */
  clear(options: { wait?: boolean } = {}): void {
    const leave = this.#enter();
    clearOutput(options);
    leave();
  }

  /** Appends a line or more of text. */
  appendStdout(text: string): void {
    this.#append({ output_type: "stream", name: "stdout", text });
  }

  /** Appends a line or more of text, coloured as an error. */
  appendStderr(text: string): void {
    this.#append({ output_type: "stream", name: "stderr", text });
  }

  /** Appends a value, as a cell would show it. */
  async appendDisplay(value: unknown): Promise<void> {
    const data = await mimeBundle(value);
    this.#append({ output_type: "display_data", data, metadata: metadataOf(data) });
  }

  #append(item: OutputItem): void {
    this.outputs = [...this.outputs, item];
  }

  /** Takes the output of the request that runs now, and returns what gives it back. */
  #enter(): () => void {
    const session = kernelSession();
    const id = session?.parent?.msg_id;
    if (id === undefined) return () => undefined;
    const { captured } = kernelComms();
    captured.set(id, (captured.get(id) ?? 0) + 1);
    this.#depth++;
    this.msgId = id;
    return () => {
      const left = (captured.get(id) ?? 1) - 1;
      if (left > 0) captured.set(id, left);
      else captured.delete(id);
      if (--this.#depth > 0) return;
      this.msgId = "";
      session?.waitFor(pageAnswer(this));
    };
  }
}
