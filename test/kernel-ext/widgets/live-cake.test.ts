import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { stillOf } from "../../../kernel-ext/bundle-still.js";
import { LiveCake } from "../../../kernel-ext/widgets/index.js";
import { AzimuthalIntegrator, detector, OptionError, parsePoni } from "../../../src/index.js";
import { type DetectorFields, unpackLive } from "../../../src/live-arrays.js";
import { simulatePowder } from "../../../src/simulate/index.js";
import { unpackArrays } from "../../../src/widget-messages.js";
import { FakePage } from "./fake-page.js";

const setup = {
  ...{ dist: 0.2, poni1: 0.03, poni2: 0.035, rot1: 0.05, rot2: -0.02, rot3: 0.7 },
  wavelength: 2e-11,
  detector: detector("Pilatus100k"),
};
const ai = new AzimuthalIntegrator(setup);
const image = simulatePowder({ ...setup, phases: [{ lattice: "CeO2", fwhm: 0.2 }] });
const mask = { data: new Uint8Array(image.data.length), shape: image.shape };
mask.data.fill(1, 0, 487);

describe("LiveCake in the kernel", () => {
  let page: FakePage;
  beforeEach(() => {
    page = new FakePage();
  });
  afterEach(() => page.close());

  it("integrates with the geometry and the options of the moment", async () => {
    const live = new LiveCake(image, ai, {
      ...{ nptRad: 100, nptAzim: 6, unit: "2th_deg", mask, polarizationFactor: 0.99 },
      radialRange: [2, 12],
    });
    const options = {
      unit: "2th_deg",
      mask,
      polarizationFactor: 0.99,
      radialRange: [2, 12],
    } as const;
    const first = await ai.integrate2d(image, 100, 6, options);
    expect((await live.result()).intensity).toEqual(first.intensity);
    live.set({
      dist: 0.21,
      nptAzim: 4,
      polarizationFactor: null,
      radialRange: null,
      maskAbove: 900,
    });
    const second = await live.result();
    expect(second.shape).toEqual([4, 100]);
    expect(second.provenance).toMatchObject({
      geometry: { dist: 0.21, rot3: 0.7 },
      polarizationFactor: undefined,
    });
    expect(second.provenance.maskedPixels).toBeGreaterThan(487);
    expect(live.ai.dist).toBe(0.21);
    live.ai = ai;
    expect(live.dist).toBe(0.2);
  });

  it("sends image, mask and detector once, as they are", async () => {
    const live = new LiveCake(image, ai, { mask });
    page.take();
    await page.say(live.modelId, { method: "custom", content: { do: "arrays" } });
    const { content, buffers } = page.take().at(-1)! as never as {
      content: { data: { content: { arrays: never } } };
      buffers: Uint8Array[];
    };
    const arrays = unpackArrays(content.data.content.arrays, buffers);
    const { images, detector: data } = unpackLive(arrays, live.get("detector") as DetectorFields);
    expect(images.image.data).toEqual(image.data);
    expect(images.mask!.data).toEqual(mask.data);
    expect(data).toMatchObject({ name: "Pilatus100k", shape: [195, 487], dummy: -2 });
  });

  it("saves its geometry, and shows its cake where no script runs", async () => {
    const folder = mkdtempSync(join(tmpdir(), "cakelab-"));
    const path = join(folder, "live.poni");
    const live = new LiveCake(image, ai, { nptRad: 100, nptAzim: 6, title: "Live" });
    live.poni1 = 0.031;
    await live.save(path);
    expect(parsePoni(readFileSync(path, "utf8"), path).poni1).toBe(0.031);
    rmSync(folder, { recursive: true });
    const bundle = await live.mimeBundle();
    const still = stillOf(bundle)!.bundle as Record<string, string>;
    expect(still["image/png"]!.length).toBeGreaterThan(1000);
    expect(still["text/plain"]).toContain("Live");
  });

  it("refuses what integrate2d refuses", () => {
    expect(() => new LiveCake(image, ai, { unit: "furlong" })).toThrow(OptionError);
    expect(() => new LiveCake(image, ai, { nptRad: 0 })).toThrow(OptionError);
    const blind = new AzimuthalIntegrator({ ...setup, wavelength: undefined });
    expect(() => new LiveCake(image, blind, { unit: "2th_deg", rings: "CeO2" })).toThrow(
      /wavelength/,
    );
  });
});
