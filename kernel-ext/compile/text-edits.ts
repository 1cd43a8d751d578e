interface Edit {
  start: number;
  end: number;
  text: string | (() => string);
}

/** Changes to a text, named by places in the text as it was. */
export class TextEdits {
  readonly #edits: Edit[] = [];

  /** What is inserted at the same place comes in the order of the calls. */
  insert(at: number, text: string | (() => string)): void {
    this.#edits.push({ start: at, end: at, text });
  }

  /** Replaces a part, but keeps its lines. */
  replace(text: string, start: number, end: number, by: string): void {
    const lines = text.slice(start, end).split("\n").length - by.split("\n").length;
    this.#edits.push({ start, end, text: by + "\n".repeat(Math.max(0, lines)) });
  }

  apply(text: string): string {
    let written = "";
    let from = 0;
    for (const edit of this.#edits.toSorted((a, b) => a.start - b.start)) {
      const by = typeof edit.text === "string" ? edit.text : edit.text();
      written += text.slice(from, edit.start) + by;
      from = edit.end;
    }
    return written + text.slice(from);
  }
}
