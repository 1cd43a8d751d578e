import type { Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canShowViews, openViews, type ViewsNotebook } from "./notebook-views.js";

/** A notebook whose cells have run, and what may be done there. */
export interface Views
  extends Pick<ViewsNotebook, "command" | "reload" | "view" | "picture" | "keep"> {
  readonly page: Page;
  /** Runs another cell at the end, and waits for it; what it prints. */
  run(code: string): Promise<string>;
}

/** Describes what a person sees and does in JupyterLab, in a notebook whose cells have run. */
export function describeViews(
  name: string,
  cells: readonly string[],
  tests: (views: Views) => void,
): void {
  describe.skipIf(!canShowViews)(`${name} in JupyterLab (needs .venv, a build, Chromium)`, () => {
    const asked: string[] = [];
    const views = {} as Views;
    let notebook: ViewsNotebook;

    beforeAll(async () => {
      notebook = await openViews(cells);
      notebook.page.on("request", (request) => asked.push(request.url()));
      Object.assign(views, notebook, { run: runnerOf(notebook) });
      await notebook.view(0).waitFor();
    });

    afterAll(async () => {
      await notebook?.close();
    });

    tests(views);

    it("asks nobody but the notebook's server, and leaves nothing in the console", () => {
      const local = /^(http:\/\/(localhost|127\.0\.0\.1)|data:|blob:)/;
      expect(asked.filter((url) => !local.test(url))).toEqual([]);
      expect(notebook.complaints).toEqual([]);
    });
  });
}

function runnerOf({ page, command }: ViewsNotebook): Views["run"] {
  let runs = 0;
  return async (code) => {
    const mark = `done ${++runs}`;
    await page.evaluate(
      (source) => {
        const { content } = globalThis.jupyterapp.shell.currentWidget as never as LabPanel;
        const end = content.widgets.length;
        content.model.sharedModel.insertCell(end, { cell_type: "code", source });
        content.activeCellIndex = end;
      },
      `${code};\nconsole.log(${JSON.stringify(mark)})`,
    );
    await command("notebook:run-cell");
    const output: Locator = page.locator(".jp-OutputArea-output", { hasText: mark }).last();
    await output.waitFor();
    return (await output.innerText()).replace(mark, "").trim();
  };
}

/** The part of JupyterLab's notebook that adds cells. */
interface LabPanel {
  content: {
    widgets: unknown[];
    activeCellIndex: number;
    model: {
      sharedModel: { insertCell(at: number, cell: { cell_type: "code"; source: string }): void };
    };
  };
}
