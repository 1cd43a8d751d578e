import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import { AzimuthalIntegrator, detector } from "../../src/index.js";
import { simulatePowder } from "../../src/simulate/index.js";
import { describeViews } from "./describe-views.js";
import { type CanvasPixels, pixelsOf } from "./notebook-views.js";

const SHAPE: [number, number] = [500, 550];
const GEOMETRY = {
  ...{ dist: 0.25, poni1: 0.1, poni2: 0.11, rot1: 0.1, rot2: -0.05, rot3: 0.3 },
  wavelength: 2e-11,
};
const PIXEL = 4e-4;
const setup = { ...GEOMETRY, detector: detector({ pixel1: PIXEL, pixel2: PIXEL, shape: SHAPE }) };
const ai = new AzimuthalIntegrator(setup);
const image = simulatePowder({
  ...setup,
  phases: [{ lattice: "CeO2", fwhm: 0.1 }],
  background: { flat: 9 },
});
const HOSTILE = `<b>A title</b> <img src=x onerror="document.title='taken'">`;

const CELLS = [
  `import { AzimuthalIntegrator, detector } from "cakelab";
import { simulatePowder } from "cakelab/simulate";
import { ImageView } from "cakelab/widgets";
const setup = {
  ...${JSON.stringify(GEOMETRY)},
  detector: detector({ pixel1: ${PIXEL}, pixel2: ${PIXEL}, shape: [${SHAPE}] }),
};
const ai = new AzimuthalIntegrator(setup);
const image = simulatePowder({
  ...setup, phases: [{ lattice: "CeO2", fwhm: 0.1 }], background: { flat: 9 },
});
const mask = { data: new Uint8Array(image.data.length), shape: image.shape };
mask.data[3] = 1;`,
  `const view = new ImageView(image, {
  ai, mask, cakes: { cakes: 12 }, rings: "CeO2", scale: "log", title: ${JSON.stringify(HOSTILE)}, height: 420,
});
view`,
];

describeViews("ImageView", CELLS, (views) => {
  /** Where a pixel is on the page. */
  async function placeOf(row: number, column: number): Promise<[x: number, y: number]> {
    return views.page.evaluate(
      ([r, c, rows, columns]) => {
        const canvas = document.querySelector(".cakelab-view .cakelab-raster canvas")!;
        const box = canvas.getBoundingClientRect();
        const at = (index: number, count: number, length: number) =>
          ((index + 0.5) / count) * length;
        return [box.left + at(c, columns, box.width), box.top + at(r, rows, box.height)];
      },
      [row, column, ...SHAPE] as const,
    );
  }
  const pictureOf = (view: Locator) => pixelsOf(view.locator(".cakelab-raster canvas").first());
  const readout = () => views.view(0).locator(".cakelab-readout").innerText();
  const changed = async (before: CanvasPixels) =>
    expect.poll(async () => (await pictureOf(views.view(0))).digest).not.toBe(before.digest);

  it("draws the image, its rings and its cakes", async () => {
    await expect.poll(async () => (await pictureOf(views.view(0))).colors).toBeGreaterThan(100);
    const words = await views.view(0).locator(".cakelab-axes").innerText();
    for (const text of ["column / pixel", "intensity / counts", "220", "12", "N", "W"]) {
      expect(words.split("\n")).toContain(text);
    }
    await views.picture("image-view");
  });

  it("tells what lies under the cursor", async () => {
    for (const [row, column] of [
      [100, 200],
      [321, 54],
      [0, 3],
    ] as const) {
      await views.page.mouse.move(...(await placeOf(row, column)));
      await expect.poll(readout).toContain(`row ${row}`);
      const words = await readout();
      const at = row * SHAPE[1] + column;
      expect(words).toContain(`column ${column}`);
      expect(words).toContain(`I ${image.data[at]}${at === 3 ? " (masked)" : " "}`);
      const number = (name: string) => Number(new RegExp(`${name} (-?[\\d.]+)`).exec(words)![1]);
      expect(number("2θ")).toBeCloseTo(ai.centerArray("2th_deg").data[at]!, 3);
      expect(number("q")).toBeCloseTo(ai.centerArray("q_A^-1").data[at]!, 3);
      expect(number("χ")).toBeCloseTo((ai.chiArray().data[at]! * 180) / Math.PI, 1);
      expect(number("d")).toBeCloseTo((2 * Math.PI) / ai.centerArray("q_A^-1").data[at]!, 2);
    }
  });

  it("shows other levels, scales and colours, and tells the kernel", async () => {
    const view = views.view(0);
    let before = await pictureOf(view);
    await view.getByLabel("levels").selectOption("all");
    await changed(before);
    before = await pictureOf(view);
    await view.getByLabel("to", { exact: true }).fill("30");
    await view.getByLabel("to", { exact: true }).press("Enter");
    await changed(before);
    before = await pictureOf(view);
    await view.getByLabel("scale").selectOption("sqrt");
    await changed(before);
    before = await pictureOf(view);
    await view.getByLabel("colours").selectOption("cividis");
    await changed(before);
    const told = await views.run("console.log(view.scale, view.colormap, view.limits)");
    expect(told).toMatch(/^sqrt cividis \[ 1, 30 \]/);
    before = await pictureOf(view);
    await views.run('view.scale = "asinh"');
    await changed(before);
    expect(await view.getByLabel("scale").inputValue()).toBe("asinh");
  });

  it("zooms with the wheel and the keys, and shows all again", async () => {
    const view = views.view(0);
    const whole = await pictureOf(view);
    await views.page.mouse.move(...(await placeOf(250, 250)));
    await views.page.mouse.wheel(0, -300);
    await changed(whole);
    await view.locator(".cakelab-raster").focus();
    await views.page.keyboard.press("0");
    await expect.poll(async () => (await pictureOf(view)).digest).toBe(whole.digest);
    await views.page.keyboard.press("+");
    await changed(whole);
    await view.getByRole("button", { name: "reset", exact: true }).click();
    await expect.poll(async () => (await pictureOf(view)).digest).toBe(whole.digest);
  });

  it("moves its cursor with the arrow keys, and takes a pixel with Enter or a click", async () => {
    await views.view(0).locator(".cakelab-raster").focus();
    await views.page.keyboard.press("Escape");
    for (const key of ["ArrowRight", "ArrowRight", "ArrowUp", "Shift+ArrowDown", "Enter"]) {
      await views.page.keyboard.press(key);
    }
    expect(await readout()).toMatch(/^row 259\s+column 277/);
    expect(await views.run("console.log(view.picked)")).toBe("[ 259, 277 ]");
    await views.page.mouse.click(...(await placeOf(20, 30)));
    await expect.poll(() => views.run("console.log(view.picked)")).toBe("[ 20, 30 ]");
  });

  it("draws regions by numbers and with the mouse", async () => {
    const view = views.view(0);
    await view.locator("summary").click();
    await view.getByRole("button", { name: "add a rectangle" }).click();
    await expect.poll(() => view.locator(".cakelab-axes .shapelayer path").count()).toBe(1);
    await view.getByLabel("row from").fill("10");
    await view.getByLabel("row from").press("Enter");
    await expect.poll(() => view.locator(".cakelab-regions").innerText()).toContain("mean");
    await expect
      .poll(() => views.run("console.log(JSON.stringify(view.regions[0].points))"))
      .toBe("[[10,220],[300,330]]");
    const sum = { pixels: 0, total: 0 };
    for (let row = 10; row <= 300; row++) {
      for (let column = 220; column <= 330; column++) {
        sum.pixels++;
        sum.total += image.data[row * SHAPE[1] + column]!;
      }
    }
    const words = await view.locator(".cakelab-regions").innerText();
    expect(words).toContain(`${sum.pixels} pixels`);
    expect(words).toContain(`mean ${Number((sum.total / sum.pixels).toPrecision(6))}`);
    await view.locator(".cakelab-raster").hover();
    await view.locator('[data-title="Draw rectangle"]').click();
    const [x, y] = await placeOf(400, 100);
    await views.page.mouse.move(x, y);
    await views.page.mouse.down();
    await views.page.mouse.move(x + 60, y + 20, { steps: 4 });
    await views.page.mouse.up();
    await expect.poll(() => views.run("console.log(view.regions.length)")).toBe("2");
    expect(await views.run("console.log(view.regions[1].shape)")).toBe("rectangle");
    await views.picture("image-view-regions");
  });

  it("writes a hostile title as text", async () => {
    expect(await views.view(0).locator(".cakelab-title").innerText()).toBe(HOSTILE);
    expect(await views.view(0).locator(".cakelab-title *").count()).toBe(0);
    expect(await views.page.title()).not.toBe("taken");
  });

  it("follows the dark theme", async () => {
    const ink = () =>
      views
        .view(0)
        .locator(".cakelab-axes .xtitle")
        .evaluate((text) => getComputedStyle(text).fill);
    const light = await ink();
    await views.command("apputils:change-theme", { theme: "JupyterLab Dark" });
    await expect.poll(ink).not.toBe(light);
    const [red] = /\d+/.exec(await ink())!;
    expect(Number(red)).toBeGreaterThan(180);
    await views.picture("image-view-dark");
    await views.command("apputils:change-theme", { theme: "JupyterLab Light" });
    await expect.poll(ink).toBe(light);
  });

  it("shows two views of one model alike, and other images", async () => {
    await views.run("void 0");
    await views.run("(await import('cakelab/widgets')).display(view)");
    const second = views.view(1);
    await expect.poll(async () => (await pictureOf(second)).colors).toBeGreaterThan(100);
    await second.getByLabel("colours").selectOption("grey");
    await expect.poll(() => views.view(0).getByLabel("colours").inputValue()).toBe("grey");
    const before = await pictureOf(second);
    await views.run(
      "view.image = { data: image.data.map((value) => 30 - value), shape: image.shape }",
    );
    await expect.poll(async () => (await pictureOf(second)).digest).not.toBe(before.digest);
  });

  it("hides its still picture, and is there again after a reload", async () => {
    const stills = views.page.locator('.jp-OutputArea-output img[src^="data:image/png"]');
    expect(await stills.count()).toBeGreaterThan(0);
    for (const still of await stills.all()) expect(await still.isVisible()).toBe(false);
    // The still follows what the user has changed when that has rested.
    const first = await stills.first().getAttribute("src");
    await views.view(0).getByLabel("scale").selectOption("linear");
    await expect.poll(() => stills.first().getAttribute("src")).not.toBe(first);
    await views.command("docmanager:save");
    await views.reload();
    await views.view(0).waitFor();
    await expect.poll(async () => (await pictureOf(views.view(0))).colors).toBeGreaterThan(100);
  });

  it("is gone when it is closed", async () => {
    await views.run("view.close()");
    await expect.poll(() => views.page.locator(".cakelab-raster").count()).toBe(0);
  });

  it("leaves its picture to those who have no kernel", async () => {
    await views.page.locator('.jp-OutputArea-output img[src^="data:image/png"]').first().waitFor();
    await views.picture("image-view-still");
  });
});
