import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Locator, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, CHROMIUM_SWITCHES } from "../browser/chromium.js";
import {
  hasApplication,
  type JupyterServer,
  startJupyter,
  writeNotebook,
} from "../kernel-ext/browser/jupyter-server.js";
import { type NotebookPage, openNotebook } from "../kernel-ext/browser/notebook-page.js";
import { hasJupyter, temporaryFolder } from "../kernel-ext/run-cells.js";

const screenshots = process.env.CAKELAB_SCREENSHOTS;

/** A notebook of cells that is open in JupyterLab. */
export interface Views {
  notebook: NotebookPage;
  readonly page: Page;
  /** The n-th view of the notebook. */
  view(n: number): Locator;
  /** Runs another cell at the end, and waits for it; what it shows as text. */
  run(code: string): Promise<string>;
  /** The colours that are seen in a view's own picture: how many there are, and a sum to tell pictures apart. */
  colors(view: Locator): Promise<{ count: number; sum: number }>;
  /** Keeps a picture of the page, where `CAKELAB_SCREENSHOTS` names a folder. */
  picture(name: string): Promise<void>;
}

/** Describes what a person sees and does in JupyterLab, in a notebook whose cells have run. */
export function describeViews(
  name: string,
  cells: readonly string[],
  tests: (views: Views) => void,
): void {
  const able = hasJupyter && CHROMIUM !== undefined && hasApplication("lab");
  describe.skipIf(!able)(`${name} in JupyterLab (needs .venv, a build and Chromium)`, () => {
    const [folder, remove] = temporaryFolder({});
    let server: JupyterServer;
    let browser: Browser;
    const asked: string[] = [];
    const views = {} as Views;

    beforeAll(async () => {
      writeNotebook(join(folder, "views.ipynb"), cells);
      server = await startJupyter("lab", folder);
      browser = await chromium.launch({ executablePath: CHROMIUM!, args: CHROMIUM_SWITCHES });
      const notebook = await openNotebook(browser, "lab", server.url, "views.ipynb");
      notebook.page.on("request", (request) => asked.push(request.url()));
      Object.assign(views, viewsOf(notebook));
      Object.defineProperty(views, "page", { get: () => notebook.page });
      await notebook.command("notebook:run-all-cells");
      await notebook.page.locator(".cakelab-view").first().waitFor();
    });

    afterAll(async () => {
      await browser?.close();
      await server?.stop();
      remove();
    });

    tests(views);

    it("asks nobody but the notebook's server, and leaves nothing in the console", () => {
      const local = /^(http:\/\/(localhost|127\.0\.0\.1)|data:|blob:)/;
      expect(asked.filter((url) => !local.test(url))).toEqual([]);
      expect(views.notebook.complaints).toEqual([]);
    });
  });
}

function viewsOf(notebook: NotebookPage): Omit<Views, "page"> {
  const { page } = notebook;
  let runs = 0;
  return {
    notebook,
    view: (n) => page.locator(".cakelab-view").nth(n),
    run: async (code) => {
      const mark = `done ${++runs}`;
      await notebook.command("notebook:move-cursor-down");
      await page.evaluate(
        ([text]) => {
          const { content } = globalThis.jupyterapp.shell.currentWidget as never as {
            content: { widgets: unknown[]; activeCellIndex: number; model: LabNotebook };
          };
          const { sharedModel } = content.model;
          sharedModel.insertCell(content.widgets.length, { cell_type: "code", source: text! });
          content.activeCellIndex = content.widgets.length - 1;
        },
        [`${code};\nconsole.log(${JSON.stringify(mark)})`] as const,
      );
      await notebook.command("notebook:run-cell");
      const output = page.locator(".jp-OutputArea-output", { hasText: mark }).last();
      await output.waitFor();
      return (await output.innerText()).replace(mark, "").trim();
    },
    colors: (view) =>
      view
        .locator(".cakelab-raster canvas")
        .first()
        .evaluate((canvas: HTMLCanvasElement) => {
          const context = canvas.getContext("2d")!;
          const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
          const words = new Uint32Array(data.buffer);
          const sum = words.reduce((all, word, i) => (Math.imul(all, 31) + word * (i + 1)) | 0, 0);
          return { count: new Set(words).size, sum };
        }),
    picture: async (name) => {
      if (screenshots === undefined) return;
      mkdirSync(screenshots, { recursive: true });
      await page.screenshot({ path: join(screenshots, `${name}.png`) });
    },
  };
}

/** The part of JupyterLab's notebook that adds cells. */
interface LabNotebook {
  sharedModel: { insertCell(index: number, cell: { cell_type: "code"; source: string }): void };
}
