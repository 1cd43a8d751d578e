import { readdirSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, it, vi } from "vitest";
import type { Image } from "../../src/array.js";
import { detector } from "../../src/detector/detector-factory.js";
import { OptionError } from "../../src/errors.js";
import { writeTiff } from "../../src/export/tiff.js";
import { openSeries } from "../../src/image/open-series.js";
import {
  AzimuthalIntegrator,
  type SeriesOptions,
} from "../../src/integrate/azimuthal-integrator.js";
import type { Progress } from "../../src/integrate/options.js";
import type { Integrate1dResult } from "../../src/integrate/result.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const SHAPE: [number, number] = [60, 70];
const PIXELS = 60 * 70;
const options: SeriesOptions = {
  npt: 50,
  unit: "2th_deg",
  method: { engine: "wasm", algorithm: "csr-exact" },
};

const integrator = (): AzimuthalIntegrator =>
  new AzimuthalIntegrator({
    dist: 0.1,
    poni1: 0.002,
    poni2: 0.003,
    detector: detector({ pixel1: 1e-4 }),
  });

const frame = (n: number, shape = SHAPE): Image<Uint16Array> => ({
  data: Uint16Array.from({ length: shape[0] * shape[1] }, (_, i) => (i * (n + 3)) % 991),
  shape,
});

async function* frames(count: number): AsyncGenerator<Image> {
  for (let n = 0; n < count; n++) yield frame(n);
}

async function collect(results: AsyncIterable<Integrate1dResult>): Promise<Integrate1dResult[]> {
  const all: Integrate1dResult[] = [];
  for await (const result of results) all.push(result);
  return all;
}

function same(a: Integrate1dResult, b: Integrate1dResult): void {
  expect(a.intensity).toEqual(b.intensity);
  expect(a.sumSignal).toEqual(b.sumSignal);
  expect(a.count).toEqual(b.count);
}

it.each(["js", "wasm"] as const)(
  "%s: each result is that of its image, and its own",
  async (engine) => {
    const method = { engine };
    const results = await collect(integrator().integrateMany(frames(9), { ...options, method }));
    expect(results).toHaveLength(9);
    const ai = integrator();
    for (const [n, result] of results.entries()) {
      expect(result.engine.name).toBe(engine);
      same(result, await ai.integrate1d(frame(n), 50, { unit: "2th_deg", method }));
    }
    const buffers = results.flatMap((result) =>
      Object.values(result).flatMap((value) => (value instanceof Float64Array ? value.buffer : [])),
    );
    expect(new Set(buffers).size).toBe(buffers.length);
  },
);

it("an image of another shape gets a plan of its own", async () => {
  const shapes: [number, number][] = [SHAPE, [50, 40], SHAPE];
  const images = shapes.map((shape, n) => frame(n, shape));
  const ai = integrator();
  const results = await collect(ai.integrateMany(images, options));
  for (const [n, image] of images.entries()) {
    same(
      results[n]!,
      await ai.integrate1d(image, 50, { unit: "2th_deg", method: options.method! }),
    );
  }
});

it("pixels that are invalid in one frame count again in the next", async () => {
  const dummies = [[], [5, 6, 7], [], [4000], [4000]];
  const images = dummies.map((pixels, n) => {
    const image = frame(n);
    for (const pixel of pixels) image.data[pixel] = 60000;
    return image;
  });
  const mask = { data: new Uint8Array(PIXELS).fill(1, 0, 70), shape: SHAPE };
  const common = { unit: "2th_deg", dummy: 60000, mask, method: options.method! };
  const results = await collect(integrator().integrateMany(images, { npt: 50, ...common }));
  expect(results.map(({ provenance }) => provenance.invalidPixels)).toEqual([0, 0, 0, 1, 1]);
  for (const [n, image] of images.entries()) {
    same(results[n]!, await integrator().integrate1d(image, 50, common));
  }
});

it("reads files while it integrates, and lets go of them when it is left", async () => {
  const folder = await temporaryFolder();
  for (let n = 0; n < 6; n++) await writeTiff(join(folder, `frame_${n}.tif`), frame(n));
  const seen: number[] = [];
  for await (const { sumSignal } of integrator().integrateMany(openSeries(folder), options)) {
    seen.push(sumSignal[10]!);
    if (seen.length === 3) break;
  }
  expect(seen).toHaveLength(3);
  // The file that was being read is closed when that has ended.
  await vi.waitFor(() => expect(openFilesOf(folder)).toEqual([]));
});

it("an image that is none ends the series, after the results before", async () => {
  const seen: Integrate1dResult[] = [];
  const use = async (): Promise<void> => {
    const images = [frame(0), { data: [1, 2], shape: [1, 2] } as unknown as Image, frame(1)];
    for await (const result of integrator().integrateMany(images, options)) seen.push(result);
  };
  await expect(use()).rejects.toThrow(OptionError);
  expect(seen).toHaveLength(1);
  const image = integrator().integrateMany(frame(0) as unknown as Image[], options);
  await expect(image.next()).rejects.toThrow(/no series/);
});

it("stops within a frame when the signal aborts", async () => {
  const controller = new AbortController();
  let asked = 0;
  async function* endless(): AsyncGenerator<Image> {
    for (;;) yield frame(asked++);
  }
  let seen = 0;
  const use = async (): Promise<void> => {
    const { signal } = controller;
    for await (const _ of integrator().integrateMany(endless(), { ...options, signal })) {
      if (++seen === 4) controller.abort(new Error("enough"));
    }
  };
  await expect(use()).rejects.toThrow("enough");
  expect(seen).toBe(4);
  expect(asked).toBeLessThanOrEqual(7);
});

it("does not begin a plan once the signal has aborted", async () => {
  const signal = AbortSignal.abort(new Error("before"));
  const results = integrator().integrateMany(frames(2), { ...options, signal });
  await expect(results.next()).rejects.toThrow("before");
});

it("tells how far it is", async () => {
  const told: Progress[] = [];
  const images = Array.from({ length: 5 }, (_, n) => frame(n));
  const onProgress = (progress: Progress): number => told.push(progress);
  await collect(integrator().integrateMany(images, { ...options, onProgress }));
  expect(told.at(-1)).toEqual({ label: "integrating the series", done: 5, total: 5 });
});

it("a long series takes no more memory than a short one", async () => {
  // 900 frames hold 230 MB, and their results 50 MB.
  const shape: [number, number] = [250, 256];
  const image = new Float32Array(250 * 256).fill(3);
  async function* many(): AsyncGenerator<Image> {
    for (let n = 0; n < 900; n++) yield { data: image.slice(), shape };
  }
  const resident: number[] = [];
  for await (const _ of integrator().integrateMany(many(), { ...options, npt: 1000 })) {
    resident.push(process.memoryUsage.rss());
  }
  const highest = (from: number, to: number): number => Math.max(...resident.slice(from, to));
  expect(highest(450, 900) - highest(0, 450)).toBeLessThan(40e6);
});

/** The files of a folder that this process holds open, where the system tells. */
function openFilesOf(folder: string): string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc/self/fd").flatMap((fd) => {
    try {
      const path = readlinkSync(join("/proc/self/fd", fd));
      return path.startsWith(folder) ? [path] : [];
    } catch {
      // The one that read the list is gone.
      return [];
    }
  });
}
