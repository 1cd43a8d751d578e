import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  canShowViews,
  eventually,
  openViews,
  pixelsOf,
  pointAt,
  readoutOf,
  type ViewsNotebook,
} from "./notebook-views.js";

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
    await notebook.page
      .getByText('{"radial":')
      .last()
      .waitFor({ timeout: 60_000 })
      .finally(() => notebook.picture("begin"));
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

  const expected = async (): Promise<{ radial: number; values: number[] }> =>
    JSON.parse(await notebook.page.getByText('{"radial":').last().innerText());
  /** A part of the width that lies in the middle of column 5000 of 10000. */
  const MIDDLE = 5000.5 / 10000;
  const intensity = (text: string): number => Number(/I ([\d.]+)/.exec(text)![1]);

  it("tells the values under the cursor, in linked views too", async () => {
    const { radial, values } = await expected();
    await pointAt(notebook.page, canvas(CAKE!), MIDDLE, 9.5 / 36);
    const text = await readoutOf(notebook.view(CAKE!));
    expect(text).toContain(`2θ ${radial.toFixed(4)}°`);
    expect(text).toContain("cake 10 (0.0°)");
    expect(text).toMatch(/q [\d.]+ Å⁻¹ {2}d [\d.]+ Å/);
    expect(intensity(text)).toBeCloseTo(values[1]!, 3);
    // The line of the same direction, the same place of the image, the same angle over χ.
    const few = await readoutOf(notebook.view(FEW!));
    expect(few).toContain(`2θ ${radial.toFixed(4)}°`);
    expect(intensity(few)).toBeCloseTo(values[1]!, 3);
    expect(few).toMatch(/ b: I/);
    const angle = (told: string): number => Number(/2θ ([\d.]+)°/.exec(told)![1]);
    const pixel = await readoutOf(notebook.view(IMAGE!));
    expect(Math.abs(angle(pixel) - radial)).toBeLessThan(0.05);
    const direction = Number(/direction ([\d.]+)°/.exec(pixel)![1]);
    expect(Math.min(direction, 360 - direction)).toBeLessThan(1);
    const lines = notebook.view(CHI!).locator(".cakelab-crosshair-x").first();
    await eventually(() => lines.isVisible()).toBe(true);
  });

  it("links the other way: from the image, and from a profile", async () => {
    await pointAt(notebook.page, canvas(IMAGE!), 0.7, 0.2);
    const pixel = await readoutOf(notebook.view(IMAGE!));
    const chi = await readoutOf(notebook.view(CHI!));
    const value = (name: string, text: string) =>
      Number(new RegExp(`${name} (-?[\\d.]+)`).exec(text.replace("−", "-"))![1]);
    expect(Math.abs(value("χ", pixel) - value("χ", chi))).toBeLessThan(1.6);
    expect(Math.abs(value("2θ", pixel) - value("2θ", chi))).toBeLessThan(0.05);
    expect(await readoutOf(notebook.view(CAKE!))).toMatch(/cake \d+ \(\d+\.0°\)/);
    await pointAt(notebook.page, canvas(MANY!), 0.3, 0.5);
    const line = /cake (\d+) \(/.exec(await readoutOf(notebook.view(MANY!)))![1];
    expect(await readoutOf(notebook.view(CAKE!))).toContain(`cake ${line} (`);
  });

  it("redraws 36 × 10000 points at a zoom, and zooms linked views", async () => {
    const before = [await pixelsOf(canvas(CAKE!)), await pixelsOf(canvas(MANY!))];
    const place = notebook.view(MANY!).locator(".cakelab-raster");
    await place.focus();
    await notebook.page.keyboard.press("+");
    await eventually(async () => (await pixelsOf(canvas(MANY!))).digest).not.toBe(
      before[1]!.digest,
    );
    await eventually(async () => (await pixelsOf(canvas(CAKE!))).digest).not.toBe(
      before[0]!.digest,
    );
    await notebook.picture("zoomed");
    await notebook.page.keyboard.press("0");
    await eventually(async () => (await pixelsOf(canvas(MANY!))).digest).toBe(before[1]!.digest);
    await eventually(async () => (await pixelsOf(canvas(CAKE!))).digest).toBe(before[0]!.digest);
  });

  it("takes the keyboard", async () => {
    await notebook.view(CAKE!).locator(".cakelab-raster").first().focus();
    await notebook.page.keyboard.press("Escape");
    expect(await readoutOf(notebook.view(CAKE!))).toBe("");
    for (const key of ["ArrowUp", "Shift+ArrowLeft"]) await notebook.page.keyboard.press(key);
    const [before, after] = [await readoutOf(notebook.view(CAKE!)), "ArrowDown"];
    expect(before).toContain("cake 18");
    await notebook.page.keyboard.press(after);
    expect(await readoutOf(notebook.view(CAKE!))).toContain("cake 19");
    await notebook.view(FEW!).locator(".cakelab-raster").focus();
    await notebook.page.keyboard.press("ArrowDown");
    await notebook.page.keyboard.press("ArrowDown");
    const last = await readoutOf(notebook.view(FEW!));
    expect(last).toMatch(/Å {2}c: I/);
    await notebook.page.keyboard.press("ArrowRight");
    expect(await readoutOf(notebook.view(FEW!))).not.toBe(last);
  });

  it("follows levels and scale, in all views of a model and in the kernel", async () => {
    const [one, two] = [await pixelsOf(canvas(CAKE!)), await pixelsOf(canvas(AGAIN!))];
    expect(two.digest).toBe(one.digest);
    await notebook.view(CAKE!).getByLabel("scale").selectOption("asinh");
    await eventually(async () => (await pixelsOf(canvas(AGAIN!))).digest).not.toBe(two.digest);
    await notebook.view(AGAIN!).getByLabel("to", { exact: true }).fill("100");
    await notebook.page.keyboard.press("Enter");
    const from = notebook.view(CAKE!).getByLabel("to", { exact: true });
    await eventually(() => from.inputValue()).toBe("100");
    const three = await pixelsOf(canvas(FEW!));
    await notebook.view(FEW!).getByLabel("scale").selectOption("log");
    await eventually(async () => (await pixelsOf(canvas(FEW!))).digest).not.toBe(three.digest);
    const ticks = notebook.view(FEW!).locator(".ytick text");
    await eventually(() => ticks.allTextContents()).toEqual([
      "5",
      "10",
      "20",
      "50",
      "100",
      "200",
      "500",
      "1000",
    ]);
  });

  it("hides and shows lines, and writes them", async () => {
    const view = notebook.view(FEW!);
    const before = await pixelsOf(canvas(FEW!));
    await view.getByRole("button", { name: "c", exact: true }).click();
    await eventually(async () => (await pixelsOf(canvas(FEW!))).digest).not.toBe(before.digest);
    const [file] = await Promise.all([
      notebook.page.waitForEvent("download"),
      view.getByRole("button", { name: "CSV" }).click(),
    ]);
    const text = await readFile((await file.path())!, "utf8");
    expect(text.split("\n")[0]).toMatch(/^2θ \/ °,"A <b>title.*",b$/);
    expect(text.trim().split("\n")).toHaveLength(10001);
    const { radial, values } = await expected();
    const row = text.split("\n")[5001]!.split(",").map(Number);
    expect(row[0]).toBe(radial);
    expect(row[2]).toBe(values[1]);
    const [picture] = await Promise.all([
      notebook.page.waitForEvent("download"),
      view.getByRole("button", { name: "PNG" }).click(),
    ]);
    await notebook.keep(picture, "lineouts.png");
    const bytes = await readFile((await picture.path())!);
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    expect(bytes.length).toBeGreaterThan(10_000);
    await view.getByRole("button", { name: "all", exact: true }).click();
    await eventually(async () => (await pixelsOf(canvas(FEW!))).digest).toBe(before.digest);
  });

  it("shows titles and labels as they are", async () => {
    await notebook.view(CAKE!).getByText(HOSTILE).waitFor();
    await notebook.view(FEW!).getByText(HOSTILE).first().waitFor();
    expect(await notebook.page.evaluate(() => "hacked" in window)).toBe(false);
    expect(await notebook.page.locator('img[src="x"]').count()).toBe(0);
  });

  it("is readable on a dark page", async () => {
    const light = await pixelsOf(canvas(FEW!));
    await notebook.command("apputils:change-theme", { theme: "JupyterLab Dark" });
    await eventually(async () => (await pixelsOf(canvas(FEW!))).digest).not.toBe(light.digest);
    const tick = notebook.view(CAKE!).locator(".xtick text").first();
    await eventually(() => tick.evaluate((e) => getComputedStyle(e).fill)).toMatch(
      /^rgba?\(255, 255, 255/,
    );
    await notebook.picture("dark");
    await notebook.command("apputils:change-theme", { theme: "JupyterLab Light" });
    await eventually(async () => (await pixelsOf(canvas(FEW!))).digest).toBe(light.digest);
  });

  it("fits a narrower page", async () => {
    const { width } = await pixelsOf(canvas(CAKE!));
    await notebook.page.setViewportSize({ width: 700, height: 4000 });
    await eventually(async () => (await pixelsOf(canvas(CAKE!))).width).toBeLessThan(width - 50);
    await notebook.picture("narrow");
    await notebook.page.setViewportSize({ width: 1100, height: 4000 });
    await eventually(async () => (await pixelsOf(canvas(CAKE!))).width).toBe(width);
  });

  it("frees what it held when its output is cleared", async () => {
    const held = await notebook.view(AGAIN!).elementHandle();
    const canvases = await held!.$$("canvas");
    await notebook.page
      .locator(".jp-Cell")
      .nth(6)
      .click({ position: { x: 20, y: 5 } });
    await notebook.command("notebook:clear-cell-output");
    await eventually(() => notebook.page.locator(".cakelab-view").count()).toBe(5);
    for (const one of canvases) {
      expect(await one.evaluate((e) => (e as HTMLCanvasElement).width)).toBe(0);
    }
    expect(await held!.evaluate((e) => e.querySelectorAll(".main-svg").length)).toBe(0);
    expect((await pixelsOf(canvas(CAKE!))).colors).toBeGreaterThan(50);
  });

  it("leaves nothing to complain of in the console", () => {
    expect(notebook.complaints).toEqual([]);
  });
});
