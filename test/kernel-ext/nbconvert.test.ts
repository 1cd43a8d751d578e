import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { hasJupyter, runPython, temporaryFolder } from "./run-cells.js";

function notebook(...sources: string[]): string {
  const cells = sources.map((source, i) => ({
    cell_type: "code",
    id: `cell-${i}`,
    execution_count: null,
    metadata: {},
    outputs: [],
    source,
  }));
  const kernelspec = {
    name: "cakelab",
    display_name: "TypeScript (CakeLab)",
    language: "typescript",
  };
  return JSON.stringify({ cells, metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 });
}

describe.skipIf(!hasJupyter)("jupyter nbconvert --execute (needs .venv and a build)", () => {
  const [folder, remove] = temporaryFolder({
    "good.ipynb": notebook('import { isCakelabError } from "cakelab";', "isCakelabError(1)"),
    "throws.ipynb": notebook("1", 'throw new TypeError("out of cake")', "3"),
    "allowed.ipynb": notebook("1", 'throw new TypeError("out of cake")', "3", "4"),
  });
  afterAll(remove);

  const convert = (name: string, ...more: string[]) =>
    runPython([
      "-m",
      "nbconvert",
      "--to",
      "notebook",
      "--execute",
      "--inplace",
      ...more,
      join(folder, name),
    ]);
  const outputs = (name: string): string[][] => {
    const text = readFileSync(join(folder, name), "utf8");
    const { cells } = JSON.parse(text) as { cells: { outputs: { output_type: string }[] }[] };
    return cells.map((cell) => cell.outputs.map((output) => output.output_type));
  };

  it("runs a good notebook", async () => {
    expect(await convert("good.ipynb")).toMatchObject({ code: 0 });
    expect(outputs("good.ipynb")).toEqual([[], ["execute_result"]]);
  });

  it("fails on a cell that throws, and says what it threw", async () => {
    const { code, stderr } = await convert("throws.ipynb");
    expect(code).toBe(1);
    expect(stderr).toContain("TypeError: out of cake");
  });

  it("runs the cells after an error that is allowed", async () => {
    expect(await convert("allowed.ipynb", "--allow-errors")).toMatchObject({ code: 0 });
    expect(outputs("allowed.ipynb")).toEqual([
      ["execute_result"],
      ["error"],
      ["execute_result"],
      ["execute_result"],
    ]);
  });
});
