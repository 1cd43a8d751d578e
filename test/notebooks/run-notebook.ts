import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root, runCells } from "../kernel-ext/run-cells.js";

interface Notebook {
  readonly cells: readonly { readonly cell_type: string; readonly source: readonly string[] }[];
}

/** How the code of a notebook has ended, cell by cell, and all that it has printed and shown as text. */
export interface NotebookRun {
  readonly statuses: readonly string[];
  readonly text: string;
}

/** Runs the code of one of the project's notebooks in a folder. */
export async function runNotebook(name: string, folder: string): Promise<NotebookRun> {
  const path = join(root, "notebooks", name);
  const { cells } = JSON.parse(readFileSync(path, "utf8")) as Notebook;
  const code = cells.filter((cell) => cell.cell_type === "code");
  const { runs } = await runCells(
    code.map(({ source }) => source.join("")),
    { folder },
  );
  const texts = runs.flatMap(({ outputs }) =>
    outputs.map(({ text = "", data }) => `${text}${data?.["text/plain"] ?? ""}`),
  );
  return { statuses: runs.map(({ reply }) => reply.status), text: texts.join("\n") };
}
