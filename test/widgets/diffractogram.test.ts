import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import { describeViews } from "./describe-views.js";
import { pixelsOf, pointAt, readoutOf } from "./notebook-views.js";

const SIDE = 512;

// A powder that is pulled along x: a detector gives its images when the test says so.
const CELLS = [
  `import { AzimuthalIntegrator, detector } from "cakelab";
import { simulatePowder } from "cakelab/simulate";
import { Diffractogram } from "cakelab/widgets";
const setup = {
  dist: 0.25, poni1: 0.0512, poni2: 0.0512, wavelength: 2e-11,
  detector: detector({ pixel1: 2e-4, pixel2: 2e-4, shape: [${SIDE}, ${SIDE}] }),
};
const images = Array.from({ length: 6 }, (_, i) => simulatePowder({
  ...setup, phases: [{ lattice: "CeO2", fwhm: 0.12, strain: { e11: -3e-4 * i, e22: 1e-3 * i } }],
  background: { flat: 9 }, seed: i + 1, polarizationFactor: null,
}));
const waiting: number[] = [];
let wake = () => {};
let given = 0;
const put = (count: number) => { for (let i = 0; i < count; i++) waiting.push(given++); wake(); };
async function* camera() {
  for (;;) {
    while (waiting.length > 0) {
      const index = waiting.shift()!;
      yield { ...images[index % 6]!, index, number: index, source: \`pull/frame_\${index}.tif\`, timestamp: 1.7e9 + index };
    }
    await new Promise<void>((resolve) => { wake = resolve; });
  }
}`,
  `const view = new Diffractogram(camera(), {
  ai: new AzimuthalIntegrator(setup), unit: "2th_deg", npt: 600, scale: "log", title: "Pulled",
  ranges: [[-15, 15, 3, 16], [30, 60, 3, 16], [75, 105, 3, 16]],
});
view`,
];

describeViews("Diffractogram", CELLS, (views) => {
  const one = (): Locator => views.view(0);
  const image = (): Locator => one().locator("canvas").first();
  const curves = (): Locator =>
    one()
      .getByRole("application", { name: /^diffractograms/ })
      .locator("canvas")
      .first();
  const picture = async (canvas = image()) => (await pixelsOf(canvas)).digest;
  const changed = (before: number, canvas = image()) =>
    expect.poll(() => picture(canvas)).not.toBe(before);
  const frame = async () => Number(await one().locator("[data-frame]").getAttribute("data-frame"));
  const kernel = async (code: string): Promise<unknown> =>
    JSON.parse(await views.run(`console.log(JSON.stringify(${code}))`));
  const button = (name: string) => one().getByRole("button", { name, exact: true });

  it("draws the image with its sectors, and a diffractogram of each", async () => {
    await one().getByText("waiting for frames").waitFor();
    await views.run("put(1)");
    await expect.poll(async () => (await pixelsOf(image())).colors).toBeGreaterThan(50);
    await expect.poll(async () => (await pixelsOf(curves())).colors).toBeGreaterThan(10);
    await one().getByText("frame_0.tif").first().waitFor();
    await one().locator(".xtick text", { hasText: /^14$/ }).first().waitFor();
    const { height } = views.page.viewportSize()!;
    await views.page.setViewportSize({ width: 1700, height });
    const beside = async () => (await curves().boundingBox())!.x - (await image().boundingBox())!.x;
    await expect.poll(beside).toBeGreaterThan(300);
    await views.picture("diffractogram");
  });

  it("tells what is under the cursor", async () => {
    await pointAt(views.page, image(), 255.5 / SIDE, 400.5 / SIDE);
    const text = () => readoutOf(one());
    expect(await text()).toMatch(/^row 400 {2}column 255 {2}I \d+ {2}2θ 6\.5/);
    await pointAt(views.page, curves(), 0.5, 0.5);
    const below = one().locator(".cakelab-readout").nth(2);
    expect(await below.innerText()).toMatch(/2θ 9\.\d+° .*range 1: [\d.]+ {2}range 2: /);
  });

  it("grows while frames come, stops, and steps", async () => {
    const before = await picture();
    await views.run("put(3)");
    await changed(before);
    await one().getByText("frame_3.tif").first().waitFor();
    await button("Stop").click();
    await one().getByText("Stopped.").waitFor();
    await views.run("put(2)");
    await button("Next").click();
    await one().getByText("frame_4.tif").first().waitFor();
    expect(await one().getByText("frame_5.tif").count()).toBe(0);
    await button("Show").click();
    await one().getByText("frame_5.tif").first().waitFor();
  });

  it("fits a peak that is clicked, from the next frame on, and plots its strain", async () => {
    await button("Freeze").click();
    await one().getByRole("button", { name: "frozen 3" }).waitFor();
    const box = (await curves().boundingBox())!;
    const places = JSON.parse(
      await views.run("console.log(JSON.stringify(view.results!.peaks_1![0]))"),
    ) as number[];
    const at = places[0]!;
    const x = box.x + ((at + 0.01 - 3) / 13) * box.width;
    await views.page.mouse.click(x, box.y + box.height - 12);
    const fits = one().getByRole("table", { name: "fits" });
    await expect.poll(() => kernel("view.tracked.length")).toBe(1);
    expect(await kernel("view.tracked[0].position")).toBeCloseTo(at, 1);
    await views.run("put(1)");
    await expect.poll(() => fits.innerText()).toMatch(/± 0\.0/);
    await button("d₀ = now").click();
    await expect.poll(() => kernel("view.tracked[0].d0")).toBeCloseTo(3.12, 1);
    await views.run("put(5)");
    await one().getByText("frame_11.tif").first().waitFor();
    await one().getByLabel("over time").selectOption("strain");
    await one()
      .getByText(/^largest/)
      .waitFor();
    await views.picture("diffractogram-strain");
    const largest = await one()
      .getByText(/^largest/)
      .innerText();
    // Pulled by 5e-3 along x, 1.5e-3 less along y, since the frame of d₀.
    expect(Number(/largest ([\d.]+)/.exec(largest)![1])).toBeGreaterThan(4200);
    expect(await fits.getByRole("row").count()).toBe(4);
  });

  it("keeps a heat map of each range", async () => {
    await one().getByLabel("buffering").check();
    await button("Collect").click();
    await expect.poll(() => kernel("view.collect")).toBe(true);
    await views.run("put(12)");
    await one().getByText("frame_23.tif").first().waitFor();
    await one().getByLabel("main plot").selectOption("buffer 1");
    const heat = () =>
      one()
        .getByRole("application", { name: /^heat map/ })
        .locator("canvas")
        .first();
    await expect.poll(async () => (await pixelsOf(heat())).colors).toBeGreaterThan(20);
    await pointAt(views.page, heat(), 0.5, 0.5);
    expect(await one().locator(".cakelab-readout").nth(1).innerText()).toMatch(
      /^row [567] {2}2θ 7\.\d+° .* I [\d.]+ {2}2023-11-1\d/,
    );
    const before = await picture(heat());
    await views.run("put(4)");
    await changed(before, heat());
    await views.picture("diffractogram-heat");
    await button("Reset").click();
    await one().getByText("The buffer is empty").waitFor();
    await button("Stop collecting").click();
    await one().getByLabel("main plot").selectOption("image");
    await expect.poll(() => image().isVisible()).toBe(true);
  });

  it("takes ranges, units and points", async () => {
    await one().getByText("Settings").click();
    await one().getByRole("button", { name: "add a range" }).click();
    await expect.poll(() => kernel("view.ranges.length")).toBe(4);
    expect(await kernel("view.ranges[3]")).toEqual([165, 195, 3, 16]);
    const from = one().getByLabel("range 4 2θ from");
    await from.fill("");
    await views.page.keyboard.press("Enter");
    await expect.poll(() => kernel("view.ranges[3][2]")).toBe(null);
    await one().getByRole("button", { name: "range 4", exact: true }).waitFor();
    await views.picture("diffractogram-settings");
    await one().getByLabel("unit").selectOption("q_A^-1");
    await expect.poll(() => kernel("view.patterns[0].unit")).toBe("q_A^-1");
    await one().locator(".xtitle", { hasText: "q / Å⁻¹" }).first().waitFor();
    // q = 2π/d.
    expect(await kernel("view.tracked[0].position")).toBeCloseTo((2 * Math.PI) / 3.12, 1);
    const to = one().getByLabel("range 4 azimuth to");
    await to.fill("165");
    await views.page.keyboard.press("Enter");
    await expect.poll(() => to.getAttribute("title")).toContain("no sector");
    expect(await kernel("view.ranges[3][1]")).toBe(195);
  });

  it("moves the beam with a double click, and back", async () => {
    const center = async () => (await kernel("view.ai!.getFit2d()")) as { centerX: number };
    const { centerX } = await center();
    const before = await picture(curves());
    await pointAt(views.page, image(), 300.5 / SIDE, 255.5 / SIDE);
    const box = (await image().boundingBox())!;
    await views.page.mouse.dblclick(box.x + (300.5 / SIDE) * box.width, box.y + box.height / 2);
    await expect.poll(async () => (await center()).centerX).toBeCloseTo(300.5, -1);
    await changed(before, curves());
    await button("undo move").click();
    await expect.poll(async () => (await center()).centerX).toBeCloseTo(centerX, 6);
  });

  it("is readable on a dark page", async () => {
    await views.command("apputils:change-theme", { theme: "JupyterLab Dark" });
    const tick = one().locator(".xtick text").first();
    const fill = () => tick.evaluate((element) => getComputedStyle(element).fill);
    await expect.poll(fill).toMatch(/^rgba?\(255, 255, 255/);
    await views.page.waitForTimeout(300);
    await views.picture("diffractogram-dark");
  });

  it("asks for no more frames than it draws, and ends with its closing", async () => {
    const before = await frame();
    await views.run("put(60)");
    await one().getByText("frame_87.tif").first().waitFor();
    expect(Number(await kernel("view.get('is_running')"))).toBe(1);
    expect((await frame()) - before).toBeLessThanOrEqual(61);
    await views.run("view.close()");
    await expect.poll(() => views.page.locator(".cakelab-view").count()).toBe(0);
  });
});
