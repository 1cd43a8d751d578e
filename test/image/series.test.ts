import { existsSync } from "node:fs";
import fs from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { describe, expect, it, test } from "vitest";
import type { CakelabError } from "../../src/errors.js";
import { openSeries, type SeriesOptions } from "../../src/image/open-series.js";
import { mapAhead } from "../../src/image/series/map-ahead.js";
import { runNode } from "../support/node.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { formatFixture } from "./format-fixtures.js";
import { imageFixture } from "./image-fixtures.js";

const image = imageFixture("tiff", "uint16 little strip none");

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

async function folderOf(names: Readonly<Record<string, Uint8Array>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, bytes] of Object.entries(names)) await fs.writeFile(join(folder, name), bytes);
  return folder;
}

describe("work ahead", () => {
  async function* numbers(count: number, asked: number[] = []): AsyncGenerator<number, void> {
    for (let i = 0; i < count; i++) {
      asked.push(i);
      yield i;
    }
  }
  const later = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));

  it("keeps the order, whichever is done first", async () => {
    const work = (i: number) => later(i % 3 === 0 ? 20 : 1).then(() => i);
    const found: number[] = [];
    for await (const i of mapAhead(numbers(10), work, 4)) found.push(i);
    expect(found).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it("begins no more than it is allowed to", async () => {
    const asked: number[] = [];
    const results = mapAhead(numbers(100, asked), async (i) => i, 3);
    await results.next();
    await later(10);
    // The one that is worked on, and three ahead.
    expect(asked).toEqual([0, 1, 2, 3]);
    await results.next();
    await later(10);
    expect(asked).toHaveLength(5);
    await results.return();
  });

  it("tells of an error in its turn", async () => {
    const work = async (i: number) => {
      if (i === 2) throw new Error("two");
      return later(5).then(() => i);
    };
    const found: number[] = [];
    const all = async () => {
      for await (const i of mapAhead(numbers(5), work, 4)) found.push(i);
    };
    await expect(all()).rejects.toThrow("two");
    expect(found).toEqual([0, 1]);
  });
});

test("limit, offset and stride choose frames of all formats", async () => {
  const folder = await folderOf({
    "1.edf": formatFixture("frames.edf"),
    "2.cbf": formatFixture("int32.cbf"),
    "3.edf.gz": formatFixture("packed.edf.gz"),
    "10.ge3": formatFixture("own.ge"),
    "notes.txt": new Uint8Array(3),
  });
  expect((await read(folder)).map(([, source]) => source)).toEqual([
    ...["1.edf#0", "1.edf#1", "1.edf#2", "1.edf#3", "2.cbf"],
    ...["3.edf.gz#0", "3.edf.gz#1", "3.edf.gz#2", "3.edf.gz#3"],
    ...["10.ge3#0", "10.ge3#1", "10.ge3#2"],
  ]);
  expect(await read(folder, { offset: 1, stride: 3, limit: 3 })).toEqual([
    [1, "1.edf#1"],
    [4, "2.cbf"],
    [7, "3.edf.gz#2"],
  ]);
  await expect(read(folder, { limit: 0 })).rejects.toThrow("limit: ");
  await expect(read(folder, { workers: -1 })).rejects.toThrow("workers: ");
  await expect(read(folder, { ahead: 0 })).rejects.toThrow("ahead: ");
});

test("frames of a file that is cut off are read up to there", async () => {
  const whole = formatFixture("frames.edf");
  const folder = await folderOf({ "cut.edf": whole.slice(0, whole.length - 1000) });
  const errors: CakelabError[] = [];
  const frames = await read(folder, { onError: (error) => errors.push(error) });
  expect(frames.map(([index]) => index)).toEqual([0, 1, 2]);
  expect(errors.map(({ message }) => message)).toEqual([expect.stringContaining("truncated")]);
});

describe("a folder that is watched", () => {
  const watch = { interval: 0.02, timeout: 0.5, settle: 0.2 };

  it("gives the files that are there and those that come, each when it is complete", async () => {
    const folder = await folderOf({ "1.tif": image });
    const found: string[] = [];
    const reading = (async () => {
      for await (const { source } of openSeries(folder, { watch, workers: 0 })) {
        found.push(basename(source));
      }
    })();
    const later = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
    await later(100);
    // In pieces, with a pause that is longer than the interval.
    const file = await fs.open(join(folder, "2.tif"), "w");
    await file.write(image.subarray(0, 300));
    await later(100);
    await file.write(image.subarray(300));
    await file.close();
    await fs.writeFile(join(folder, "10.tif"), image);
    await reading;
    expect(found).toEqual(["1.tif", "2.tif", "10.tif"]);
  });

  it("tells of a file that stays broken, and goes on", async () => {
    const folder = await folderOf({ "1.tif": image.slice(0, 300), "2.tif": image });
    const errors: string[] = [];
    const frames = await read(folder, { watch, onError: (error) => errors.push(error.message) });
    expect(frames).toEqual([[1, "2.tif"]]);
    expect(errors).toEqual([expect.stringMatching(/1\.tif: .*truncated/)]);
  });

  it("begins empty, and ends with the signal, the limit or the one who leaves", async () => {
    const folder = await temporaryFolder();
    expect(await read(folder, { watch: { ...watch, timeout: 0.1 } })).toEqual([]);
    const reason = new Error("enough");
    const signal = AbortSignal.timeout(100);
    await expect(read(folder, { watch: true, signal })).rejects.toThrow("timeout");
    const aborted = AbortSignal.abort(reason);
    await expect(read(folder, { watch: true, signal: aborted })).rejects.toBe(reason);
    await fs.writeFile(join(folder, "1.tif"), image);
    const endless = { interval: 0.02 };
    expect(await read(folder, { watch: endless, limit: 1 })).toEqual([[0, "1.tif"]]);
    for await (const { index } of openSeries(folder, { watch: endless })) {
      expect(index).toBe(0);
      break;
    }
    await expect(read(folder, { watch: { interval: 0 } })).rejects.toThrow("watch.interval");
    const slip = { intervall: 1 } as object;
    await expect(read(folder, { watch: slip })).rejects.toThrow("did you mean interval");
  });
});

const built = resolve(import.meta.dirname, "../../dist/src/index.js");

describe.skipIf(!existsSync(built))("threads (need a build)", () => {
  it("decode the same frames in the same order, and leave no process behind", async () => {
    const folder = await temporaryFolder();
    const names = ["steps.cbf", "frames.edf", "int16.spe", "high.mar2300", "negative 100.sfrm"];
    for (const [i, name] of [...names, ...names].entries()) {
      await fs.writeFile(join(folder, `${i} ${name}`), formatFixture(name));
    }
    await fs.writeFile(join(folder, "4b broken.cbf"), formatFixture("cut.cbf"));
    const result = runNode<Record<string, string[]>>(
      `import { crc32 } from "node:zlib";
       import { openSeries } from ${JSON.stringify(built)};
       const all = {};
       for (const workers of [0, 1, 3]) {
         const found = all[workers] = [];
         const onError = (error) => found.push(error.message);
         for await (const { index, data, shape } of openSeries(process.argv[1], { workers, onError })) {
           found.push([index, data.constructor.name, shape, crc32(new Uint8Array(data.buffer))].join());
         }
       }
       console.log(JSON.stringify(all));`,
      folder,
    );
    expect(result[0]).toHaveLength(17);
    expect(result[0]!.filter((line) => line.includes("truncated"))).toHaveLength(1);
    expect(result[1]).toEqual(result[0]);
    expect(result[3]).toEqual(result[0]);
  });

  it("hold no more frames than they may, however slow the consumer is", async () => {
    const folder = await temporaryFolder();
    const size = 1024;
    const header = `{\nByteOrder = LowByteFirst ;\nDataType = UnsignedShort ;\nDim_1 = ${size} ;\nDim_2 = ${size} ;\n`;
    const bytes = new Uint8Array(512 + 2 * size * size);
    bytes.set(new TextEncoder().encode(`${header.padEnd(510)}}\n`));
    for (let i = 0; i < 60; i++) await fs.writeFile(join(folder, `${i}.edf`), bytes);
    const { most } = runNode<{ most: number }>(
      `import { openSeries } from ${JSON.stringify(built)};
       let most = 0;
       for await (const frame of openSeries(process.argv[1], { workers: 2, ahead: 3 })) {
         await new Promise((done) => setTimeout(done, 5));
         globalThis.gc();
         most = Math.max(most, process.memoryUsage().arrayBuffers / frame.data.byteLength);
       }
       console.log(JSON.stringify({ most }));`,
      folder,
      ["--expose-gc"],
    );
    expect(most).toBeLessThan(9);
  });

  it("that die lose no frame", async () => {
    const folder = await folderOf(
      Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}.tif`, image])),
    );
    const found = runNode<number[]>(
      `import { openSeries } from ${JSON.stringify(built)};
       import { Worker } from "node:worker_threads";
       const begun = [];
       const { postMessage } = Worker.prototype;
       Worker.prototype.postMessage = function (...message) {
         if (!begun.includes(this)) begun.push(this);
         return postMessage.apply(this, message);
       };
       const found = [];
       for await (const { index } of openSeries(process.argv[1], { workers: 2 })) {
         found.push(index);
         if (index === 3) for (const worker of begun) worker.terminate();
       }
       console.log(JSON.stringify(found));`,
      folder,
    );
    expect(found).toEqual(Array.from({ length: 30 }, (_, i) => i));
  });
});
