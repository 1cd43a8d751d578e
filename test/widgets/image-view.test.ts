import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
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

const able = hasJupyter && CHROMIUM !== undefined && hasApplication("lab");

const CELLS = [
  `import { AzimuthalIntegrator, detector, cake } from "cakelab";
import { simulatePowder } from "cakelab/simulate";
import { ImageView, CakeView, Lineouts } from "cakelab/widgets";
const setup = { dist: 0.25, poni1: 0.1, poni2: 0.11, rot1: 0.1, rot2: -0.05, rot3: 0.3, wavelength: 2e-11, detector: detector({ pixel1: 2e-4, pixel2: 2e-4, shape: [1000, 1100] }) };
const ai = new AzimuthalIntegrator(setup);
const image = simulatePowder({ ...setup, phases: [{ lattice: "CeO2", fwhm: 0.1 }], background: { flat: 9 } });`,
  `const view = new ImageView(image, { ai, cakes: { cakes: 36 }, rings: "CeO2", scale: "log", title: "A <b>title</b> <img src=x onerror=alert(1)>", height: 500 });
view`,
];

describe.skipIf(!able)("ImageView in JupyterLab (needs .venv, a build and Chromium)", () => {
  const [folder, remove] = temporaryFolder({});
  let server: JupyterServer;
  let browser: Browser;
  let notebook: NotebookPage;

  beforeAll(async () => {
    writeNotebook(join(folder, "views.ipynb"), CELLS);
    server = await startJupyter("lab", folder);
    browser = await chromium.launch({ executablePath: CHROMIUM!, args: CHROMIUM_SWITCHES });
    notebook = await openNotebook(browser, "lab", server.url, "views.ipynb");
  });

  afterAll(async () => {
    await browser?.close();
    await server?.stop();
    remove();
  });

  it("runs", async () => {
    await notebook.command("notebook:run-all-cells");
    await notebook.page.locator(".cakelab-raster canvas").waitFor();
    expect(notebook.complaints).toEqual([]);
  });
});
