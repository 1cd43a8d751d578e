import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AzimuthalIntegrator } from "../../../src/integrate/azimuthal-integrator.js";
import type { LiveMode } from "../../../widgets/live/summing.js";
import { busyness } from "../../browser/busy-machine.js";
import { CHROMIUM, CHROMIUM_SWITCHES } from "../../browser/chromium.js";
import { SOFTWARE_WEBGL, servedPage } from "../../browser/served-page.js";
import { CASES } from "./cases.js";
import type * as entry from "./live-entry.js";

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

    /** Runs one of the entry's functions in the page. */
    const inPage = <Name extends keyof typeof entry>(
      name: Name,
      ...args: Parameters<(typeof entry)[Name]>
    ): Promise<Awaited<ReturnType<(typeof entry)[Name]>>> =>
      page.evaluate(
        ([of, given]) =>
          (globalThis as unknown as { entry: Record<string, (...all: unknown[]) => never> }).entry[
            of
          ]!(...given),
        [name, args] as const,
      );

    // A page's GPU is slow here, and JavaScript everywhere: each takes some of the cases.
    const ofModes = Object.keys(CASES).flatMap((name, i) => {
      const modes: LiveMode[] = ["webasm"];
      if (i % 5 === 0) modes.push("js");
      if (i % 4 === 0 && name !== "modules without pixels between them") modes.push("webgl2");
      return modes.map((mode) => [name, mode] as const);
    });

    it.each(ofModes)("%s: drawn by %s it is near the exact cake", async (name, mode) => {
      const found = await inPage("bothCakes", name, [mode]);
      expect(found.mode).toBe(mode);
      expect(found.shapes[0]).toEqual(found.shapes[1]);
      expect(found.units[0]).toBe(found.units[1]);
      for (const [i, value] of found.axes.exact.entries()) {
        expect(Math.abs(found.axes.quick[i]! - value!)).toBeLessThan(
          1e-6 * Math.abs(value!) + 1e-9,
        );
      }
      expect(found.compared).toBeGreaterThan(30);
      expect(Math.abs(found.missing)).toBeLessThan(0.02 * found.compared + 2);
      expect(found.distance).toBeLessThan(0.03);
    });

    it.each([
      ["1024² into 36 × 1000", "webasm"],
      ["all three rotations", "webgl2"],
      ["modules with gaps", "js"],
      ["a mask with half of the image, a disc and single pixels", "webasm"],
      ["sectors across ±180°", "webasm"],
      ["polarization on a tilted detector", "webasm"],
      ["columns that run backwards", "webasm"],
    ] as const)("%s: at rest it is Node's integrate2d, beside %s", async (name, mode) => {
      const { image, detector, settings, options } = CASES[name]!();
      const { geometry, wavelength, nptRad, nptAzim } = settings;
      const ai = new AzimuthalIntegrator({ ...geometry, wavelength, detector });
      const all = { ...settings.options, ...options };
      const bytes = Buffer.from(await inPage("imageOf", name), "base64");
      const data = new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
      const there = { data, shape: image.shape };
      const expected = await ai.integrate2d(there, nptRad, nptAzim, all);
      const { intensity } = await inPage("bothCakes", name, [mode]);
      expect(intensity.length).toBe(expected.intensity.length);
      const largest = expected.intensity.reduce((top, value) => (value > top ? value : top), 0);
      for (const [bin, value] of expected.intensity.entries()) {
        const found = intensity[bin] ?? Number.NaN;
        if (Number.isNaN(value) || Number.isNaN(found)) {
          expect([bin, found]).toEqual([bin, value]);
        } else if (Math.abs(found - value) > 1e-5 * Math.max(value, 1e-3 * largest)) {
          expect([bin, found]).toEqual([bin, value]);
        }
      }
    });

    it("draws twenty frames a second and more, and is exact half a second later", {
      retry: 3,
    }, async () => {
      const before = busyness();
      const { mode, times, different, exactTimes } = await inPage(
        "drag",
        "1024² into 36 × 1000",
        40,
      );
      const slower = Math.max(before, busyness());
      // Without a GPU the processor is faster by itself.
      expect(mode).toBe("webasm");
      expect(different).toBe(40);
      times.sort((a, b) => a - b);
      expect(times[20]).toBeLessThan(50 * slower);
      expect(Math.min(...exactTimes)).toBeLessThan(500 * slower);
    });

    it("works on after many engines in one page, whose contexts are given back", async () => {
      expect(await inPage("manyEngines", 20, ["webgl2"])).toEqual({ modes: ["webgl2"], bins: 400 });
      expect(await inPage("manyEngines", 20, ["webasm"])).toEqual({ modes: ["webasm"], bins: 400 });
    });

    it("goes on with the processor when the GPU is lost", async () => {
      expect(await inPage("loseGpu")).toEqual({ before: "webgl2", after: "webasm", near: true });
    });

    it("stops what was overtaken, aborted or closed, and tells what is wrong", async () => {
      expect(await inPage("overtaken")).toEqual({
        overtaken: ["AbortError", "AbortError", "done"],
        aborted: "AbortError",
        after: "done",
        wrong: "OptionError",
        uneven: "EngineError",
        wrongExact: "EngineError",
        closed: "EngineError",
      });
    });

    it("masks other pixels later", async () => {
      const { before, masked, after, distance } = await inPage("maskLater");
      expect({ before, masked, after }).toEqual({ before: 0, masked: 80_000, after: 0 });
      expect(distance).toBeLessThan(0.03);
    });

    it("reports no error in the page", () => {
      expect(errors).toEqual([]);
    });
  },
);
