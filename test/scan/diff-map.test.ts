import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { averageImages } from "../../src/image/average-images.js";
import {
  type DiffMapOptions,
  diffMap,
  type FailedFrame,
  OptionError,
  openScan,
  type ScanUpdate,
  ShapeError,
  startDiffMap,
  writeHdf5,
  writeNpy,
  writeTiff,
} from "../../src/index.js";
import { timelessTree } from "../support/hdf5-tree.js";
import { scanImage, scanIntegrator, scanStack } from "./scan-images.js";

const method = { split: "full", engine: "js" } as const;
const ai = scanIntegrator();

type Stack = Awaited<ReturnType<typeof scanStack>>;
const options = ({ stack, at }: Stack, more: Partial<DiffMapOptions> = {}): DiffMapOptions => ({
  files: stack,
  ai: at("geometry.poni"),
  output: at("map.h5"),
  npt: 30,
  fast: 4,
  slow: 3,
  method,
  ...more,
});

describe("patterns equal those of integrate1d and integrate2d", () => {
  it("in the order of the scan, with their errors", async () => {
    const line = await scanStack(13);
    const summary = await diffMap(
      options(line, { zigzag: true, offset: 1, errorModel: "poisson", polarizationFactor: 0.9 }),
    );
    expect(summary).toMatchObject({ done: 12, missing: 0, extra: 0, failed: [], shape: [3, 4] });
    const scan = await openScan(summary.output);
    expect([...scan.pointer]).toEqual([1, 2, 3, 4, 8, 7, 6, 5, 9, 10, 11, 12]);
    expect(scan).toMatchObject({ unit: "2th_deg", framesDone: 12, frames: 12, isRunning: false });
    for (const [point, index] of scan.pointer.entries()) {
      const alone = await ai.integrate1d(scanImage(index), 30, {
        ...{ unit: "2th_deg", errorModel: "poisson", polarizationFactor: 0.9, method },
      });
      const part = (all: Float32Array) => all.subarray(point * 30, (point + 1) * 30);
      expect(part(scan.intensity)).toEqual(Float32Array.from(alone.intensity));
      expect(part(scan.sigma!)).toEqual(Float32Array.from(alone.sigma!));
      expect(scan.radial).toEqual(alone.radial);
    }
    expect((await scan.frame!(7)).data).toEqual(scanImage(7).data);
    await expect(scan.frame!(13)).rejects.toThrow(OptionError);
    expect(readdirSync(line.at(".")).sort()).toEqual(["geometry.poni", "map.h5", "stack.npy"]);
  });

  it("as cakes, of an integrator and images in memory", async () => {
    const line = await scanStack(4);
    const mask = {
      data: new Uint8Array(2000).fill(1, 0, 100),
      shape: [40, 50] as [number, number],
    };
    const common = { unit: "q_A^-1", mask, radialRange: [0.1, 0.3], method } as const;
    await diffMap(options(line, { ...common, ai, nptAzim: 5, fast: 2, slow: 2 }));
    const scan = await openScan(line.at("map.h5"));
    const alone = await ai.integrate2d(scanImage(2), 30, 5, common);
    expect(scan.azimuthal).toEqual(alone.azimuthal);
    expect(scan.intensity.subarray(2 * 150, 3 * 150)).toEqual(Float32Array.from(alone.intensity));
    expect(scan.unit).toBe("q_A^-1");
  });

  it("with several darks and flats, which are averaged, from files", async () => {
    const line = await scanStack(2);
    const shape: [number, number] = [40, 50];
    for (const [name, value] of [
      ["d1", 10],
      ["d2", 20],
      ["f1", 1],
      ["f2", 3],
    ] as const) {
      await writeNpy(line.at(`${name}.npy`), { data: new Float32Array(2000).fill(value), shape });
    }
    const dark = [line.at("d1.npy"), line.at("d2.npy")];
    const flat = [line.at("f1.npy"), line.at("f2.npy")];
    await diffMap(options(line, { dark, flat, fast: 2, slow: 1 }));
    const scan = await openScan(line.at("map.h5"));
    const alone = await ai.integrate1d(scanImage(1), 30, {
      ...{ unit: "2th_deg", dark: await averageImages(dark), flat: await averageImages(flat) },
      method,
    });
    expect(scan.intensity.subarray(30)).toEqual(Float32Array.from(alone.intensity));
  });
});

describe("frames that are not as they should be", () => {
  it("are reported and left empty, the rest goes on", async () => {
    const { at } = await scanStack(1);
    for (let i = 0; i < 12; i++) await writeTiff(at(`f_${i}.tif`), scanImage(i));
    writeFileSync(at("f_3.tif"), "broken");
    writeFileSync(at("f_4.tif"), "broken too");
    writeFileSync(at("f_11.tif"), "and the last");
    await writeTiff(at("f_7.tif"), { data: new Uint16Array(20), shape: [4, 5] });
    const told: FailedFrame[] = [];
    const onFailed = (failed: FailedFrame): void => void told.push(failed);
    const files = at("f_*.tif");
    const summary = await diffMap({ ...options({ stack: files, at }), onFailed });
    expect(summary).toMatchObject({ done: 8, missing: 0, extra: 0 });
    expect(summary.failed.map(({ index }) => index)).toEqual([3, 4, 7, 11]);
    expect(told).toEqual(summary.failed);
    expect(summary.failed[0]!.message).toMatch(/f_3\.tif: /);
    expect(summary.failed[2]!.message).toMatch(/f_7\.tif: its shape is 4 × 5, not 40 × 50/);
    const scan = await openScan(summary.output);
    expect([...scan.pointer]).toEqual([0, 1, 2, -1, -1, 5, 6, -1, 8, 9, 10, -1]);
    expect(scan.failed).toEqual(summary.failed);
    const alone = await ai.integrate1d(scanImage(8), 30, { unit: "2th_deg", method });
    expect(scan.intensity.subarray(8 * 30, 9 * 30)).toEqual(Float32Array.from(alone.intensity));
    expect(scan.intensity.subarray(3 * 30, 5 * 30).every(Number.isNaN)).toBe(true);
  });

  it("may begin the scan, before its offset too", async () => {
    const { at } = await scanStack(1);
    for (let i = 2; i < 6; i++) await writeTiff(at(`f_${i}.tif`), scanImage(i));
    for (const i of [0, 1, 2]) writeFileSync(at(`f_${i}.tif`), "broken");
    const files = at("f_*.tif");
    const told: number[] = [];
    const summary = await diffMap(
      options(
        { stack: files, at },
        { offset: 1, fast: 3, slow: 2, onFailed: ({ index }) => told.push(index) },
      ),
    );
    expect(summary.failed.map(({ index }) => index)).toEqual([1, 2]);
    expect(told).toEqual([1, 2]);
    expect(summary).toMatchObject({ done: 3, missing: 1 });
    const scan = await openScan(summary.output);
    expect([...scan.pointer]).toEqual([-1, -1, 3, 4, 5, -1]);
  });

  it("may not be there, where they are named one by one", async () => {
    const { at } = await scanStack(1);
    const files = [0, 1, 2, 3].map((i) => at(`f_${i}.tif`));
    for (const i of [0, 1, 3]) await writeTiff(files[i]!, scanImage(i));
    const summary = await diffMap({ ...options({ stack: "", at }), files, fast: 2, slow: 2 });
    expect(summary).toMatchObject({ done: 3, missing: 0 });
    expect(summary.failed).toMatchObject([
      { index: 2, message: expect.stringMatching(/f_2\.tif: there is no such file/) },
    ]);
    const nothing = { ...options({ stack: "", at }), files: [at("g_1.tif"), at("g_2.tif")] };
    await expect(diffMap(nothing)).rejects.toThrow(/g_1\.tif: there is no such file/);
  });

  it("may be too few, or too many", async () => {
    const line = await scanStack(7);
    expect(await diffMap(options(line))).toMatchObject({ done: 7, missing: 5, extra: 0 });
    const scan = await openScan(line.at("map.h5"));
    expect([...scan.pointer.subarray(6)]).toEqual([6, -1, -1, -1, -1, -1]);
    expect(scan.framesDone).toBe(7);
    const more = await diffMap(options(line, { fast: 2, slow: 2 }));
    expect(more).toMatchObject({ done: 4, missing: 0, extra: 3 });
  });

  it("are an error where there is no other, and nothing is written", async () => {
    const { at } = await scanStack(1);
    writeFileSync(at("f_0.tif"), "broken");
    const running = diffMap(options({ stack: at("f_0.tif"), at }));
    await expect(running).rejects.toThrow(/f_0\.tif/);
    expect(readdirSync(at(".")).sort()).toEqual(["f_0.tif", "geometry.poni", "stack.npy"]);
  });

  it("options that do not fit are one too", async () => {
    const line = await scanStack(2);
    const dark = { data: new Uint16Array(6), shape: [2, 3] as [number, number] };
    const run = (more: object) => diffMap(options(line, more));
    await expect(run({ dark })).rejects.toThrow(ShapeError);
    await expect(run({ npt: 0 })).rejects.toThrow(OptionError);
    await expect(run({ zigzack: true })).rejects.toThrow(/did you mean zigzag/);
    await expect(run({ offset: -1 })).rejects.toThrow(/offset/);
    await expect(run({ slow: { name: "y" } })).rejects.toThrow(/how many points/);
    await expect(run({ positions: true })).rejects.toThrow(/names of both motors/);
    await expect(run({ output: line.stack })).rejects.toThrow(/would be overwritten/);
    await expect(run({ unit: "q" })).rejects.toThrow(/radial unit/);
    expect(existsSync(line.at("map.h5"))).toBe(false);
  });
});

describe("a scan that was interrupted", () => {
  const interrupted = async (line: Stack, at: number, more: object): Promise<void> => {
    const stopper = new AbortController();
    const running = diffMap({
      ...options(line, more),
      signal: stopper.signal,
      onProgress: ({ done }) => {
        if (done === at) stopper.abort(new Error("enough"));
      },
    });
    await expect(running).rejects.toThrow("enough");
  };

  it("is gone on with, and ends as one that was not", async () => {
    const line = await scanStack(12);
    const more = { errorModel: "poisson", nptAzim: 2 } as const;
    await diffMap(options(line, { ...more, output: line.at("whole.h5") }));
    await interrupted(line, 5, more);
    // What is done can be seen, by the file alone too.
    const there = await openScan(line.at("map.h5"));
    expect(there.framesDone).toBeGreaterThanOrEqual(5);
    expect(there.shape).toEqual([3, 4]);
    const tree = await timelessTree(line.at("map.h5"));
    expect(tree.get("/entry_0000/pyFAI/result@signal")).toEqual(["intensity"]);
    await interrupted(line, 9, { ...more, resume: true });
    const summary = await diffMap(options(line, { ...more, resume: true }));
    expect(summary).toMatchObject({ done: 12, missing: 0 });
    expect(summary.resumed).toBeGreaterThanOrEqual(9);
    expect(await timelessTree(line.at("map.h5"))).toEqual(await timelessTree(line.at("whole.h5")));
    expect(existsSync(line.at("map.h5.journal"))).toBe(false);
  });

  it("is gone on with where its file is spoiled", async () => {
    const line = await scanStack(12);
    await diffMap(options(line, { output: line.at("whole.h5") }));
    await interrupted(line, 6, {});
    writeFileSync(line.at("map.h5"), "spoiled");
    expect((await openScan(line.at("map.h5"))).framesDone).toBeGreaterThanOrEqual(6);
    expect(await diffMap(options(line, { resume: true }))).toMatchObject({ done: 12 });
    expect(await timelessTree(line.at("map.h5"))).toEqual(await timelessTree(line.at("whole.h5")));
  });

  it("tries what failed last again, and not with other options", async () => {
    const { at } = await scanStack(1);
    for (let i = 0; i < 12; i++) await writeTiff(at(`f_${i}.tif`), scanImage(i));
    writeFileSync(at("f_11.tif"), "not yet");
    const line = { stack: at("f_*.tif"), at };
    expect(await diffMap(options(line))).toMatchObject({ done: 11, failed: [{ index: 11 }] });
    await expect(diffMap(options(line, { resume: true, npt: 31 }))).rejects.toThrow(
      /begun with other values of npt/,
    );
    const other = diffMap(options(line, { resume: true, files: at("f_1*.tif") }));
    await expect(other).rejects.toThrow(/other values of files/);
    await writeTiff(at("f_11.tif"), scanImage(11));
    expect(await diffMap(options(line, { resume: true }))).toMatchObject({ done: 12, failed: [] });
  });

  it("or is finished, grows by the frames that have come since", async () => {
    const { at } = await scanStack(1);
    const write = async (from: number, to: number): Promise<void> => {
      for (let i = from; i < to; i++) await writeTiff(at(`f_${i}.tif`), scanImage(i));
    };
    const line = { stack: at("f_*.tif"), at };
    await write(0, 8);
    const first = await diffMap(options(line, { errorModel: "poisson" }));
    expect(first).toMatchObject({ done: 8, missing: 4 });
    await write(8, 12);
    const more = { errorModel: "poisson", resume: true } as const;
    const second = await diffMap(options(line, more));
    expect(second).toMatchObject({ done: 12, resumed: 8, missing: 0 });
    await diffMap(options(line, { ...more, output: at("whole.h5") }));
    const [grown, whole] = [await timelessTree(at("map.h5")), await timelessTree(at("whole.h5"))];
    // When it was begun, there were fewer files.
    for (const tree of [grown, whole]) tree.delete("/entry_0000/pyFAI/provenance/data");
    expect(grown).toEqual(whole);
  });

  it("begins anew without resume", async () => {
    const line = await scanStack(12);
    await interrupted(line, 6, {});
    expect(await diffMap(options(line, { npt: 20 }))).toMatchObject({ done: 12, resumed: 0 });
    writeFileSync(line.at("map.h5"), "no scan");
    await expect(diffMap(options(line, { resume: true }))).rejects.toThrow(/map\.h5/);
  });
});

it("a frame is found in stacks of several files, without opening those before", async () => {
  const { at } = await scanStack(1);
  const write = async (name: string, from: number, to: number): Promise<void> => {
    const images = Array.from({ length: to - from }, (_, i) => scanImage(from + i));
    await writeHdf5(at(name), images, { compression: "gzip" });
  };
  await write("s_1.h5", 0, 5);
  await write("s_2.h5", 5, 6);
  await write("s_3.h5", 6, 12);
  const scan = await startDiffMap(options({ stack: at("s_*.h5"), at }));
  await scan.finished;
  rmSync(at("s_1.h5"));
  const read = await openScan(at("map.h5"));
  for (const index of [5, 6, 11]) {
    expect((await scan.frame!(index)).data).toEqual(scanImage(index).data);
    expect((await read.frame!(index)).data).toEqual(scanImage(index).data);
  }
  await expect(read.frame!(2)).rejects.toMatchObject({ tag: "file-access" });
});

describe("a scan that runs", () => {
  it("tells of its patterns as they come", async () => {
    const line = await scanStack(12);
    const scan = await startDiffMap(options(line));
    const updates: ScanUpdate[] = [];
    scan.onUpdate!((update) => updates.push(update));
    expect(scan).toMatchObject({ shape: [3, 4], frames: 12, isRunning: true });
    const summary = await scan.finished;
    expect(summary.done).toBe(12);
    expect(scan).toMatchObject({ framesDone: 12, isRunning: false });
    expect(updates.at(-1)).toMatchObject({ framesDone: 12, isRunning: false });
    const points = updates.flatMap((update) => update.points);
    expect(points).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    const read = await openScan(summary.output);
    expect(read.intensity).toEqual(scan.intensity);
    expect(read.pointer).toEqual(scan.pointer);
  });

  it("can be stopped; it is gone on with where it was", async () => {
    const line = await scanStack(12);
    const scan = await startDiffMap(options(line));
    scan.stop();
    await expect(scan.finished).rejects.toMatchObject({ name: "AbortError" });
    expect(scan.isRunning).toBe(false);
    const again = await startDiffMap(options(line, { resume: true }));
    expect(again.framesDone).toBeGreaterThanOrEqual(1);
    expect(await again.finished).toMatchObject({ done: 12 });
    await expect(startDiffMap(options(line, { files: "nowhere.tif" }))).rejects.toThrow(/nowhere/);
  });
});
