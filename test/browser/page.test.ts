import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { colormap, maskedColor } from "../../src/figure/colormap.js";
import { CHROMIUM, CHROMIUM_SWITCHES } from "./chromium.js";
import type * as entry from "./page-entry.js";
import { profileJob } from "./profile-job.js";

declare global {
  var cakelab: typeof entry;
}

describe.skipIf(CHROMIUM === undefined)("in a browser (needs Chromium: set CHROMIUM_PATH)", () => {
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    const bundle = await build({
      entryPoints: [fileURLToPath(new URL("page-entry.ts", import.meta.url))],
      bundle: true,
      write: false,
      format: "iife",
      globalName: "cakelab",
      platform: "browser",
      target: "es2022",
    });
    browser = await chromium.launch({ executablePath: CHROMIUM!, args: CHROMIUM_SWITCHES });
    page = await browser.newPage({ deviceScaleFactor: 2 });
    page.on("pageerror", (error) => errors.push(error.message));
    await page.setContent("<canvas id=image></canvas>");
    await page.addScriptTag({ content: bundle.outputFiles[0]!.text });
  });

  afterAll(async () => {
    await browser?.close();
  });

  it("draws an image pixel for pixel, sharp on a fine screen", async () => {
    const drawn = await page.evaluate(() => {
      const canvas = document.querySelector("canvas")!;
      const data = Float32Array.of(0, 10, 20, Number.NaN, 30, 40);
      const shape: [number, number] = [2, 3];
      const limits = cakelab.drawImage(
        canvas,
        { data, shape },
        { width: 30, height: 20, limits: [0, 40] },
      );
      const context = canvas.getContext("2d")!;
      const at = (x: number, y: number) => [...context.getImageData(x, y, 1, 1).data];
      const size = [canvas.width, canvas.height, canvas.clientWidth, canvas.clientHeight];
      return {
        limits,
        size,
        first: at(1, 1),
        edge: at(19, 19),
        second: at(20, 1),
        nan: at(1, 39),
        last: at(59, 39),
      };
    });
    const table = colormap("viridis");
    const color = (part: number) => [
      ...table.subarray(3 * Math.round(255 * part), 3 * Math.round(255 * part) + 3),
      255,
    ];
    expect(drawn.limits).toEqual([0, 40]);
    expect(drawn.size).toEqual([60, 40, 30, 20]);
    expect(drawn.first).toEqual(color(0));
    expect(drawn.edge).toEqual(color(0));
    expect(drawn.second).toEqual(color(0.25));
    expect(drawn.nan).toEqual([...maskedColor("viridis"), 255]);
    expect(drawn.last).toEqual(color(1));
  });

  it("simulates and integrates to the same numbers as Node", async () => {
    const here = await profileJob();
    const there = await page.evaluate(() => cakelab.profileJob());
    expect(there.length).toBe(600);
    for (const [i, value] of here.entries()) {
      expect(Math.abs(there[i]! - value)).toBeLessThanOrEqual(1e-12 * Math.abs(value));
    }
  });

  it("reports no error in the page", () => {
    expect(errors).toEqual([]);
  });
});
