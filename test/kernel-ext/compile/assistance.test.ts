import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isBuilt, type OpenNotebook, openNotebook } from "./open-notebook.js";

const declared = `
/** Adds two numbers. */
function add(a: number, b = 2): number { return a + b; }
function draw(options: { mode: "dots" | "lines"; width?: number }): void {}
const list = [1, 2, 3];`;

describe.skipIf(!isBuilt)("help with a cell (needs a build)", () => {
  let notebook: OpenNotebook;
  beforeAll(async () => {
    notebook = await openNotebook();
    await notebook.value(declared);
    await notebook.value('import { AzimuthalIntegrator } from "cakelab"');
  });
  afterAll(() => notebook.close());

  /** Of code with `|` for the cursor: what would stand there with each match. */
  const completed = async (code: string): Promise<string[]> => {
    const cursor = code.indexOf("|");
    const text = code.replace("|", "");
    const { start, end, matches } = await notebook.executor.complete(text, cursor);
    return matches.map((match) => text.slice(0, start) + match + text.slice(end));
  };

  it.each([
    ["members", "list.toSor|", "list.toSorted"],
    ["names of earlier cells", "ad|", "add"],
    ["names of this cell", "const own = 1; ow|", "const own = 1; own"],
    [
      "what the library exports",
      'import { readIm| } from "cakelab"',
      'import { readImage } from "cakelab"',
    ],
    ["packages", 'import x from "cakelab/wid|"', 'import x from "cakelab/widgets"'],
    ["options", "draw({ wi| })", "draw({ width })"],
    ["values of options", 'draw({ mode: "li|" })', 'draw({ mode: "lines" })'],
    ["values of options in a text without end", 'draw({ mode: "|', 'draw({ mode: "dots'],
    ["names of Node", "structuredC|", "structuredClone"],
  ])("completes %s", async (_, code, expected) => {
    expect(await completed(code)).toContain(expected);
  });

  const inspected = async (code: string, detail: 0 | 1 = 0): Promise<string> => {
    const inspection = await notebook.executor.inspect(
      code.replace("|", ""),
      code.indexOf("|"),
      detail,
    );
    return inspection?.data["text/plain"] ?? "";
  };

  it.each([
    [
      "a method of the library",
      "AzimuthalIntegrator.prototype.integrate1d|",
      /image: Image[\s\S]*\n\nIntegrates/,
    ],
    [
      "a function, from inside its arguments",
      "add(1, |",
      /^function add\(a: number, b\?: number\): number/,
    ],
    ["what the language documents", "list.map|", /\n\nCalls a defined callback function/],
    ["what Node documents", "structuredClone|", /^function structuredClone/],
    ["a variable", "list|", /^const list: number\[\]$/],
  ])("explains %s", async (_, code, expected) => {
    expect(await inspected(code)).toMatch(expected);
  });

  it("explains errors and examples when more is asked for", async () => {
    const code = "AzimuthalIntegrator.prototype.integrate1d|";
    expect(await inspected(code)).not.toContain("@throws");
    expect(await inspected(code, 1)).toContain("@throws OptionError");
  });

  it("knows nothing of what is not there", async () => {
    expect(await notebook.executor.inspect("nothing", 7, 0)).toBeUndefined();
    expect(await completed("list.zzz|")).toEqual([]);
  });
});
