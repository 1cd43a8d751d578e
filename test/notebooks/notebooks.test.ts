import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const folder = new URL("../../notebooks/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".ipynb"));

interface Notebook {
  cells: { cell_type: string; id: string; outputs?: unknown[]; execution_count?: number | null }[];
  metadata: { kernelspec: Record<string, string> };
  nbformat: number;
  nbformat_minor: number;
}

describe("notebooks", () => {
  it("are there", () => {
    expect(names).toContain("01-caking.ipynb");
  });

  it.each(names)("%s is stored without outputs, for the kernel of this project", (name) => {
    const notebook = JSON.parse(readFileSync(new URL(name, folder), "utf8")) as Notebook;
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    expect(notebook.metadata.kernelspec).toEqual({
      display_name: "TypeScript (CakeLab)",
      language: "typescript",
      name: "cakelab",
    });
    const code = notebook.cells.filter((cell) => cell.cell_type === "code");
    expect(code.length).toBeGreaterThan(5);
    for (const cell of code) {
      expect(cell.outputs).toEqual([]);
      expect(cell.execution_count).toBeNull();
    }
    expect(new Set(notebook.cells.map((cell) => cell.id)).size).toBe(notebook.cells.length);
  });
});
