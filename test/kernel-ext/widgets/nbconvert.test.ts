import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeNotebook } from "../browser/jupyter-server.js";
import { hasJupyter, runPython, temporaryFolder } from "../run-cells.js";

const WIDGET_STATE = "application/vnd.jupyter.widget-state+json";

const CELLS = [
  'import { anywidget, CakeView, Image, IntSlider, interact } from "cakelab/widgets";',
  "const slider = new IntSlider({ value: 3 }); slider",
  "slider.value = 77;",
  'anywidget({ esm: "export default {}", state: { data: new Float32Array([1, 2]) } })',
  "interact(async ({ x }) => { await null; console.log(x); return 2 * x; }, { x: 4 }); 'after'",
  "throw new Error('allowed')",
  "({ data: new Uint8Array(64).map((_, i) => i), shape: [8, 8] })",
];

interface Notebook {
  cells: { outputs: { output_type: string; data?: Record<string, unknown> }[] }[];
  metadata: { widgets: Record<string, { state: Record<string, ModelState> }> };
}

interface ModelState {
  model_name: string;
  state: Record<string, unknown>;
  buffers?: { data: string; path: string[] }[];
}

describe.skipIf(!hasJupyter)("jupyter nbconvert --execute (needs .venv and a build)", () => {
  const [folder, remove] = temporaryFolder({});
  const convert = (format: string) => {
    const options = ["--execute", "--allow-errors", "--output", "out", "--to", format];
    return runPython(["-m", "nbconvert", ...options, join(folder, "widgets.ipynb")]);
  };
  beforeAll(() => writeNotebook(join(folder, "widgets.ipynb"), CELLS));
  afterAll(remove);

  it("stores the state of widgets, with their buffers", async () => {
    expect(await convert("notebook")).toMatchObject({ code: 0 });
    const notebook = JSON.parse(readFileSync(join(folder, "out.ipynb"), "utf8")) as Notebook;
    const models = Object.values(notebook.metadata.widgets[WIDGET_STATE]!.state);
    const model = (name: string) => models.find(({ model_name }) => model_name === name)!;
    // The slider of `interact` is the other one.
    const sliders = models.filter(({ model_name }) => model_name === "IntSliderModel");
    expect(sliders.map(({ state }) => state.value).sort()).toEqual([4, 77]);
    expect(model("AnyModel").buffers).toEqual([
      { data: "AACAPwAAAEA=", encoding: "base64", path: ["data"] },
    ]);
    expect(model("OutputModel").state.outputs).toMatchObject([
      { output_type: "stream", text: "4\n" },
      { output_type: "display_data", data: { "text/plain": "8" } },
    ]);
    expect(notebook.cells.map(({ outputs }) => outputs.map((o) => o.output_type))).toEqual([
      [],
      ["execute_result"],
      ["execute_result"],
      ["execute_result"],
      ["display_data", "execute_result"],
      ["error"],
      ["execute_result"],
    ]);
  });

  it("writes pages on which pictures are seen without the network", async () => {
    expect(await convert("html")).toMatchObject({ code: 0 });
    const page = readFileSync(join(folder, "out.html"), "utf8");
    expect(page).toContain(WIDGET_STATE);
    expect(page).toMatch(/<img alt="Detector image: 8 rows[^>]*src="data:image\/svg\+xml;base64,/);
  });
});
