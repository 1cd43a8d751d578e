import { readFile } from "node:fs/promises";
import type { Locator } from "playwright-core";
import { expect, it } from "vitest";
import { describeViews } from "./describe-views.js";
import { pixelsOf, pointAt, readoutOf } from "./notebook-views.js";

const HOSTILE = "A <b>map</b> <img src=x onerror=\"document.title='taken'\">";
/** Points of each motor, and bins of a pattern. */
const [SIDE, BINS] = [41, 500];
/** Centres of the lines of a sample's two phases, in degrees. */
const [LEFT, RIGHT] = [4, 7];

// Two phases on the two halves of a disc, on a background; a scan that has 30 of its 41 lines.
const CELLS = [
  `import { ScanMap } from "cakelab/widgets";
const radial = Float64Array.from({ length: ${BINS} }, (_, i) => 2 + (i + 0.5) * 0.016);
const points = ${SIDE} * ${SIDE};
const patternOf = (point: number) => {
  const [y, x] = [Math.floor(point / ${SIDE}) - 20, (point % ${SIDE}) - 20];
  const isInside = Math.hypot(x, y) < 18;
  const line = (at: number, height: number) => radial.map((r) => height * Math.exp(-(((r - at) / 0.05) ** 2)));
  const one = line(${LEFT}, isInside && x < 0 ? 100 + 2 * y : 0);
  const two = line(${RIGHT}, isInside && x >= 0 ? 60 : 0);
  return one.map((value, i) => value + two[i] + 5 + 0.1 * Math.sin(37 * point + 11 * i));
};
const scan: any = {
  title: ${JSON.stringify(HOSTILE)},
  shape: [${SIDE}, ${SIDE}],
  slow: { name: "sy", unit: "mm", positions: Float64Array.from({ length: ${SIDE} }, (_, i) => 1 + 0.05 * i) },
  fast: { name: "sx", unit: "mm", positions: Float64Array.from({ length: ${SIDE} }, (_, i) => 2 - 0.05 * i) },
  radial, unit: "2th_deg",
  intensity: new Float32Array(points * ${BINS}).fill(NaN),
  pointer: new Int32Array(points).fill(-1),
  frames: points, framesDone: 0, isRunning: true, failed: [],
  listeners: new Set(),
  put(first: number, end: number) {
    for (let point = first; point < end; point++) {
      scan.intensity.set(patternOf(point), point * ${BINS});
      scan.pointer[point] = point + 7;
    }
    scan.framesDone = end;
    scan.isRunning = end < points;
    const news = Array.from({ length: end - first }, (_, i) => first + i);
    for (const hear of scan.listeners) hear({ framesDone: end, points: news, isRunning: scan.isRunning });
  },
  onUpdate(hear: any) { scan.listeners.add(hear); return () => scan.listeners.delete(hear); },
  async frame(index: number) {
    if (index === 7 + 100) throw new Error("frame_0107.tif is not there any more");
    const data = new Uint16Array(120 * 100).fill(3);
    data[50 * 100 + 40] = index;
    return { data, shape: [120, 100] };
  },
};
scan.put(0, 30 * ${SIDE});
scan.failed.push({ index: 3, message: "frame <i>3</i> is damaged" });
const view = new ScanMap(scan, { ranges: [[3.9, 4.1]], background: [5, 6] });
view`,
  "view",
];

describeViews("ScanMap", CELLS, (views) => {
  const one = (): Locator => views.view(0);
  const map = (view = one()): Locator => view.locator("canvas").first();
  const pattern = (): Locator => one().locator("canvas").nth(1);
  const picture = async () => (await pixelsOf(map())).digest;
  const changed = (before: number) => expect.poll(picture).not.toBe(before);
  const text = (): Promise<string> => readoutOf(one());
  const kernel = async (code: string): Promise<unknown> =>
    JSON.parse(await views.run(`console.log(JSON.stringify(${code}))`));
  /** Points at the middle of a point of the map; sx falls along the fast axis, so that 0 is at the right. */
  const pointAtPoint = (slow: number, fast: number) =>
    pointAt(views.page, map(), 1 - (fast + 0.5) / SIDE, 1 - (slow + 0.5) / SIDE);

  it("draws the map of a range, and tells its values", async () => {
    await expect.poll(async () => (await pixelsOf(map())).colors).toBeGreaterThan(20);
    expect((await pixelsOf(pattern())).colors).toBeGreaterThan(2);
    await pointAtPoint(12, 8);
    expect(await text()).toMatch(/^sy 1.6 mm {2}sx 1.6 mm {2}frame 507 {2}I /);
    const shown = Number(/I ([\d.]+)/.exec(await text())![1]);
    expect(shown).toBeCloseTo((await kernel("view.map.data[12 * 41 + 8]")) as number, 3);
    expect(shown).toBeGreaterThan(25);
    await pointAtPoint(35, 20);
    expect(await text()).toContain("no frame  I none");
    expect(await one().getByText("running: 1230 of 1681 frames, 1 failed").count()).toBe(1);
    await views.picture("scan");
  });

  it("maps a range that is dragged over the pattern, at once", async () => {
    const before = await picture();
    const box = (await pattern().boundingBox())!;
    const x = (value: number): number => box.x + ((value - 2) / (BINS * 0.016)) * box.width;
    const y = box.y + box.height / 3;
    await views.page.mouse.move(x(RIGHT - 0.1), y);
    await views.page.mouse.down();
    await views.page.mouse.move(x(RIGHT + 0.1), y, { steps: 4 });
    await changed(before);
    await views.page.mouse.up();
    const [[low, high]] = (await kernel("view.ranges")) as [[number, number]];
    expect(low).toBeCloseTo(RIGHT - 0.1, 1);
    expect(high).toBeCloseTo(RIGHT + 0.1, 1);
    await pointAtPoint(10, 30);
    expect(Number(/I ([\d.]+)/.exec(await text())![1])).toBeGreaterThan(20);
    // Its middle takes it elsewhere.
    const dragged = await picture();
    await views.page.mouse.move(x(RIGHT), y);
    await views.page.mouse.down();
    await views.page.mouse.move(x(LEFT), y, { steps: 4 });
    await views.page.mouse.up();
    await changed(dragged);
    const [[moved]] = (await kernel("view.ranges")) as [[number, number]];
    expect(moved).toBeCloseTo(low - (RIGHT - LEFT), 1);
  });

  it("takes ranges by number and by key", async () => {
    const from = one().getByRole("group", { name: "range", exact: true }).getByLabel("from");
    await from.fill("3.9");
    await views.page.keyboard.press("Enter");
    await expect.poll(() => kernel("view.ranges[0][0]")).toBe(3.9);
    const before = await picture();
    const handle = one().getByRole("slider", { name: "range from" });
    await handle.focus();
    await views.page.keyboard.press("Shift+ArrowLeft");
    await changed(before);
    const low = (await kernel("view.ranges[0][0]")) as number;
    expect(low).toBeCloseTo(3.9 - 0.16, 6);
    expect(Number(await handle.getAttribute("aria-valuenow"))).toBeCloseTo(low, 4);
  });

  it("shows the pattern and the detector image of a point that is clicked", async () => {
    const before = (await pixelsOf(pattern())).digest;
    await pointAtPoint(12, 30);
    await views.page.mouse.down();
    await views.page.mouse.up();
    expect(await kernel("view.picked")).toEqual([12, 30]);
    await expect.poll(async () => (await pixelsOf(pattern())).digest).not.toBe(before);
    const image = one().locator(".cakelab-scan-frame");
    await image.getByText("Frame 529", { exact: true }).waitFor();
    await pointAt(views.page, image.locator("canvas").first(), 40.5 / 100, 50.5 / 120);
    await expect.poll(() => readoutOf(image)).toBe("row 50  column 40  I 529");
    await views.picture("scan-picked");
    // Point 100 has a frame that cannot be read.
    await pointAtPoint(2, 18);
    await views.page.mouse.down();
    await views.page.mouse.up();
    await image.getByText("Frame 107 cannot be shown: frame_0107.tif is not there").waitFor();
    expect(await image.locator("canvas").first().isVisible()).toBe(false);
  });

  it("stands side by side where there is room", async () => {
    const beside = async () => (await pattern().boundingBox())!.x - (await map().boundingBox())!.x;
    const { height } = views.page.viewportSize()!;
    expect(await beside()).toBeLessThan(100);
    await views.page.setViewportSize({ width: 1600, height });
    await expect.poll(beside).toBeGreaterThan(300);
    await views.picture("scan-wide");
    await views.page.setViewportSize({ width: 1100, height });
    await expect.poll(beside).toBeLessThan(100);
  });

  it("takes the keyboard", async () => {
    await one().getByRole("application", { name: /^map/ }).focus();
    await views.page.keyboard.press("Escape");
    await views.page.keyboard.press("ArrowUp");
    await views.page.keyboard.press("ArrowLeft");
    expect(await text()).toMatch(/^sy 1.15 mm {2}sx 1.05 mm/);
    await views.page.keyboard.press("Enter");
    await expect.poll(() => kernel("view.picked")).toEqual([3, 19]);
    const before = await picture();
    await one().getByRole("application", { name: /^map/ }).focus();
    await views.page.keyboard.press("+");
    await changed(before);
    await views.page.keyboard.press("0");
    await expect.poll(picture).toBe(before);
    await one()
      .getByRole("application", { name: /^pattern/ })
      .focus();
    await views.page.keyboard.press("ArrowRight");
    expect(await one().locator(".cakelab-readout").nth(1).innerText()).toMatch(/2θ .* mean \d/);
  });

  it("grows while the scan runs", async () => {
    const before = await picture();
    await views.run(`scan.put(30 * ${SIDE}, 36 * ${SIDE})`);
    await changed(before);
    await one()
      .getByText(`running: ${36 * SIDE} of ${SIDE * SIDE} frames`)
      .waitFor();
    await pointAtPoint(35, 20);
    expect(await text()).toContain(`frame ${35 * SIDE + 27}`);
    await views.run(`scan.put(36 * ${SIDE}, ${SIDE * SIDE})`);
    await expect
      .poll(() =>
        one()
          .getByText(/running/)
          .count(),
      )
      .toBe(0);
    await pointAtPoint(40, 40);
    const shown = Number(/I (-?[−\d.]+)/.exec(await text())![1]!.replace("−", "-"));
    expect(shown).toBeCloseTo((await kernel("view.map.data.at(-1)")) as number, 3);
  });

  it("shows three ranges as red, green and blue", async () => {
    await views.run("view.ranges = [[3.9, 4.1], [6.9, 7.1], [5, 6]]; view.background = null");
    const mixed = async () =>
      map().evaluate((element) => {
        const canvas = element as HTMLCanvasElement;
        const { width, height } = canvas;
        const at = (x: number) => [
          ...canvas.getContext("2d")!.getImageData(x * width, height / 2, 1, 1).data,
        ];
        return [at(0.35), at(0.65)];
      });
    // sx falls with the fast axis: the first half of the points is at the right.
    await expect.poll(async () => (await mixed())[1]![0]).toBeGreaterThan(150);
    const [left, right] = await mixed();
    expect(left![1]).toBeGreaterThan(150);
    expect(left![0]).toBeLessThan(60);
    expect(right![1]).toBeLessThan(60);
    expect(await one().locator(".cakelab-bands .cakelab-band").count()).toBe(3);
    await pointAtPoint(10, 5);
    expect(await text()).toMatch(/R [\d.]+ {2}G [\d.]+ {2}B [\d.]+/);
    await views.picture("scan-rgb");
    const two = await pixelsOf(map(views.view(1)));
    expect(two.digest).toBe(await picture());
    await one().getByRole("group", { name: "B", exact: true }).getByText("remove").click();
    await expect.poll(() => kernel("view.ranges.length")).toBe(2);
    await one().getByRole("button", { name: "subtract a background" }).click();
    await expect.poll(() => kernel("view.background !== null")).toBe(true);
  });

  it("saves the map as numbers and all that is seen as a picture", async () => {
    const save = async (name: string): Promise<Buffer> => {
      const [file] = await Promise.all([
        views.page.waitForEvent("download"),
        one().getByRole("toolbar", { name: "Map" }).getByText(name, { exact: true }).click(),
      ]);
      await views.keep(file, `scan-saved.${name.toLowerCase()}`);
      return readFile((await file.path())!);
    };
    const lines = (await save("CSV")).toString().trim().split("\n");
    expect(lines[0]).toBe("sy / mm,sx / mm,frame,R 3.9 to 4.1,G 6.9 to 7.1");
    expect(lines).toHaveLength(SIDE * SIDE + 1);
    const [sy, sx, frame, red] = lines[12 * SIDE + 9]!.split(",").map(Number);
    expect([sy, sx, frame]).toEqual([1.6, 1.6, 507]);
    expect(red).toBeCloseTo((await kernel("view.maps[0].data[12 * 41 + 8]")) as number, 4);
    const bytes = await save("PNG");
    expect(bytes.subarray(1, 4).toString()).toBe("PNG");
    expect(bytes.length).toBeGreaterThan(5000);
  });

  it("is readable on a dark page", async () => {
    await views.command("apputils:change-theme", { theme: "JupyterLab Dark" });
    const tick = one().locator(".xtick text").first();
    const fill = () => tick.evaluate((element) => getComputedStyle(element).fill);
    await expect.poll(fill).toMatch(/^rgba?\(255, 255, 255/);
    await views.page.waitForTimeout(300);
    await views.picture("scan-dark");
    await views.command("apputils:change-theme", { theme: "JupyterLab Light" });
    await expect.poll(fill).toMatch(/^rgba?\(0, 0, 0/);
  });

  it("shows names as they are", async () => {
    await one().getByText(HOSTILE).first().waitFor();
    expect(await views.page.title()).not.toBe("taken");
    expect(await views.page.locator('img[src="x"]').count()).toBe(0);
    await one().getByText("failed frames").click();
    await one().getByText("frame 3: frame <i>3</i> is damaged").waitFor();
  });

  it("ends with its last view and its closing", async () => {
    expect(await kernel("scan.listeners.size")).toBe(1);
    const canvas = await map().elementHandle();
    await views.run("view.close()");
    expect(await kernel("scan.listeners.size")).toBe(0);
    await expect.poll(() => views.page.locator(".cakelab-view").count()).toBe(0);
    expect(await canvas!.evaluate((element) => (element as HTMLCanvasElement).width)).toBe(0);
  });
});
