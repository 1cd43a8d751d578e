import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AzimuthalIntegrator } from "../../../src/integrate/azimuthal-integrator.js";
import { CHROMIUM, CHROMIUM_SWITCHES } from "../../browser/chromium.js";
import { SOFTWARE_WEBGL, servedPage } from "../../browser/served-page.js";
import { CASES } from "./cases.js";
import type * as entry from "./live-entry.js";

type Global = { entry: typeof entry };

const MODULES = [
  "live-entry.ts",
  "../../../widgets/live/scatter-worker.ts",
  "../../../widgets/live/exact-worker.ts",
].map((path) => fileURLToPath(new URL(path, import.meta.url)));

describe.skipIf(CHROMIUM === undefined)(
  "the live engine in a browser (needs Chromium: set CHROMIUM_PATH)",
  () => {
    let browser: Browser;
    let page: Page;
    const errors: string[] = [];

    beforeAll(async () => {
      const switches = CHROMIUM_SWITCHES.filter((one) => one !== "--disable-gpu");
      browser = await chromium.launch({
        executablePath: CHROMIUM!,
        args: [...switches, ...SOFTWARE_WEBGL],
      });
      page = await servedPage(browser, MODULES);
      page.on("pageerror", (error) => errors.push(error.message));
    });

    afterAll(async () => {
      await browser?.close();
    });

    const names = Object.keys(CASES);
    const ofModes = names.flatMap((name, i) => {
      const modes = ["webasm", ...(i % 5 === 0 ? ["js"] : []), ...(i % 2 === 0 ? ["webgl2"] : [])];
      return modes.map((mode) => [name, mode] as const);
    });

    it.each(ofModes)("%s: quick cakes are near the exact one by %s", async (name, mode) => {
      const skipped = mode === "webgl2" && name === "modules without pixels between them";
      if (skipped) return;
      const found = await page.evaluate(
        async ([of, by]) => (globalThis as unknown as Global).entry.bothCakes(of, [by as "webasm"]),
        [name, mode] as const,
      );
      expect(found.mode).toBe(mode);
      expect(found.shapes[0]).toEqual(found.shapes[1]);
      expect(found.units[0]).toBe(found.units[1]);
      for (const [i, value] of found.axes.exact.entries()) {
        expect(found.axes.quick[i]).toBeCloseTo(value!, 4);
      }
      expect(found.compared).toBeGreaterThan(100);
      expect(Math.abs(found.missing)).toBeLessThan(0.02 * found.compared);
      expect(found.distance).toBeLessThan(0.02);
    });
  },
);
