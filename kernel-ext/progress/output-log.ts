import type { Content } from "../protocol/messages.js";

/** A message that has shown something. */
export interface Shown {
  readonly type: string;
  readonly content: Content;
}

/** Longer outputs are not kept. */
const MOST_CHARACTERS = 5_000_000;

/**
 * What the running cell has shown so far, to be shown again when something among it has to go: the
 * protocol can only clear all.
 */
export class OutputLog {
  #shown: Shown[] = [];
  #size = 0;
  #clearNext = false;

  /** Forgets what a former cell has shown. */
  begin(): void {
    this.#shown = [];
    this.#size = 0;
    this.#clearNext = false;
  }

  /** All that is seen now; undefined where it was too much to keep. */
  get shown(): readonly Shown[] | undefined {
    return this.#size > MOST_CHARACTERS ? undefined : this.#shown;
  }

  /** Notes a message that was published for the cell. */
  note(type: string, content: Content, size: number): void {
    if (type === "clear_output") {
      if (content.wait === true) this.#clearNext = true;
      else this.begin();
      return;
    }
    if (type === "update_display_data") {
      this.#update(content);
      return;
    }
    if (type !== "stream" && type !== "display_data" && type !== "error") return;
    if (this.#clearNext) this.begin();
    this.#size += size;
    if (this.#size > MOST_CHARACTERS) this.#shown = [];
    else this.#shown.push({ type, content });
  }

  #update(content: Content): void {
    const id = displayId(content);
    this.#shown = this.#shown.map((former) =>
      id !== undefined && displayId(former.content) === id
        ? { type: former.type, content: { ...former.content, ...content } }
        : former,
    );
  }
}

function displayId({ transient }: Content): unknown {
  return (transient as { display_id?: string } | undefined)?.display_id;
}
