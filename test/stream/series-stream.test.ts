import { spawn } from "node:child_process";
import { rename, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { type CakelabError, FileAccessError, OptionError } from "../../src/errors.js";
import { encodeTiff } from "../../src/export/tiff.js";
import { seriesStream } from "../../src/stream/series-stream.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { joined, taker } from "./stream-support.js";

const picture = (value: number): Uint8Array =>
  joined(encodeTiff({ data: new Uint16Array(12).fill(value), shape: [3, 4] }));

async function pictures(folder: string, count: number): Promise<string[]> {
  const paths = Array.from({ length: count }, (_, i) => join(folder, `a_${i}.tif`));
  await Promise.all(paths.map((path, i) => writeFile(path, picture(i))));
  return paths;
}

describe("files", () => {
  it("come in natural order with their number, time and source, and then the stream ends", async () => {
    const folder = await temporaryFolder();
    const paths = await pictures(folder, 12);
    await utimes(paths[11]!, 1000, 1234.5);
    const stream = seriesStream(join(folder, "*.tif"));
    const frames = [];
    for await (const frame of stream) frames.push(frame);
    expect(frames.map(({ data }) => data[0])).toEqual(Array.from({ length: 12 }, (_, i) => i));
    expect(frames[11]).toMatchObject({
      index: 11,
      number: 11,
      timestamp: 1234.5,
      source: paths[11],
    });
    expect(stream.counts).toEqual({ received: 12, given: 12, dropped: 0, bad: 0, bytes: 288 });
  });

  it("that cannot be read are counted and told of, and their number is left out", async () => {
    const folder = await temporaryFolder();
    const paths = await pictures(folder, 4);
    await writeFile(paths[1]!, "no picture");
    const troubles: CakelabError[] = [];
    const stream = seriesStream(paths, { onTrouble: (trouble) => void troubles.push(trouble) });
    const frames = [];
    for await (const { index, number } of stream) frames.push([index, number]);
    expect(frames).toEqual([
      [0, 0],
      [1, 2],
      [2, 3],
    ]);
    expect(troubles.map(({ message }) => message.startsWith(paths[1]!))).toEqual([true]);
    expect(stream.counts).toMatchObject({ received: 4, given: 3, bad: 1 });
  });

  it("that are not there are thrown to the reader", async () => {
    const stream = seriesStream(join(await temporaryFolder(), "*.tif"));
    await expect(taker(stream)(1)).rejects.toBeInstanceOf(FileAccessError);
    expect(() => seriesStream("x", { shape: [1, 1] } as never)).toThrow(OptionError);
  });

  it("wait for a slow reader, and none is lost", async () => {
    const folder = await temporaryFolder();
    const paths = await pictures(folder, 30);
    const stream = seriesStream(paths, { queue: 2, workers: 0 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(stream.counts.received).toBeLessThanOrEqual(2);
    expect((await taker(stream)(30)).map(({ number }) => number)).toHaveLength(30);
  });

  it("end at once when the signal aborts or the loop is left", async () => {
    const paths = await pictures(await temporaryFolder(), 10);
    const abort = new AbortController();
    const take = taker(seriesStream(paths, { signal: abort.signal }));
    await take(1);
    abort.abort(new Error("enough"));
    await expect(take(1)).rejects.toThrow("enough");
    const left = seriesStream(paths, { queue: 1 });
    for await (const _ of left) break;
    expect(left.counts.given).toBe(1);
  });
});

/** Writes pictures piece by piece, the first of them twice as slowly, under their own names. */
const SLOW_WRITER = `
const { open } = require("node:fs/promises");
const { join } = require("node:path");
const [, folder, text, count] = process.argv;
const picture = Buffer.from(text, "base64");
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
(async () => {
  for (let i = 0; i < Number(count); i++) {
    const handle = await open(join(folder, "b_" + i + ".tif"), "w");
    for (let at = 0; at < picture.length; at += 60) {
      await handle.write(picture.subarray(at, at + 60));
      await wait(40);
    }
    await handle.close();
  }
})();
`;

describe("a watched folder", () => {
  it("gives each file when another process has written all of it", async () => {
    const folder = await temporaryFolder();
    const text = Buffer.from(picture(7)).toString("base64");
    const stream = seriesStream(folder, { watch: { interval: 0.05 }, timeout: 20 });
    onTestFinished(() => stream.close());
    const writer = spawn(process.execPath, ["-e", SLOW_WRITER, folder, text, "3"]);
    onTestFinished(() => void writer.kill());
    const frames = await taker(stream)(3);
    expect(frames.map(({ data }) => [...data])).toEqual([1, 2, 3].map(() => new Array(12).fill(7)));
    expect(frames.map(({ source }) => source)).toEqual(
      [0, 1, 2].map((i) => join(folder, `b_${i}.tif`)),
    );
    expect(stream.counts).toMatchObject({ received: 3, bad: 0 });
  });

  it("gives many that are there already without a look for each", async () => {
    const folder = await temporaryFolder();
    await pictures(folder, 200);
    const stream = seriesStream(folder, { watch: { interval: 0.2 } });
    onTestFinished(() => stream.close());
    const begun = performance.now();
    await taker(stream)(200);
    expect(performance.now() - begun).toBeLessThan(10_000);
  });

  it("tells of a file that stays cut off, and goes on with the next", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "c_0.tif"), picture(1).subarray(0, 40));
    await writeFile(join(folder, "c_1.tif"), picture(2));
    const troubles: CakelabError[] = [];
    const onTrouble = (trouble: CakelabError): void => void troubles.push(trouble);
    const watch = { interval: 0.05, settle: 0.3 };
    const stream = seriesStream(folder, { watch, onTrouble });
    onTestFinished(() => stream.close());
    expect((await taker(stream)(1))[0]!.data[0]).toBe(2);
    expect(troubles).toHaveLength(1);
    expect(stream.counts).toMatchObject({ received: 2, bad: 1 });
  });

  it("takes what a half-written file held back before it ends by itself", async () => {
    const folder = await temporaryFolder();
    const paths = await pictures(folder, 4);
    await writeFile(paths[1]!, picture(1).subarray(0, 40));
    const troubles: CakelabError[] = [];
    const onTrouble = (trouble: CakelabError): void => void troubles.push(trouble);
    const watch = { interval: 0.02, settle: 0.5 };
    const numbers = [];
    const stream = seriesStream(folder, { watch, timeout: 0.1, onTrouble });
    for await (const { number } of stream) numbers.push(number);
    expect(numbers).toEqual([0, 2, 3]);
    expect(troubles.map(({ message }) => message.startsWith(paths[1]!))).toEqual([true]);
    expect(stream.counts).toMatchObject({ received: 4, given: 3, bad: 1 });
  });

  it("tells of what it is ended without, unless it is aborted", async () => {
    const folder = await temporaryFolder();
    const paths = await pictures(folder, 4);
    await writeFile(paths[1]!, picture(1).subarray(0, 40));
    const abort = new AbortController();
    const troubles: string[] = [];
    const opened = (signal?: AbortSignal) => {
      const onTrouble = ({ message }: CakelabError): void => void troubles.push(message);
      const options = { watch: { interval: 0.02 }, onTrouble };
      return seriesStream(folder, { ...options, ...(signal && { signal }) });
    };
    for await (const { number } of opened()) {
      expect(number).toBe(0);
      break;
    }
    expect(troubles).toEqual([
      `${folder}: ended without ${paths[1]} and 2 files after it: still being written, or waiting for those before`,
    ]);
    const take = taker(opened(abort.signal));
    await take(1);
    abort.abort(new Error("enough"));
    await expect(take(1)).rejects.toThrow("enough");
    expect(troubles).toHaveLength(1);
  });

  it("keeps the latest for one who watches", async () => {
    const folder = await temporaryFolder();
    await pictures(folder, 20);
    const stream = seriesStream(folder, { watch: { interval: 0.05 }, keep: "latest" });
    onTestFinished(() => stream.close());
    const take = taker(stream);
    while (stream.counts.received < 20) await new Promise((resolve) => setTimeout(resolve, 10));
    expect((await take(1))[0]!.data[0]).toBe(19);
    await writeFile(join(folder, "part"), picture(99));
    await rename(join(folder, "part"), join(folder, "a_99.tif"));
    expect((await take(1))[0]!.data[0]).toBe(99);
    expect(stream.counts).toMatchObject({ received: 21, given: 2, dropped: 19 });
  });

  it("ends when no file has come for the timeout", async () => {
    const folder = await temporaryFolder();
    await pictures(folder, 2);
    const stream = seriesStream(folder, { watch: { interval: 0.05 }, timeout: 0.5 });
    const numbers: number[] = [];
    for await (const { number } of stream) numbers.push(number);
    expect(numbers).toEqual([0, 1]);
  });
});
