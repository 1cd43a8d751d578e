import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { AzimuthalIntegrator, detector, parsePoni } from "../../src/index.js";
import { busyness } from "../browser/busy-machine.js";
import { describeViews } from "./describe-views.js";
import { type CanvasPixels, pixelsOf } from "./notebook-views.js";

const GEOMETRY = {
  ...{ dist: 0.25, poni1: 0.1, poni2: 0.11, rot1: 0.1, rot2: -0.05, rot3: 0.3 },
  wavelength: 2e-11,
};
const CELLS = [
  `import { AzimuthalIntegrator, detector } from "cakelab";
import { simulatePowder } from "cakelab/simulate";
import { display, LiveCake } from "cakelab/widgets";
const setup = {
  ...${JSON.stringify(GEOMETRY)},
  detector: detector({ pixel1: 2e-4, pixel2: 2e-4, shape: [1024, 1024] }),
};
const image = simulatePowder({
  ...setup, phases: [{ lattice: "CeO2", fwhm: 0.06 }], background: { flat: 9 },
});`,
  `const live = new LiveCake(image, new AzimuthalIntegrator(setup), {
  nptRad: 1000, nptAzim: 36, unit: "2th_deg", rings: "CeO2", scale: "log", title: "Live",
});
live`,
];

const ai = new AzimuthalIntegrator({
  ...GEOMETRY,
  detector: detector({ pixel1: 2e-4, pixel2: 2e-4, shape: [1024, 1024] }),
});

describeViews("LiveCake", CELLS, (views) => {
  const root = (n = 0) => views.view(n).locator("[data-frame]");
  const cakeOf = (n = 0) => pixelsOf(views.view(n).locator(".cakelab-live-cake"));
  const frame = async (n = 0) => Number(await root(n).getAttribute("data-frame"));
  const exact = () => expect.poll(() => root().getAttribute("data-exact")).toBe("true");
  const slider = (name: string) => views.view(0).getByRole("slider", { name, exact: true });
  const handle = (name: string) => views.view(0).locator(`[data-handle="${name}"]`);
  const dist = async () => Number(await views.run("console.log(live.ai.getFit2d().directDist)"));
  const changed = async (before: CanvasPixels) => {
    await expect.poll(async () => (await cakeOf()).digest).not.toBe(before.digest);
    await exact();
  };

  it("draws image, cake and lineout", async () => {
    await expect.poll(() => frame()).toBeGreaterThan(1);
    await exact();
    expect(await root().getAttribute("data-engine")).toMatch(/^(webgpu|webgl2|webasm|js)$/);
    expect((await cakeOf()).colors).toBeGreaterThan(100);
    for (const canvas of [".cakelab-live-image canvas >> nth=0", ".cakelab-live-lineout"]) {
      expect((await pixelsOf(views.view(0).locator(canvas))).colors).toBeGreaterThan(20);
    }
    await views.picture("live-cake");
  });

  it("has a slider and a field for everything", async () => {
    for (const name of [
      ...["distance", "centre x", "centre y", "tilt", "tilt direction", "wavelength", "cakes"],
      ...["first azimuth", "azimuth range", "radial range from", "radial range to"],
      ...["polarization", "mask above"],
    ]) {
      expect(await slider(name).count(), name).toBe(1);
    }
    expect(await views.view(0).getByRole("textbox").count()).toBeGreaterThanOrEqual(13);
  });

  it("shows at rest what the kernel integrates, to 1e-5", async () => {
    const canvas = views.view(0).locator(".cakelab-live-cake");
    const box = (await canvas.boundingBox())!;
    const readout = views.view(0).locator(".cakelab-readout");
    const seen: { radial: number; chi: number; intensity: number }[] = [];
    for (const [x, y] of [
      [0.3, 0.5],
      [0.2, 0.2],
      [0.5, 0.6],
      [0.41, 0.33],
    ] as const) {
      await views.page.mouse.move(box.x + x * box.width, box.y + y * box.height);
      const words = await readout.innerText();
      const number = (name: string) => Number(new RegExp(`${name} ([−-]?[\\d.]+)`).exec(words)![1]);
      seen.push({ radial: number("2θ"), chi: number("χ"), intensity: number("I") });
    }
    const told = await views.run(`const cake = await live.result();
const nearest = (values, at) => values.reduce((best, v, i) => Math.abs(v - at) < Math.abs(values[best] - at) ? i : best, 0);
console.log(JSON.stringify(${JSON.stringify(seen)}.map(({ radial, chi }) => cake.intensity[nearest(cake.azimuthal, chi) * 1000 + nearest(cake.radial, radial)])))`);
    for (const [i, value] of (JSON.parse(told) as number[]).entries()) {
      expect(Math.abs(seen[i]!.intensity / value - 1)).toBeLessThan(1e-5);
    }
  });

  /** Moves the distance's slider for some time, as a mouse does; what was drawn meanwhile. */
  const drag = (milliseconds: number) =>
    root().evaluate(async (element, time) => {
      const input = element.querySelector<HTMLInputElement>('[aria-label="distance"]')!;
      const canvas = element.querySelector<HTMLCanvasElement>(".cakelab-live-cake")!;
      const start = Number(input.value);
      const digests: number[] = [];
      const observer = new MutationObserver(() => {
        const { data } = canvas
          .getContext("2d")!
          .getImageData(60, 20, canvas.width - 80, Math.min(40, canvas.height - 60));
        let digest = 0;
        for (let i = 0; i < data.length; i += 4) digest = (Math.imul(digest, 31) + data[i]!) | 0;
        digests.push(digest);
      });
      observer.observe(element, { attributes: true, attributeFilter: ["data-frame"] });
      const first = Number(element.getAttribute("data-frame"));
      const begun = performance.now();
      for (let i = 1; performance.now() - begun < time; i++) {
        input.value = String(start * (1 + 0.03 * Math.sin(i / 7)));
        input.dispatchEvent(new Event("input", { bubbles: true }));
        await new Promise((resolve) => setTimeout(resolve, 12));
      }
      const seconds = (performance.now() - begun) / 1000;
      const frames = Number(element.getAttribute("data-frame")) - first;
      element.setAttribute("data-exact", "asked");
      input.dispatchEvent(new Event("change", { bubbles: true }));
      const rest = performance.now();
      while (element.getAttribute("data-exact") !== "true" && performance.now() - rest < 5000) {
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      observer.disconnect();
      const repeated = digests.filter((digest, i) => i > 0 && digest === digests[i - 1]).length;
      return { seconds, frames, repeated, untilExact: performance.now() - rest };
    }, milliseconds);

  it("draws twenty frames a second while it is dragged, each another one", {
    retry: 4,
  }, async () => {
    const before = busyness();
    const { seconds, frames, repeated, untilExact } = await drag(2000);
    const slower = Math.max(before, busyness());
    expect(frames / seconds).toBeGreaterThan(20 / slower);
    expect(repeated).toBeLessThan(0.05 * frames + 2);
    expect(untilExact).toBeLessThan(500 * slower);
  });

  it("needs no kernel while it is dragged", async () => {
    const busy = views.run("{ const end = Date.now() + 4000; while (Date.now() < end); }");
    await views.page.waitForTimeout(500);
    const { frames } = await drag(1000);
    expect(frames).toBeGreaterThan(3);
    await busy;
  });

  it("tells the kernel its geometry, and takes it from there", async () => {
    const field = views.view(0).getByLabel("distance in mm");
    let before = await cakeOf();
    await field.fill("270");
    await field.press("Enter");
    await changed(before);
    await expect.poll(dist).toBeCloseTo(270, 6);
    before = await cakeOf();
    await views.run("live.dist = 0.26; live.nptAzim = 12");
    await changed(before);
    expect(await slider("cakes").inputValue()).toBe("12");
    expect(Number(await field.inputValue())).toBeCloseTo(
      (1000 * 0.26) / Math.cos(GEOMETRY.rot1) / Math.cos(GEOMETRY.rot2),
      3,
    );
  });

  it("drags centre, distance, tilt, azimuth and ranges on the image; the kernel follows", async () => {
    for (const [name, script] of [
      ["centre", "live.ai.getFit2d().centerX"],
      ["distance", "live.ai.getFit2d().directDist"],
      ["tilt", "live.ai.getFit2d().tilt"],
      ["first azimuth", "live.azimuthRange?.[0]"],
      ["radial range to", "live.radialRange?.[1]"],
    ] as const) {
      const value = () => views.run(`console.log(${script})`);
      const [start, before] = [await value(), await cakeOf()];
      const box = (await handle(name).boundingBox())!;
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      await views.page.mouse.move(x, y);
      await views.page.mouse.down();
      for (let i = 1; i <= 5; i++) await views.page.mouse.move(x - 5 * i, y - 2 * i);
      await views.page.mouse.up();
      await changed(before);
      await expect.poll(value, { message: name }).not.toBe(start);
    }
  });

  it("moves by keys, and undoes and redoes by keys", async () => {
    const center = () => views.run("console.log(live.ai.getFit2d().centerY)");
    const start = Number(await center());
    await handle("centre").focus();
    await views.page.keyboard.press("ArrowDown");
    await expect.poll(async () => Number(await center())).toBeCloseTo(start + 0.25, 6);
    await handle("centre").focus();
    await views.page.keyboard.press("Control+z");
    await expect.poll(async () => Number(await center())).toBeCloseTo(start, 6);
    await handle("centre").focus();
    await views.page.keyboard.press("Control+Shift+z");
    await expect.poll(async () => Number(await center())).toBeCloseTo(start + 0.25, 6);
    const before = await slider("tilt").inputValue();
    await slider("tilt").focus();
    await views.page.keyboard.press("ArrowRight");
    expect(Number(await slider("tilt").inputValue())).toBeCloseTo(Number(before) + 0.02, 6);
    await views.view(0).getByRole("button", { name: "undo" }).click();
    await expect.poll(() => slider("tilt").inputValue()).toBe(before);
  });

  it("masks what is drawn with the shift key, as the kernel does", async () => {
    const image = views.view(0).locator(".cakelab-live-image");
    const box = (await image.boundingBox())!;
    const before = await cakeOf();
    await views.page.keyboard.down("Shift");
    await views.page.mouse.move(box.x + 0.1 * box.width, box.y + 0.7 * box.height);
    await views.page.mouse.down();
    await views.page.mouse.move(box.x + 0.3 * box.width, box.y + 0.9 * box.height);
    await views.page.mouse.up();
    await views.page.keyboard.up("Shift");
    await changed(before);
    const masked = "console.log((await live.result()).provenance.maskedPixels)";
    expect(Number(await views.run(masked))).toBeGreaterThan(30_000);
    await views.view(0).getByRole("button", { name: "no mask by hand" }).click();
    await expect.poll(() => views.run("console.log(live.maskRegions.length)")).toBe("0");
    expect(await views.run(masked)).toBe("0");
  });

  it("saves the geometry, on the page and in the kernel", async () => {
    const waiting = views.page.waitForEvent("download");
    await views.view(0).getByRole("button", { name: "save .poni" }).click();
    const path = await (await waiting).path();
    const saved = parsePoni(readFileSync(path, "utf8"), path);
    const told = await views.run(
      'await live.save("live.poni"); console.log(JSON.stringify([live.dist, live.poni1, live.rot3]))',
    );
    expect(JSON.parse(told)).toEqual([saved.dist, saved.poni1, saved.rot3]);
    expect(saved.rot3).toBe(ai.rot3);
  });

  it("shows one model twice, and gives workers back with each view", async () => {
    const workers = views.page.workers().length;
    await views.run("display(live)");
    await root(1).waitFor();
    await expect.poll(() => frame(1)).toBeGreaterThan(1);
    expect(views.page.workers().length).toBeGreaterThan(workers);
    const before = await cakeOf(1);
    await views.run("live.ai = new AzimuthalIntegrator({ ...setup, dist: 0.3 })");
    await expect.poll(async () => (await cakeOf(1)).digest).not.toBe(before.digest);
    await views.run("live.close()");
    await expect.poll(() => views.page.workers().length).toBe(0);
  });
});
