import { expect, it } from "vitest";
import { describeViews } from "./describe-views.js";
import { pixelsOf } from "./notebook-views.js";

const CELLS = [
  `import { AzimuthalIntegrator, detector, readMask } from "cakelab";
import { MaskEditor } from "cakelab/widgets";
const image = {
  data: Float32Array.from({ length: 200 * 240 }, (_, i) => 100 + ((i * 7919) % 13)),
  shape: [200, 240] as [number, number],
};
image.data[1000] = 60000;
const ai = new AzimuthalIntegrator({
  dist: 0.1, poni1: 0.01, poni2: 0.012, detector: detector({ pixel1: 1e-4, shape: [200, 240] }),
});
const count = () => editor.mask.data.reduce((sum, value) => sum + value, 0);
const editor = new MaskEditor(image, { ai, height: 400, file: "own.mask" });`,
  "editor",
];

describeViews("MaskEditor", CELLS, (views) => {
  const view = () => views.view(0);
  const canvas = () => view().locator(".cakelab-raster canvas").first();
  const press = (name: string) => view().getByRole("button", { name, exact: true }).click();
  const masked = (): Promise<number> => views.run("console.log(count())").then(Number);

  async function drag(...points: readonly (readonly [row: number, column: number])[]) {
    await canvas().scrollIntoViewIfNeeded();
    const box = (await canvas().boundingBox())!;
    const place = ([row, column]: readonly [number, number]) =>
      [
        box.x + ((column + 0.5) / 240) * box.width,
        box.y + ((row + 0.5) / 200) * box.height,
      ] as const;
    await views.page.mouse.move(...place(points[0]!));
    await views.page.mouse.down();
    for (const point of points.slice(1)) await views.page.mouse.move(...place(point), { steps: 3 });
    await views.page.mouse.up();
  }

  it("masks what is drawn with the mouse, and shows it", async () => {
    await expect.poll(async () => (await pixelsOf(canvas())).colors).toBeGreaterThan(5);
    const before = await pixelsOf(canvas());
    await drag([20, 30], [60, 90]);
    await expect.poll(async () => (await pixelsOf(canvas())).digest).not.toBe(before.digest);
    const pixels = await masked();
    expect(Math.abs(pixels - 40 * 60)).toBeLessThan(150);
    expect(await view().innerText()).toContain(`${((100 * pixels) / 48000).toFixed(3)} %`);
    await views.picture("mask-editor");
  });

  it("takes other numbers for what was drawn", async () => {
    for (const [name, value] of [
      ["column from", "30"],
      ["row from", "20"],
      ["column to", "39"],
      ["row to", "24"],
    ] as const) {
      await view().getByLabel(name).fill(value);
      await view().getByLabel(name).press("Enter");
    }
    await expect.poll(masked).toBe(50);
  });

  it("unmasks, undoes and does again", async () => {
    await view().getByLabel("which is").selectOption("unmask");
    await view().getByLabel("draw", { exact: true }).selectOption("circle");
    await drag([22, 34], [22, 36]);
    const left = await masked();
    expect(left).toBeLessThan(50);
    await press("undo");
    await expect.poll(masked).toBe(50);
    await view().locator(".cakelab-raster").first().focus();
    await views.page.keyboard.press("Control+Shift+Z");
    await expect.poll(masked).toBe(left);
    await view().locator(".cakelab-raster").first().focus();
    await views.page.keyboard.press("Control+z");
    await expect.poll(masked).toBe(50);
    await view().getByLabel("which is").selectOption("mask");
  });

  it("grows, inverts, clears, and masks by values", async () => {
    await press("grow");
    await expect.poll(masked).toBe(12 * 7);
    await press("shrink");
    await expect.poll(masked).toBe(50);
    await press("invert");
    await expect.poll(masked).toBe(48000 - 50);
    await press("clear");
    await expect.poll(masked).toBe(0);
    await view().getByLabel("high").fill("200");
    await view().getByLabel("high").press("Enter");
    await press("above");
    await expect.poll(masked).toBe(1);
    await press("clear");
  });

  it("draws polygons, arcs around the beam, and with the pencil", async () => {
    await view().getByLabel("draw", { exact: true }).selectOption("polygon");
    for (const corner of [
      [50, 50],
      [50, 90],
      [90, 50],
    ] as const) {
      await drag(corner);
    }
    await view().locator(".cakelab-raster").first().press("Enter");
    await expect.poll(masked).toBeGreaterThan(600);
    expect(Math.abs((await masked()) - 800)).toBeLessThan(120);
    await press("clear");
    await view().getByLabel("draw", { exact: true }).selectOption("arc");
    await drag([100, 140], [120, 150], [160, 130]);
    const arc = await masked();
    expect(arc).toBeGreaterThan(100);
    expect(await views.run("console.log(editor.mask.data[100 * 240 + 120])")).toBe("0");
    await press("clear");
    await view().getByLabel("draw", { exact: true }).selectOption("pencil");
    await drag([150, 20], [150, 60]);
    await expect.poll(masked).toBeGreaterThan(350);
    await press("clear");
  });

  it("draws with the keyboard, too", async () => {
    await view().getByLabel("draw", { exact: true }).selectOption("rectangle");
    await view().locator(".cakelab-raster").first().focus();
    await views.page.keyboard.press("Enter");
    await expect.poll(masked).toBe(41 * 41);
    await press("undo");
  });

  it("finds hot pixels, and says what it cannot", async () => {
    await view().getByLabel("find", { exact: true }).selectOption("hot");
    await press("find");
    await view().getByText("hot: 1 pixels found").waitFor();
    await expect.poll(masked).toBe(1);
  });

  it("saves and loads files, and says why it cannot", async () => {
    await press("save");
    await view().getByText("saved as own.mask").waitFor();
    await press("clear");
    await expect.poll(masked).toBe(0);
    await press("load");
    await view().getByText("own.mask: 1 pixels are masked").waitFor();
    await expect.poll(masked).toBe(1);
    await view().getByLabel("file of the mask").fill("mask.jpeg");
    await press("save");
    await view().locator(".cakelab-failed", { hasText: ".jpeg" }).waitFor();
  });

  it("shows a mask that a cell has set", async () => {
    const before = await pixelsOf(canvas());
    await views.run(
      "editor.mask = { data: new Uint8Array(48000).fill(1, 0, 24000), shape: image.shape }",
    );
    await view().getByText("50.000 % of the pixels are masked").waitFor();
    await expect.poll(async () => (await pixelsOf(canvas())).digest).not.toBe(before.digest);
    await view().getByLabel("mask is shown").selectOption("filled");
    await views.picture("mask-editor-filled");
  });
});
