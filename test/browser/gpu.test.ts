import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHROMIUM, CHROMIUM_SWITCHES, SOFTWARE_WEBGL } from "./chromium.js";
import type * as entry from "./gpu-entry.js";

type Entry = typeof entry;

describe.skipIf(CHROMIUM === undefined)(
  "the gpu engine in a browser (needs Chromium: set CHROMIUM_PATH)",
  () => {
    let browser: Browser;
    let page: Page;
    const errors: string[] = [];

    beforeAll(async () => {
      const bundle = await build({
        entryPoints: [fileURLToPath(new URL("gpu-entry.ts", import.meta.url))],
        bundle: true,
        minify: true,
        write: false,
        format: "iife",
        globalName: "gpuEntry",
        platform: "browser",
        target: "es2022",
      });
      const switches = CHROMIUM_SWITCHES.filter((one) => one !== "--disable-gpu");
      browser = await chromium.launch({
        executablePath: CHROMIUM!,
        args: [...switches, ...SOFTWARE_WEBGL],
      });
      page = await browser.newPage();
      page.on("pageerror", (error) => errors.push(error.message));
      await page.addScriptTag({ content: bundle.outputFiles[0]!.text });
    });

    afterAll(async () => {
      await browser?.close();
    });

    it.each([
      ["a profile", undefined],
      ["a cake", 12],
    ])("sums %s in WebGL 2 as the plain engine does", async (_, nptAzim) => {
      const found = await page.evaluate(async (cakes) => {
        const { compare } = (globalThis as unknown as { gpuEntry: Entry }).gpuEntry;
        const { integrate, notices } = await compare(cakes, {});
        return { results: [await integrate(1), await integrate(4_000_000)], notices };
      }, nptAzim);
      expect(found.notices).toEqual([]);
      for (const { name, mode, worst, compared } of found.results) {
        expect({ name, mode }).toEqual({ name: "gpu", mode: "webgl2" });
        expect(compared).toBeGreaterThan(100);
        expect(worst).toBeLessThan(1e-5);
      }
    });

    it("divides a plan that textures cannot hold", async () => {
      const found = await page.evaluate(async () => {
        const { compare } = (globalThis as unknown as { gpuEntry: Entry }).gpuEntry;
        const limits = { pixels: 9_999, entries: 5_000 };
        return (await compare(12, { modes: ["webgl2"], limits })).integrate(3);
      });
      expect(found).toMatchObject({ name: "gpu", mode: "webgl2" });
      expect(found.worst).toBeLessThan(1e-5);
    });

    it("goes on with the next engine when the device is lost, and says so once", async () => {
      const found = await page.evaluate(async () => {
        const { compare } = (globalThis as unknown as { gpuEntry: Entry }).gpuEntry;
        const contexts: WebGL2RenderingContext[] = [];
        const { getContext } = HTMLCanvasElement.prototype;
        HTMLCanvasElement.prototype.getContext = new Proxy(getContext, {
          apply: (target, canvas, args) => {
            const context: unknown = Reflect.apply(target, canvas, args);
            if (context instanceof WebGL2RenderingContext) contexts.push(context);
            return context;
          },
        });
        const { integrate, notices } = await compare(undefined, { modes: ["webgl2"] });
        HTMLCanvasElement.prototype.getContext = getContext;
        const before = await integrate(1);
        for (const context of contexts) context.getExtension("WEBGL_lose_context")?.loseContext();
        return { before, after: [await integrate(1), await integrate(2)], notices };
      });
      expect(found.before).toMatchObject({ name: "gpu", mode: "webgl2" });
      for (const after of found.after) expect(after).toMatchObject({ name: "js", worst: 0 });
      expect(found.notices).toHaveLength(1);
      expect(found.notices[0]).toMatch(/gave way to js/);
    });

    it.each(["2th_deg", "q_nm^-1", "d_A", "r_mm", "log(1+q.nm)_None"])(
      "computes %s of pixels to float32",
      async (unit) => {
        const found = await page.evaluate(async (name) => {
          const { compareGeometry } = (globalThis as unknown as { gpuEntry: Entry }).gpuEntry;
          return compareGeometry(name);
        }, unit);
        expect(found.mode).toBe("webgl2");
        expect(found.radial).toBeLessThan(1e-6);
        expect(found.chi).toBeLessThan(1e-6);
      },
    );

    it("reports no error in the page", () => {
      expect(errors).toEqual([]);
    });
  },
);
