import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, CHROMIUM_SWITCHES } from "../../browser/chromium.js";
import { hasJupyter, temporaryFolder } from "../run-cells.js";
import {
  type Application,
  hasApplication,
  type JupyterServer,
  startJupyter,
  writeNotebook,
} from "./jupyter-server.js";
import { type NotebookPage, openNotebook } from "./notebook-page.js";
import { WIDGET_CELLS } from "./widget-cells.js";

const screenshots = process.env.CAKELAB_SCREENSHOTS;

describe.each<Application>(["lab", "notebook"])("widgets in %s", (application) => {
  const able = hasJupyter && CHROMIUM !== undefined && hasApplication(application);
  describe.skipIf(!able)("(needs .venv, a build and Chromium)", () => {
    const [folder, remove] = temporaryFolder({});
    let server: JupyterServer;
    let browser: Browser;
    let notebook: NotebookPage;

    beforeAll(async () => {
      writeNotebook(join(folder, "widgets.ipynb"), WIDGET_CELLS);
      server = await startJupyter(application, folder);
      browser = await chromium.launch({ executablePath: CHROMIUM!, args: CHROMIUM_SWITCHES });
      notebook = await openNotebook(browser, application, server.url, "widgets.ipynb");
    });

    afterAll(async () => {
      await browser?.close();
      await server?.stop();
      remove();
    });

    const picture = async (name: string): Promise<void> => {
      if (screenshots === undefined) return;
      mkdirSync(screenshots, { recursive: true });
      await notebook.page.screenshot({ path: join(screenshots, `${application}-${name}.png`) });
    };
    const shows = (text: string) =>
      notebook.page.getByText(text, { exact: true }).first().waitFor();

    it("run", async () => {
      await notebook.command("notebook:run-all-cells");
      await shows("kernel has 40");
      await shows("4194304 numbers, the last is 0.25");
      await shows("'the square is 100'");
      await picture("run");
    });

    it("tell the kernel, which answers", async () => {
      const handle = notebook.page.locator(".widget-hslider .noUi-handle").first();
      await handle.focus();
      for (let i = 0; i < 5; i++) await handle.press("ArrowRight");
      await shows("kernel has 45");
      const width = await notebook.page.locator(".widget-hprogress .progress-bar").first();
      expect(await width.getAttribute("style")).toContain("45%");
    });

    it("exchange megabytes and messages", async () => {
      await notebook.page.locator(".send-back").click();
      await shows("Float32Array of 8388608 bytes, the last 1.5");
      await shows("got from the page with 7");
    });

    it("capture what callbacks print, and interact", async () => {
      await notebook.page.getByRole("button", { name: "print" }).click();
      await shows("clicked");
      const handle = notebook.page.locator(".widget-interact .noUi-handle");
      await handle.focus();
      await handle.press("ArrowRight");
      await shows("'the square is 121'");
      await picture("used");
    });

    it("have their state again after a reload", async () => {
      await notebook.command("docmanager:save");
      await notebook.reload();
      await shows("kernel has 45");
      await shows("4194304 numbers, the last is 0.25");
      await shows("Float32Array of 8388608 bytes, the last 1.5");
      await shows("clicked");
      const handle = notebook.page.locator(".widget-hslider .noUi-handle").first();
      await handle.focus();
      await handle.press("ArrowRight");
      await shows("kernel has 46");
      await picture("reloaded");
    });

    it("leave nothing to complain of in the console", () => {
      expect(notebook.complaints).toEqual([]);
    });
  });
});
