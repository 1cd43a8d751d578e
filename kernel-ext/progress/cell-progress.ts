import type { Progress } from "../../src/integrate/options.js";
import type { Content } from "../protocol/messages.js";
import type { OutputLog } from "./output-log.js";
import { progressHtml, progressText } from "./progress-text.js";

/** What the progress of a cell needs of the kernel. */
export interface ProgressHost {
  readonly log: OutputLog;
  /** Publishes for the running cell; `logged: false`: the log is not to know. */
  publish(type: string, content: Content, options: { logged: boolean }): void;
  /** Whether the output of what runs now is the running cell's own. */
  readonly inCell: boolean;
}

/** Shorter calls show nothing. */
const PATIENCE_MS = 500;
const UPDATE_EVERY_MS = 150;
/** A call that follows within this time uses the same place. */
const LINGER_MS = 300;

/** Shows how far a long call in a cell is, and takes it away when that is done. */
export class CellProgress {
  readonly #host: ProgressHost;
  #startedAt: number | undefined;
  #label: string | undefined;
  #labelSince = 0;
  #updatedAt = 0;
  #displayId: string | undefined;
  #ending: NodeJS.Timeout | undefined;

  constructor(host: ProgressHost) {
    this.#host = host;
  }

  /** Takes what the library reports; to be set with `setProgressHook`. */
  report(progress: Progress): void {
    if (!this.#host.inCell) return;
    const now = performance.now();
    clearTimeout(this.#ending);
    this.#startedAt ??= now;
    if (progress.label !== this.#label) {
      this.#label = progress.label;
      this.#labelSince = now;
    }
    if (progress.total !== undefined && progress.done >= progress.total) {
      this.#ending = setTimeout(() => this.end(), LINGER_MS);
      this.#ending.unref();
      return;
    }
    if (now - this.#startedAt < PATIENCE_MS || now - this.#updatedAt < UPDATE_EVERY_MS) return;
    this.#updatedAt = now;
    this.#show(progress, (now - this.#labelSince) / 1000);
  }

  /** Takes the bar away; the kernel calls it at the end of each cell. */
  end(): void {
    clearTimeout(this.#ending);
    this.#startedAt = undefined;
    this.#label = undefined;
    const id = this.#displayId;
    if (id === undefined) return;
    this.#displayId = undefined;
    const { shown } = this.#host.log;
    if (shown === undefined || !this.#host.inCell) {
      const data = { "text/html": "", "text/plain": "" };
      const content = { data, metadata: {}, transient: { display_id: id } };
      this.#host.publish("update_display_data", content, { logged: false });
      return;
    }
    this.#host.publish("clear_output", { wait: shown.length > 0 }, { logged: false });
    for (const { type, content } of shown) this.#host.publish(type, content, { logged: false });
  }

  #show(progress: Progress, seconds: number): void {
    const type = this.#displayId === undefined ? "display_data" : "update_display_data";
    this.#displayId ??= crypto.randomUUID();
    const data = {
      "text/html": progressHtml(progress, seconds),
      "text/plain": progressText(progress, seconds),
    };
    const content = { data, metadata: {}, transient: { display_id: this.#displayId } };
    this.#host.publish(type, content, { logged: false });
  }
}
