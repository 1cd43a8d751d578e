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

    /** Puts the n-th slider somewhere with the mouse; the value that it shows then. */
    const slide = async (n: number, part: number): Promise<number> => {
      const slider = notebook.page.locator(".widget-hslider").nth(n);
      const track = (await slider.locator(".noUi-base").boundingBox())!;
      const readout = slider.locator(".widget-readout");
      const former = (await readout.textContent())!;
      await notebook.page.mouse.click(track.x + part * track.width, track.y + track.height / 2);
      await expect.poll(() => readout.textContent()).not.toBe(former);
      return Number(await readout.textContent());
    };

    it("tell the kernel, which answers", async () => {
      const value = await slide(0, 0.7);
      expect(value).toBeGreaterThan(60);
      await shows(`kernel has ${value}`);
      const bar = notebook.page.locator(".widget-hprogress .progress-bar").first();
      expect(await bar.getAttribute("style")).toContain(`${value}%`);
    });

    it("exchange megabytes and messages", async () => {
      await notebook.page.locator(".send-back").click();
      await shows("Float32Array of 8388608 bytes, the last 1.5");
      await shows("got from the page with 7");
    });

    it("capture what callbacks print, and interact", async () => {
      await notebook.page.getByRole("button", { name: "print" }).click();
      await shows("clicked");
      const value = await slide(1, 0.9);
      await shows(`'the square is ${value * value}'`);
      await picture("used");
    });

    it("have their state again after a reload", async () => {
      await notebook.command("docmanager:save");
      const told = await notebook.page
        .getByText(/^kernel has/)
        .first()
        .textContent();
      await notebook.reload();
      await shows(told!);
      await shows("4194304 numbers, the last is 0.25");
      await shows("Float32Array of 8388608 bytes, the last 1.5");
      await shows("clicked");
      await shows(`kernel has ${await slide(0, 0.2)}`);
      await picture("reloaded");
    });

    it("leave nothing to complain of in the console", () => {
      expect(notebook.complaints).toEqual([]);
    });
  });
});
