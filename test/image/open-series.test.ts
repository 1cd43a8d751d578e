import fs from "node:fs/promises";
import { basename, join } from "node:path";
import { expect, test, vi } from "vitest";
import type { Frame } from "../../src/array.js";
import { detector } from "../../src/detector/detector-factory.js";
import { type CakelabError, FileAccessError, FileFormatError } from "../../src/errors.js";
import { writeNpy } from "../../src/export/npy.js";
import { openSeries, type SeriesOptions } from "../../src/image/open-series.js";
import { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { imageFixture } from "./image-fixtures.js";

/** A folder with 1.tif, 2.npy (three frames), 3.tif (damaged), 10.tif. */
async function series(): Promise<string> {
  const folder = await temporaryFolder();
  const image = imageFixture("tiff", "uint16 little strip none");
  await fs.writeFile(join(folder, "1.tif"), image);
  await fs.writeFile(join(folder, "10.tif"), image);
  await fs.writeFile(join(folder, "2.npy"), imageFixture("npy", "frames C"));
  await fs.writeFile(join(folder, "3.tif"), image.slice(0, 300));
  return folder;
}

async function read(
  paths: string | readonly string[],
  options?: SeriesOptions,
): Promise<[index: number, source: string][]> {
  const found: [number, string][] = [];
  for await (const { index, source } of openSeries(paths, options)) {
    found.push([index, basename(source)]);
  }
  return found;
}

test("files and frames in natural order; a broken file does not stop the others", async () => {
  const errors: CakelabError[] = [];
  const frames = await read(await series(), { onError: (error) => errors.push(error) });
  expect(frames).toEqual([
    [0, "1.tif"],
    [1, "2.npy#0"],
    [2, "2.npy#1"],
    [3, "2.npy#2"],
    [5, "10.tif"],
  ]);
  expect(errors).toHaveLength(1);
  expect(errors[0]).toBeInstanceOf(FileFormatError);
  expect(errors[0]!.message).toMatch(/3\.tif: .*truncated/);
});

test("errors are told of when their turn comes, though frames are read ahead", async () => {
  const told: string[] = [];
  const onError = (error: CakelabError): unknown => told.push(error.constructor.name);
  for await (const { index } of openSeries(await series(), { onError })) told.push(`${index}`);
  expect(told).toEqual(["0", "1", "2", "3", "FileFormatError", "5"]);
});

test("without onError, a broken file ends the series after the frames before it", async () => {
  const found: number[] = [];
  const all = async (): Promise<void> => {
    for await (const { index } of openSeries(await series())) found.push(index);
  };
  await expect(all()).rejects.toBeInstanceOf(FileFormatError);
  expect(found).toEqual([0, 1, 2, 3]);
});

test("a page that is broken does not stop those after it", async () => {
  const folder = await temporaryFolder();
  const pages = imageFixture("tiff", "pages").slice();
  const view = new DataView(pages.buffer);
  const first = view.getUint32(4, true);
  const second = view.getUint32(first + 2 + 12 * view.getUint16(first, true), true);
  // The width of the second page, its first tag after the subfile type.
  for (let at = second + 2; ; at += 12) {
    if (view.getUint16(at, true) === 256) {
      view.setUint16(at + 8, 0, true);
      break;
    }
  }
  await fs.writeFile(join(folder, "p.tif"), pages);
  const errors: CakelabError[] = [];
  const frames = await read(folder, { onError: (error) => errors.push(error) });
  expect(frames.map(([index]) => index)).toEqual([0, 2, 3]);
  expect(errors).toHaveLength(1);
});

test("offset and stride choose frames and keep their numbers", async () => {
  const options: SeriesOptions = { offset: 1, stride: 2, onError: () => {} };
  expect(await read(await series(), options)).toEqual([
    [1, "2.npy#0"],
    [3, "2.npy#2"],
    [5, "10.tif"],
  ]);
  await expect(read(await series(), { offset: -1 })).rejects.toThrow("offset: ");
  await expect(read(await series(), { stride: 0 })).rejects.toThrow("stride: ");
});

test("nothing that matches is an error", async () => {
  const folder = await temporaryFolder();
  await expect(read(`${folder}/*.tif`)).rejects.toBeInstanceOf(FileAccessError);
  await expect(read(folder)).rejects.toBeInstanceOf(FileAccessError);
});

test("one frame is read ahead, and no more", async () => {
  const folder = await temporaryFolder();
  const image = imageFixture("tiff", "uint16 little strip none");
  for (let i = 0; i < 6; i++) await fs.writeFile(join(folder, `${i}.tif`), image);
  const open = vi.spyOn(fs, "open");
  try {
    const frames = openSeries(folder, { ahead: 1, workers: 0 });
    await frames.next();
    // While the first frame is worked on, the second is read.
    await vi.waitFor(() => expect(open).toHaveBeenCalledTimes(2));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(open).toHaveBeenCalledTimes(2);
    await frames.next();
    await vi.waitFor(() => expect(open).toHaveBeenCalledTimes(3));
    await frames.return();
  } finally {
    open.mockRestore();
  }
});

test("leaving early closes the files", async () => {
  const open = vi.spyOn(fs, "open");
  try {
    for await (const frame of openSeries(await series())) {
      expect(frame.index).toBe(0);
      break;
    }
    for (const { value } of open.mock.results) expect((await value).fd).toBe(-1);
    expect(open).toHaveBeenCalled();
  } finally {
    open.mockRestore();
  }
});

test("an aborted signal ends the series with its reason, whatever onError is", async () => {
  const controller = new AbortController();
  const reason = new Error("enough");
  const frames: Frame[] = [];
  const all = async (): Promise<void> => {
    const options = { signal: controller.signal, onError: () => {} };
    for await (const frame of openSeries(await series(), options)) {
      frames.push(frame);
      controller.abort(reason);
    }
  };
  await expect(all()).rejects.toBe(reason);
  expect(frames.length).toBeLessThanOrEqual(2);
});

test("frames whose memory is used again last until who asks ahead has integrated them", async () => {
  const folder = await temporaryFolder();
  const shape: [number, number] = [800, 800];
  for (let file = 1; file <= 6; file++) {
    const data = new Uint16Array(640_000).fill(100 * file);
    await writeNpy(join(folder, `${file}.npy`), { data, shape });
  }
  const calibration = { dist: 0.1, poni1: 0, poni2: 0, rot1: 0, rot2: 0, rot3: 0 };
  const ai = new AzimuthalIntegrator({
    ...calibration,
    detector: detector({ pixel1: 1e-4, shape }),
  });
  const found: number[] = [];
  const frames = openSeries(folder, { reuse: true });
  const options = { npt: 1, correctSolidAngle: false, unit: "r_mm" };
  for await (const { intensity } of ai.integrateMany(frames, options)) found.push(intensity[0]!);
  expect(found).toEqual([100, 200, 300, 400, 500, 600]);
});
