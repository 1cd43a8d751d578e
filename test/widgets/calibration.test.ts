import { expect, it } from "vitest";
import { describeViews } from "./describe-views.js";
import { pixelsOf } from "./notebook-views.js";

const TRUTH = { dist: 0.12, poni1: 0.0262, poni2: 0.0291, rot1: 0.01, rot2: -0.02 };

const CELLS = [
  `import { detector, load } from "cakelab";
import { simulatePowder } from "cakelab/simulate";
import { Calibration } from "cakelab/widgets";
const truth = ${JSON.stringify(TRUTH)};
const frame = detector({ pixel1: 1e-4, shape: [560, 540] });
const image = simulatePowder({
  ...truth, wavelength: 4e-11, detector: frame, seed: 3,
  phases: [{ lattice: "CeO2", counts: 800, fwhm: 0.13 }],
  background: { flat: 30 }, polarizationFactor: null,
});
const calibration = new Calibration(image, {
  calibrant: "CeO2", wavelength: 4e-11, detector: frame, polarizationFactor: null, file: "own.poni",
});
const off = (ai = calibration.ai) => Math.hypot(
  (ai.dist - truth.dist) / 1e-4, (ai.poni1 - truth.poni1) / 1e-4, (ai.poni2 - truth.poni2) / 1e-4,
);`,
  "calibration",
];

describeViews("Calibration", CELLS, (views) => {
  const view = () => views.view(0);
  const plots = () => view().locator(".cakelab-raster");
  const layer = () => plots().first().locator("canvas").nth(1);
  const canvasOf = (plot: number) => plots().nth(plot).locator("canvas").first();
  const press = (name: string) => view().getByRole("button", { name, exact: true }).click();
  const off = (): Promise<number> => views.run("console.log(off())").then(Number);
  const isSettled = () =>
    expect
      .poll(() => view().getByRole("button", { name: "calibrate", exact: true }).isEnabled(), {
        timeout: 60_000,
      })
      .toBe(true);

  async function click(row: number, column: number): Promise<void> {
    const box = (await layer().boundingBox())!;
    await views.page.mouse.click(
      box.x + ((column + 0.5) / 540) * box.width,
      box.y + ((row + 0.5) / 560) * box.height,
    );
  }

  it("shows the image with rings of a guess over it, before anything is known", async () => {
    await expect.poll(async () => (await pixelsOf(layer())).colors).toBeGreaterThan(2);
    await view().getByText("SRM 674b").waitFor();
    expect(await view().getByLabel("calibrant").locator("option").count()).toBe(39);
    await views.picture("calibration-start");
  });

  it("finds the geometry by itself, and says how well it is known", async () => {
    await press("calibrate");
    await view().getByRole("table", { name: "parameters" }).waitFor({ timeout: 60_000 });
    await isSettled();
    expect(await off()).toBeLessThan(0.1);
    expect(await view().getByRole("table", { name: "parameters" }).innerText()).toMatch(
      /dist\s+1(19\.9|20\.0)\d+ mm\s+± 0\.0\d+ mm/,
    );
    await view().getByText("rings, one by one").click();
    expect(
      await view().getByRole("table", { name: "rings" }).locator("tr").count(),
    ).toBeGreaterThan(8);
    await expect.poll(async () => (await pixelsOf(canvasOf(1))).colors).toBeGreaterThan(20);
    await expect.poll(async () => (await pixelsOf(canvasOf(2))).colors).toBeGreaterThan(5);
    await views.page.mouse.move(5, 5);
    await views.picture("calibration-found");
  });

  it("moves the rings with a slider, at the screen's rate", async () => {
    const before = await pixelsOf(layer());
    const frames = await view().evaluate(async (element) => {
      const root = element.querySelector<HTMLElement>("[data-frame]")!;
      const slider = element.querySelector<HTMLInputElement>('input[aria-label="distance"]')!;
      const start = Number(slider.value);
      const first = Number(root.dataset.frame);
      const since = performance.now();
      let shown = 0;
      while (performance.now() - since < 1500) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        shown++;
        slider.value = String(start * (1 + 0.05 * Math.sin(shown / 20)));
        slider.dispatchEvent(new Event("input", { bubbles: true }));
      }
      const seconds = (performance.now() - since) / 1000;
      slider.value = String(start * 1.05);
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      slider.dispatchEvent(new Event("change", { bubbles: true }));
      return { shown, drawn: Number(root.dataset.frame) - first, seconds };
    });
    expect(frames.drawn).toBeGreaterThan(0.9 * frames.shown);
    await expect.poll(async () => (await pixelsOf(layer())).digest).not.toBe(before.digest);
    await expect
      .poll(() => views.run("console.log(calibration.dist / truth.dist)").then(Number))
      .toBeGreaterThan(1.045);
    await view().getByText("sliders have been moved since").waitFor();
    await views.picture("calibration-moved");
    await view().locator(".cakelab-raster").first().focus();
    await views.page.keyboard.press("Control+z");
    await expect.poll(off).toBeLessThan(0.1);
  });

  it("refines start values that are 10 % and 50 pixels off", async () => {
    await views.run(
      "calibration.set({ dist: 0.132, poni1: truth.poni1 + 35e-4, poni2: truth.poni2 - 35e-4, rot1: 0, rot2: 0 })",
    );
    await expect.poll(() => view().getByLabel("distance in mm").inputValue()).toBe("132");
    await press("refine");
    await isSettled();
    await expect.poll(off, { timeout: 60_000 }).toBeLessThan(0.1);
  });

  it("holds what is fixed", async () => {
    await view().getByLabel("tilt fixed").check();
    await view().getByLabel("tilt in °").fill("0");
    await view().getByLabel("tilt in °").press("Enter");
    await expect
      .poll(() => views.run("console.log(calibration.fix.join())"))
      .toBe("wavelength,rot1,rot2");
    await view().getByLabel("tilt direction fixed").uncheck();
    await expect.poll(() => views.run("console.log(calibration.fix.join())")).toBe("wavelength");
  });

  it("picks the rings that are clicked, and fits a geometry to their points", async () => {
    expect(await view().getByRole("button", { name: "fit points" }).isDisabled()).toBe(true);
    // Where rings 1 and 2 cross the row of the beam's centre.
    const places = await views.run(`console.log(JSON.stringify(calibration.result!.rings.slice(0, 3)
      .map(({ twoTheta }) => [(truth.poni1 + truth.dist * Math.tan(-0.02)) / 1e-4 - 0.5,
        (truth.poni2 - truth.dist * Math.tan(0.01) + truth.dist * Math.tan(twoTheta)) / 1e-4 - 0.5])))`);
    const rings = JSON.parse(places) as [number, number][];
    await views.run("calibration.set({ dist: 0.3, poni1: 0.01, poni2: 0.01, rot1: 0, rot2: 0 })");
    await click(...rings[0]!);
    await view().getByText("points of ring 1").waitFor();
    expect(await view().getByLabel("ring", { exact: true }).inputValue()).toBe("2");
    await press("fit points");
    await view().locator(".cakelab-failed", { hasText: "one ring" }).waitFor();
    await click(...rings[1]!);
    await view().getByText("points of ring 2").waitFor();
    await click(...rings[2]!);
    await view().getByText("points of ring 3").waitFor();
    await view().getByRole("button", { name: "ring 3: 60 ×" }).waitFor();
    await views.picture("calibration-points");
    await press("fit points");
    await view().getByText("fitted to the points").waitFor();
    expect(await off()).toBeLessThan(5);
    await views.run(
      "calibration.points = [...calibration.points, [calibration.points[0]![0] + 9, calibration.points[0]![1] + 9, 0]]",
    );
    await press("remove outliers");
    await view().getByText("1 outliers removed").waitFor();
    await press("remove last");
    await expect
      .poll(() => views.run("console.log(new Set(calibration.points.map((p) => p[2])).size)"))
      .toBe("2");
    expect(await view().getByLabel("ring", { exact: true }).inputValue()).toBe("3");
    await press("refine");
    await isSettled();
    await expect.poll(off, { timeout: 60_000 }).toBeLessThan(0.1);
  });

  it("picks with the keyboard, too, and says where there is nothing to pick", async () => {
    await press("remove all");
    await view().locator(".cakelab-raster").first().focus();
    await views.page.keyboard.press("ArrowLeft");
    await views.page.keyboard.press("Enter");
    await view().locator(".cakelab-failed", { hasText: "no ring is within" }).waitFor();
  });

  it("saves what load reads, and loads and refines it", async () => {
    await press("save .poni");
    await view().getByText("saved as own.poni").waitFor();
    expect(await views.run('console.log(off(await load("own.poni")))').then(Number)).toBeLessThan(
      0.1,
    );
    await views.run("calibration.dist = 0.2");
    await press("load .poni");
    await view().getByText("own.poni is shown").waitFor();
    await expect.poll(off).toBeLessThan(0.1);
    await press("write report");
    await view().getByText("report written as calibration.html").waitFor();
    await view().getByLabel("file of the geometry").fill("nowhere.poni");
    await press("load .poni");
    await view().locator(".cakelab-failed", { hasText: "nowhere.poni" }).waitFor();
  });

  it("says why it refuses", async () => {
    await view().getByLabel("calibrant").selectOption("LaB6");
    await view().getByText("SRM 660").waitFor();
    await press("calibrate");
    await view()
      .getByRole("alert")
      .filter({ hasText: /calibrant|crests/ })
      .waitFor({ timeout: 60_000 });
    await isSettled();
    await views.picture("calibration-refused");
    expect(await views.run("console.log(calibration.failure?.reason)")).toMatch(
      /wrong-calibrant|no-geometry/,
    );
  });

  it("refuses a blank image in the cell, too, and draws a still picture with rings", async () => {
    const told = await views.run(`const blank = new Calibration(
      { data: new Float32Array(560 * 540).fill(7), shape: [560, 540] },
      { calibrant: "CeO2", wavelength: 4e-11, detector: frame },
    );
    console.log(await blank.run().then(() => "found", (error) => error.reason), blank.failure?.reason,
      blank.svg.includes('stroke="#ff5c5c"'))`);
    expect(told).toBe("no-rings no-rings true");
  });

  it("is there again after a reload, cake and misfits too", async () => {
    await views.command("docmanager:save");
    await views.reload();
    await view().getByRole("table", { name: "parameters" }).waitFor();
    await expect.poll(async () => (await pixelsOf(canvasOf(0))).colors).toBeGreaterThan(20);
    await expect.poll(async () => (await pixelsOf(canvasOf(1))).colors).toBeGreaterThan(20);
    await expect.poll(async () => (await pixelsOf(canvasOf(2))).colors).toBeGreaterThan(5);
  });
});
