import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { describeViews } from "./describe-views.js";
import { pixelsOf, pointAt, readoutOf } from "./notebook-views.js";

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
  `const lineouts = new Lineouts(cakes, { cakes: [1, 10, 19], labels: [${JSON.stringify(HOSTILE)}, "b", "c"], marks: [{ at: 15, label: "<i>a mark</i>" }] });
lineouts`,
  `const all = new Lineouts(cakes, { scale: "sqrt", offset: 20 });
all`,
  `const chi = new CakeView(await ai.integrate2d(image, 800, 120, { unit: "q_A^-1" }));
chi`,
  "cakeView",
  `console.log(JSON.stringify({ radial: cakes.radial[5000], values: [3, 9].map((row) => cakes.intensity[row]![5000]) }));`,
];

describeViews("CakeView and Lineouts", CELLS, (views) => {
  const [IMAGE, CAKE, FEW, MANY, CHI, AGAIN] = [0, 1, 2, 3, 4, 5] as const;
  const canvas = (n: number) => views.view(n).locator("canvas").first();

  it("draws all of them", async () => {
    await views.page.getByText('{"radial":').last().waitFor({ timeout: 60_000 });
    await views.view(AGAIN).locator(".main-svg").first().waitFor();
    await views.picture("light");
    for (const n of [IMAGE, CAKE, CHI, AGAIN]) {
      const { colors, width } = await pixelsOf(canvas(n));
      expect(width).toBeGreaterThan(300);
      expect(colors).toBeGreaterThan(50);
    }
    for (const n of [FEW, MANY]) expect((await pixelsOf(canvas(n))).colors).toBeGreaterThan(3);
  });

  const expected = async (): Promise<{ radial: number; values: number[] }> =>
    JSON.parse(await views.page.getByText('{"radial":').last().innerText());
  /** A part of the width that lies in the middle of column 5000 of 10000. */
  const MIDDLE = 5000.5 / 10000;
  const intensity = (text: string): number => Number(/I ([\d.]+)/.exec(text)![1]);

  it("tells the values under the cursor, in linked views too", async () => {
    const { radial, values } = await expected();
    await pointAt(views.page, canvas(CAKE), MIDDLE, 9.5 / 36);
    const text = await readoutOf(views.view(CAKE));
    expect(text).toContain(`2θ ${radial.toFixed(4)}°`);
    expect(text).toContain("cake 10 (0.0°)");
    expect(text).toMatch(/q [\d.]+ Å⁻¹ {2}d [\d.]+ Å/);
    expect(intensity(text)).toBeCloseTo(values[1]!, 3);
    // The line of the same direction, the same place of the image, the same angle over χ.
    const few = await readoutOf(views.view(FEW));
    expect(few).toContain(`2θ ${radial.toFixed(4)}°`);
    expect(intensity(few)).toBeCloseTo(values[1]!, 3);
    expect(few).toMatch(/ b: I/);
    const angle = (told: string): number => Number(/2θ ([\d.]+)°/.exec(told)![1]);
    const pixel = await readoutOf(views.view(IMAGE));
    expect(Math.abs(angle(pixel) - radial)).toBeLessThan(0.05);
    const direction = Number(/direction ([\d.]+)°/.exec(pixel)![1]);
    expect(Math.min(direction, 360 - direction)).toBeLessThan(1);
    const lines = views.view(CHI).locator(".cakelab-crosshair-x").first();
    await expect.poll(() => lines.isVisible()).toBe(true);
  });

  it("links the other way: from the image, and from a profile", async () => {
    await pointAt(views.page, canvas(IMAGE), 0.7, 0.2);
    const pixel = await readoutOf(views.view(IMAGE));
    const chi = await readoutOf(views.view(CHI));
    const value = (name: string, text: string) =>
      Number(new RegExp(`${name} (-?[\\d.]+)`).exec(text.replace("−", "-"))![1]);
    expect(Math.abs(value("χ", pixel) - value("χ", chi))).toBeLessThan(1.6);
    expect(Math.abs(value("2θ", pixel) - value("2θ", chi))).toBeLessThan(0.05);
    expect(await readoutOf(views.view(CAKE))).toMatch(/cake \d+ \(\d+\.0°\)/);
    await pointAt(views.page, canvas(MANY), 0.3, 0.5);
    const line = /cake (\d+) \(/.exec(await readoutOf(views.view(MANY)))![1];
    expect(await readoutOf(views.view(CAKE))).toContain(`cake ${line} (`);
  });

  it("redraws 36 × 10000 points at a zoom, and zooms linked views", async () => {
    const before = [await pixelsOf(canvas(CAKE)), await pixelsOf(canvas(MANY))];
    const place = views.view(MANY).locator(".cakelab-raster");
    await place.focus();
    await views.page.keyboard.press("+");
    await expect
      .poll(async () => (await pixelsOf(canvas(MANY))).digest)
      .not.toBe(before[1]!.digest);
    await expect
      .poll(async () => (await pixelsOf(canvas(CAKE))).digest)
      .not.toBe(before[0]!.digest);
    await views.picture("zoomed");
    await views.page.keyboard.press("0");
    await expect.poll(async () => (await pixelsOf(canvas(MANY))).digest).toBe(before[1]!.digest);
    await expect.poll(async () => (await pixelsOf(canvas(CAKE))).digest).toBe(before[0]!.digest);
  });

  it("takes the keyboard", async () => {
    await views.view(CAKE).locator(".cakelab-raster").first().focus();
    await views.page.keyboard.press("Escape");
    expect(await readoutOf(views.view(CAKE))).toBe("");
    for (const key of ["ArrowUp", "Shift+ArrowLeft"]) await views.page.keyboard.press(key);
    const [before, after] = [await readoutOf(views.view(CAKE)), "ArrowDown"];
    expect(before).toContain("cake 18");
    await views.page.keyboard.press(after);
    expect(await readoutOf(views.view(CAKE))).toContain("cake 19");
    await views.view(FEW).locator(".cakelab-raster").focus();
    await views.page.keyboard.press("ArrowDown");
    await views.page.keyboard.press("ArrowDown");
    const last = await readoutOf(views.view(FEW));
    expect(last).toMatch(/Å {2}c: I/);
    await views.page.keyboard.press("ArrowRight");
    expect(await readoutOf(views.view(FEW))).not.toBe(last);
  });

  it("follows levels and scale, in all views of a model and in the kernel", async () => {
    const [one, two] = [await pixelsOf(canvas(CAKE)), await pixelsOf(canvas(AGAIN))];
    expect(two.digest).toBe(one.digest);
    await views.view(CAKE).getByLabel("scale").selectOption("asinh");
    await expect.poll(async () => (await pixelsOf(canvas(AGAIN))).digest).not.toBe(two.digest);
    await views.view(AGAIN).getByLabel("to", { exact: true }).fill("100");
    await views.page.keyboard.press("Enter");
    const from = views.view(CAKE).getByLabel("to", { exact: true });
    await expect.poll(() => from.inputValue()).toBe("100");
    const three = await pixelsOf(canvas(FEW));
    await views.view(FEW).getByLabel("scale").selectOption("log");
    await expect.poll(async () => (await pixelsOf(canvas(FEW))).digest).not.toBe(three.digest);
    const ticks = views.view(FEW).locator(".ytick text");
    await expect
      .poll(() => ticks.allTextContents())
      .toEqual(["5", "10", "20", "50", "100", "200", "500", "1000"]);
  });

  it("hides and shows lines, and writes them", async () => {
    const view = views.view(FEW);
    const before = await pixelsOf(canvas(FEW));
    await view.getByRole("button", { name: "c", exact: true }).click();
    await expect.poll(async () => (await pixelsOf(canvas(FEW))).digest).not.toBe(before.digest);
    const [file] = await Promise.all([
      views.page.waitForEvent("download"),
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
      views.page.waitForEvent("download"),
      view.getByRole("button", { name: "PNG" }).click(),
    ]);
    await views.keep(picture, "lineouts.png");
    const bytes = await readFile((await picture.path())!);
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    expect(bytes.length).toBeGreaterThan(10_000);
    await view.getByRole("button", { name: "all", exact: true }).click();
    await expect.poll(async () => (await pixelsOf(canvas(FEW))).digest).toBe(before.digest);
  });

  it("shows titles and labels as they are", async () => {
    await views.view(CAKE).getByText(HOSTILE).waitFor();
    await views.view(FEW).getByText(HOSTILE).first().waitFor();
    await views.view(FEW).getByText("<i>a mark</i>").waitFor();
    expect(await views.page.evaluate(() => "hacked" in window)).toBe(false);
    expect(await views.page.locator('img[src="x"]').count()).toBe(0);
  });

  it("is readable on a dark page", async () => {
    const light = await pixelsOf(canvas(FEW));
    await views.command("apputils:change-theme", { theme: "JupyterLab Dark" });
    await expect.poll(async () => (await pixelsOf(canvas(FEW))).digest).not.toBe(light.digest);
    const tick = views.view(CAKE).locator(".xtick text").first();
    await expect
      .poll(() => tick.evaluate((e) => getComputedStyle(e).fill))
      .toMatch(/^rgba?\(255, 255, 255/);
    await views.picture("dark");
    await views.command("apputils:change-theme", { theme: "JupyterLab Light" });
    await expect.poll(async () => (await pixelsOf(canvas(FEW))).digest).toBe(light.digest);
  });

  it("fits a narrower page", async () => {
    const { width } = await pixelsOf(canvas(CAKE));
    await views.page.setViewportSize({ width: 700, height: 4000 });
    await expect.poll(async () => (await pixelsOf(canvas(CAKE))).width).toBeLessThan(width - 50);
    await views.picture("narrow");
    await views.page.setViewportSize({ width: 1100, height: 4000 });
    await expect.poll(async () => (await pixelsOf(canvas(CAKE))).width).toBe(width);
  });

  it("frees what it held when its output is cleared", async () => {
    const held = await views.view(AGAIN).elementHandle();
    const canvases = await held!.$$("canvas");
    await views.page
      .locator(".jp-Cell")
      .nth(6)
      .click({ position: { x: 20, y: 5 } });
    await views.command("notebook:clear-cell-output");
    await expect.poll(() => views.page.locator(".cakelab-view").count()).toBe(5);
    for (const one of canvases) {
      expect(await one.evaluate((e) => (e as HTMLCanvasElement).width)).toBe(0);
    }
    expect(await held!.evaluate((e) => e.querySelectorAll(".main-svg").length)).toBe(0);
    expect((await pixelsOf(canvas(CAKE))).colors).toBeGreaterThan(50);
  });
});
