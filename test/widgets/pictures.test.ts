import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasApplication } from "../kernel-ext/browser/jupyter-server.js";
import { canShowViews, openViews, pixelsOf, type ViewsNotebook } from "./notebook-views.js";

/** Set to renew the pictures that README.md and the notebooks show. */
const RENEW = process.env.CAKELAB_PICTURES !== undefined;
const IMAGES = join(import.meta.dirname, "../../notebooks/images");

/** Of the test that is followed. */
const FRAMES = RENEW ? 30 : 13;

const CELLS = [
  `import { AzimuthalIntegrator, cake, detector } from "cakelab";
import { simulatePowder } from "cakelab/simulate";
import {
  CakeView, Diffractogram, HBox, ImageView, Lineouts, LiveCake, VBox,
} from "cakelab/widgets";
const setup = {
  dist: 0.45, poni1: 0.205, poni2: 0.2, rot1: 0.02, rot2: -0.015, wavelength: 1.4e-11,
  detector: detector({ pixel1: 4e-4, pixel2: 4e-4, shape: [1000, 1000] }),
};
const ai = new AzimuthalIntegrator(setup);
const image = simulatePowder({
  ...setup, phases: [{ lattice: "CeO2", fwhm: 0.09 }], background: { flat: 9 },
});
const cakes = await cake(image, ai, { npt: 3000, radialRange: [2, 16] });`,
  `new HBox([
  new ImageView(image, { ai, cakes, rings: "CeO2", scale: "log", height: 480, width: 620 }),
  new VBox([
    new CakeView(cakes, { scale: "log", height: 250, width: 560 }),
    new Lineouts(cakes, { cakes: [1, 10], height: 200, width: 560 }),
  ]),
])`,
  `new LiveCake(image, ai, {
  nptRad: 1000, nptAzim: 36, unit: "2th_deg", radialRange: [2, 16], rings: "CeO2", scale: "sqrt",
})`,
  `async function* test() {
  for (let i = 0; i < ${FRAMES}; i++) {
    const pulled = { lattice: "CeO2", fwhm: 0.09, strain: { direction: 60, e11: 8e-5 * i, e22: -2e-5 * i } };
    const source = \`pull_\${String(i).padStart(4, "0")}.tif\`;
    const frame = simulatePowder({ ...setup, phases: [pulled], background: { flat: 9 }, seed: i + 1 });
    yield { ...frame, index: i, source, timestamp: 1.76e9 + i };
  }
}
const ranges = [0, 45, 90, 135].map((chi) => [chi - 10, chi + 10, 2, 12] as const);
const live = new Diffractogram(test(), {
  ai, ranges, unit: "2th_deg", npt: 1500, peaks: [{ position: 4.19, d0: 1.91327 }], collect: true, scale: "log",
});
live`,
];

const able = canShowViews && hasApplication("notebook");

describe.skipIf(!able)("views in Notebook 7 (needs .venv, a build and Chromium)", () => {
  let notebook: ViewsNotebook;

  beforeAll(async () => {
    notebook = await openViews(CELLS, "notebook");
    await notebook.page.setViewportSize({ width: 1420, height: 1400 });
    await notebook.view(2).locator(".main-svg").first().waitFor();
  });

  afterAll(() => notebook?.close());

  it("stand beside each other, and draw", async () => {
    for (const n of [0, 1]) {
      const canvas = notebook.view(n).locator(".cakelab-raster canvas").first();
      await expect.poll(async () => (await pixelsOf(canvas)).colors).toBeGreaterThan(50);
    }
    await notebook.view(0).locator(".xtitle").waitFor();
    if (!RENEW) return;
    await notebook.page.waitForTimeout(1000);
    const output = notebook.page.locator(".jp-OutputArea-output .widget-hbox").first();
    await output.screenshot({ path: join(IMAGES, "views.png") });
  });

  it("cake on the page", async () => {
    const live = notebook.view(3);
    const canvas = live.locator(".cakelab-live-cake");
    await expect.poll(async () => (await pixelsOf(canvas)).colors).toBeGreaterThan(50);
    await expect.poll(() => live.locator("[data-engine]").count()).toBe(1);
    if (!RENEW) return;
    await notebook.page.waitForTimeout(1500);
    await live.screenshot({ path: join(IMAGES, "live-cake.png") });
  });

  it("follow a test", async () => {
    const live = notebook.view(4);
    await live.getByText(`pull_00${FRAMES - 1}.tif`).waitFor({ timeout: 60_000 });
    await live.getByLabel("over time").selectOption("strain");
    await live.getByText(/^largest/).waitFor();
    if (!RENEW) return;
    await notebook.page.waitForTimeout(1500);
    await live.screenshot({ path: join(IMAGES, "diffractogram.png") });
  });

  it("share a cursor", async () => {
    const canvas = notebook.view(0).locator(".cakelab-raster canvas").first();
    await canvas.scrollIntoViewIfNeeded();
    const box = (await canvas.boundingBox())!;
    await notebook.page.mouse.move(box.x + 0.7 * box.width, box.y + 0.4 * box.height);
    for (const n of [0, 1, 2]) {
      const words = notebook.view(n).locator(".cakelab-readout").first();
      await expect.poll(() => words.innerText()).toMatch(/2θ|q/);
    }
  });

  it("leave nothing to complain of in the console", () => {
    expect(notebook.complaints).toEqual([]);
  });
});
