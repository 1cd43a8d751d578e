import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canShowViews, openViews, pixelsOf, type ViewsNotebook } from "./notebook-views.js";

const HOSTILE = 'A <b>title</b> <img src=x onerror="window.hacked=1">';
const CELLS = [
  `import { AzimuthalIntegrator, detector, cake } from "cakelab";
import { simulatePowder } from "cakelab/simulate";
import { ImageView, CakeView, Lineouts } from "cakelab/widgets";
const setup = { dist: 0.25, poni1: 0.1, poni2: 0.11, rot1: 0.1, rot2: -0.05, rot3: 0.3, wavelength: 2e-11, detector: detector({ pixel1: 2e-4, pixel2: 2e-4, shape: [1000, 1100] }) };
const ai = new AzimuthalIntegrator(setup);
const image = simulatePowder({ ...setup, phases: [{ lattice: "CeO2", fwhm: 0.1 }], background: { flat: 9 } });`,
  `const imageView = new ImageView(image, { ai, cakes: { cakes: 36 }, rings: "CeO2", scale: "log", height: 300 });
imageView`,
  `const cakes = await cake(image, ai, { cakes: 36 });
const cakeView = new CakeView(cakes, { scale: "log", title: ${JSON.stringify(HOSTILE)} });
cakeView`,
  `const lineouts = new Lineouts(cakes, { cakes: [1, 10, 19], labels: [${JSON.stringify(HOSTILE)}, "b", "c"] });
lineouts`,
  `const all = new Lineouts(cakes, { scale: "sqrt", offset: 20 });
all`,
  `const chi = new CakeView(await ai.integrate2d(image, 800, 120, { unit: "q_A^-1" }));
chi`,
  "cakeView",
  `console.log(JSON.stringify({ radial: cakes.radial[5000], values: [3, 9].map((row) => cakes.intensity[row]![5000]) }));`,
];

describe.skipIf(!canShowViews)("views in JupyterLab (needs .venv, a build and Chromium)", () => {
  let notebook: ViewsNotebook;
  const [IMAGE, CAKE, FEW, MANY, CHI, AGAIN] = [0, 1, 2, 3, 4, 5];
  const canvas = (n: number) => notebook.view(n).locator("canvas").first();

  beforeAll(async () => {
    notebook = await openViews(CELLS);
    await notebook.page.getByText('{"radial":').waitFor({ timeout: 60_000 });
    await notebook.view(AGAIN!).locator(".main-svg").first().waitFor();
  });

  afterAll(() => notebook?.close());

  it("draws all of them", async () => {
    await notebook.picture("light");
    for (const n of [IMAGE!, CAKE!, CHI!, AGAIN!]) {
      const { colors, width } = await pixelsOf(canvas(n));
      expect(width).toBeGreaterThan(300);
      expect(colors).toBeGreaterThan(50);
    }
    for (const n of [FEW!, MANY!]) expect((await pixelsOf(canvas(n))).colors).toBeGreaterThan(3);
  });

  it("leaves nothing to complain of in the console", () => {
    expect(notebook.complaints).toEqual([]);
  });
});
