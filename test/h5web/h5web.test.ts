import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  AzimuthalIntegrator,
  cake,
  detector,
  type Image,
  midasStream,
  openNexusSeries,
  writeHdf5,
  writeNexus,
  writeTiff,
} from "../../src/index.js";
import { CHROMIUM, CHROMIUM_SWITCHES, SOFTWARE_WEBGL } from "../browser/chromium.js";
import { farthest, midasCase } from "../support/midas-cases.js";
import { temporaryFolder } from "../support/temporary-folder.js";

interface Plotted {
  path: string;
  shape: number[];
  selection?: string;
  values: number[];
  text?: string;
}

declare global {
  var viewer: { show(name: string, bytes: number[]): void; plotted(): Plotted | undefined };
}

const packages = join(import.meta.dirname, "../../.h5web-test/node_modules");
const viewerStyles = join(packages, "@h5web/app/dist/styles.css");
const isHere = existsSync(viewerStyles) && CHROMIUM !== undefined;

const image: Image = {
  data: Uint16Array.from({ length: 60 * 50 }, (_, i) => 10 + ((i * 7919) % 1000)),
  shape: [60, 50],
};
const ai = new AzimuthalIntegrator({
  dist: 0.1,
  poni1: 0.003,
  poni2: 0.0025,
  rot1: 0.01,
  wavelength: 1e-10,
  detector: detector({ pixel1: 1e-4, shape: [60, 50] }),
});
const method = { split: "full", engine: "js" } as const;
const SIGNAL = "intensity (counts per pixel)";

describe.skipIf(!isHere)("what h5web shows of a file (needs Chromium and .h5web-test)", () => {
  let browser: Browser;
  let page: Page;
  const errors: string[] = [];

  beforeAll(async () => {
    const bundle = await build({
      // As if it lay beside h5web's packages: some of the project's own have the same names.
      stdin: {
        contents: readFileSync(join(import.meta.dirname, "viewer.mjs"), "utf8"),
        resolveDir: packages,
      },
      bundle: true,
      write: false,
      format: "iife",
      globalName: "viewer",
      platform: "browser",
      target: "es2022",
      loader: { ".so": "binary" },
      define: { "process.env.NODE_ENV": '"production"' },
    });
    const switches = CHROMIUM_SWITCHES.filter((one) => one !== "--disable-gpu");
    browser = await chromium.launch({
      executablePath: CHROMIUM!,
      args: [...switches, ...SOFTWARE_WEBGL],
    });
    page = await browser.newPage({ viewport: { width: 1000, height: 700 } });
    page.on("pageerror", (error) => errors.push(error.message));
    await page.addStyleTag({ path: viewerStyles });
    await page.addScriptTag({ content: bundle.outputFiles[0]!.text });
  });

  beforeEach(() => {
    errors.length = 0;
  });

  afterAll(async () => {
    await browser?.close();
  });

  /** What h5web plots of a file as soon as it is open: nobody has clicked anything. */
  async function opened(path: string): Promise<Plotted> {
    await page.evaluate(([name, bytes]) => viewer.show(name, bytes), [
      path.split("/").at(-1)!,
      [...readFileSync(path)],
    ] as [string, number[]]);
    return await plotted();
  }

  async function plotted(): Promise<Plotted> {
    await page.waitForFunction(() => viewer.plotted() !== undefined);
    return (await page.evaluate(() => viewer.plotted()))!;
  }

  /** Waits until every one of the texts stands in the page. */
  async function reads(...texts: string[]): Promise<void> {
    for (const text of texts) await page.getByText(text, { exact: true }).first().waitFor();
  }

  /** What h5web says under the pointer in the middle of its heat map: `[x, y, value]`. */
  async function inTheMiddle(): Promise<number[]> {
    const box = (await page.locator("canvas").first().boundingBox())!;
    await page.mouse.move(box.x + box.width / 2 - 4, box.y + box.height / 2);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const text = await page.locator(".visx-tooltip").innerText();
    const numbers = /=([^,]+), .+=(\S+)\s+(\S+) \(float64\)$/.exec(text)!.slice(1);
    return numbers.map((number) => Number(number.replace("−", "-")));
  }

  it("a profile: its signal, axis and errors", async () => {
    const path = join(await temporaryFolder(), "profile.nxs");
    const result = await ai.integrate1d(image, 40, { errorModel: "poisson", method });
    await writeNexus(path, result);
    const { text, ...plot } = await opened(path);
    expect(plot).toEqual({
      path: "/entry/data/intensity",
      shape: [40],
      values: [...result.intensity],
    });
    const [titles, ...rows] = text!.split("\n");
    expect(titles).toBe(`q (1/nm),${SIGNAL},errors`);
    expect(rows.map((row) => row.split(",").map(Number))).toEqual(
      [...result.radial].map((q, i) => [q, result.intensity[i], result.sigma![i]]),
    );
    await reads("NX Line", "q (1/nm)", SIGNAL);
    expect(errors).toEqual([]);
  });

  it("a map with a filter of its own: a heat map over 2θ and χ that fills its frame", async () => {
    const path = join(await temporaryFolder(), "map.nxs");
    const result = await ai.integrate2d(image, 40, 12, { unit: "2th_deg", method });
    await writeNexus(path, result, { compression: "bitshuffle-lz4" });
    const plot = await opened(path);
    expect(plot).toMatchObject({ path: "/entry/data/intensity", shape: [12, 40] });
    expect(plot.values).toEqual([...result.intensity]);
    await reads("NX Heatmap", "2θ (deg)", "χ (deg)", SIGNAL);
    const [angle, chi, value] = await inTheMiddle();
    const bin = nearest(result.radial, angle!);
    const sector = nearest(result.azimuthal, chi!);
    expect([19, 20]).toContain(bin);
    expect([5, 6]).toContain(sector);
    expect(value! / result.intensity[sector * 40 + bin]!).toBeCloseTo(1, 3);

    await page.getByRole("tab", { name: "NX Line" }).click();
    await page.waitForFunction(() => viewer.plotted()?.text !== undefined);
    const rows = (await plotted()).text!.split("\n").slice(1);
    expect(rows.map((row) => Number(row.split(",")[0]))).toEqual([...result.radial]);
    expect(errors).toEqual([]);
  });

  it("cakes, with their directions", async () => {
    const path = join(await temporaryFolder(), "cakes.nxs");
    const result = await cake(image, ai, { cakes: 8, npt: 30, unit: "2th_deg", method });
    await writeNexus(path, result);
    const plot = await opened(path);
    expect(plot.shape).toEqual([8, 30]);
    expect(plot.values).toEqual(result.intensity.flatMap((row) => [...row]));
    const direction = "direction of the cake's centre, clockwise from North (deg)";
    await reads("2θ (deg)", direction);
    const [angle, azimuth, value] = await inTheMiddle();
    // From cake 1 in the West over North and East: the fourth and fifth are at 45° and 90°.
    const middle = [405, 450].indexOf(azimuth!) + 3;
    const intensity = result.intensity[middle]![nearest(result.radial, angle!)]!;
    expect(value! / intensity).toBeCloseTo(1, 3);
    expect(errors).toEqual([]);
  });

  it("a series that grew frame by frame: its first frame, and any other", async () => {
    const path = join(await temporaryFolder(), "series.nxs");
    const frames = await Promise.all(
      [1, 2, 3].map((normalizationFactor) =>
        ai.integrate2d(image, 40, 12, { normalizationFactor, method }),
      ),
    );
    const series = await openNexusSeries(path);
    for (const frame of frames) await series.append(frame);
    await series.close();
    const plot = await opened(path);
    expect(plot).toMatchObject({ shape: [3, 12, 40], selection: "0,:,:" });
    expect(plot.values).toEqual([...Float32Array.from(frames[0]!.intensity)]);
    await page.getByRole("slider", { name: "D0" }).press("ArrowUp");
    await page.waitForFunction(() => viewer.plotted()?.selection === "1,:,:");
    expect((await plotted()).values).toEqual([...Float32Array.from(frames[1]!.intensity)]);
    expect(errors).toEqual([]);
  });

  it("a stream integrated as MIDAS does it: its profiles over ω and 2θ", async () => {
    const folder = await temporaryFolder();
    const output = join(folder, "stream.h5");
    const { frame, parameters, expected, bins } = midasCase("tilted");
    await writeTiff(join(folder, "a.tif"), frame);
    const named = { ...parameters, OmegaStart: 5, OmegaStep: 0.5 };
    await midasStream({ parameters: named, source: join(folder, "a.tif"), output });
    const plot = await opened(output);
    expect(plot).toMatchObject({ path: "/entry/lineout/lineout", shape: [1, bins[0]] });
    const theirs = expected("area_weighted.floor.area");
    expect(farthest(plot.values, theirs)).toBeLessThan(2e-7);
    await reads("2θ (deg)", "ω (deg)");
    expect(errors).toEqual([]);
  });

  it("detector images", async () => {
    const path = join(await temporaryFolder(), "images.nxs");
    await writeHdf5(path, [image, image]);
    const plot = await opened(path);
    expect(plot).toMatchObject({ shape: [2, 60, 50], selection: "0,:,:" });
    expect(plot.values).toEqual([...image.data]);
    expect(errors).toEqual([]);
  });
});

/** The index of the value that is closest. */
function nearest(values: Float64Array, value: number): number {
  const distances = Array.from(values, (one) => Math.abs(one - value));
  return distances.indexOf(Math.min(...distances));
}
