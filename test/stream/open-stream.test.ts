import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { encodeTiff } from "../../src/export/tiff.js";
import type { FrameServer } from "../../src/stream/midas-socket/listen-frames.js";
import { FrameSender } from "../../src/stream/midas-socket/send-frames.js";
import { openStream } from "../../src/stream/open-stream.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { joined, taker } from "./stream-support.js";

const picture = joined(encodeTiff({ data: new Uint16Array(12), shape: [3, 4] }));

async function folder(count: number): Promise<string> {
  const path = join(await temporaryFolder(), "images");
  await mkdir(path);
  for (let i = 0; i < count; i++) await writeFile(join(path, `${i}.tif`), picture);
  return path;
}

describe("an address", () => {
  it("of a folder is watched, unless it is told otherwise", async () => {
    const path = await folder(2);
    const watched = await openStream(path);
    onTestFinished(() => watched.close());
    const take = taker(watched);
    await take(2);
    await writeFile(join(path, "2.tif"), picture);
    expect((await take(1))[0]!.source).toBe(join(path, "2.tif"));
    const ended = [];
    for await (const frame of await openStream(path, { watch: false })) ended.push(frame.number);
    expect(ended).toEqual([0, 1, 2]);
  });

  it("of files, or of a glob, is a series that ends", async () => {
    const path = await folder(3);
    for (const address of [join(path, "*.tif"), [0, 1, 2].map((i) => join(path, `${i}.tif`))]) {
      const stream = await openStream(address);
      const numbers = [];
      for await (const { number } of stream) numbers.push(number);
      expect(numbers).toEqual([0, 1, 2]);
    }
  });

  it.each([
    ["tcp://127.0.0.1:0", "127.0.0.1"],
    ["tcp://:0", "127.0.0.1"],
    ["tcp://localhost:0", "localhost"],
    ["tcp://0.0.0.0:0", "0.0.0.0"],
  ])("%s listens there", async (address, host) => {
    const stream = (await openStream(address, { shape: [3, 4] })) as FrameServer;
    onTestFinished(() => stream.close());
    expect(stream.host).toBe(host);
    const sender = new FrameSender({ port: stream.port });
    await sender.send({ data: new Uint16Array(12), shape: [3, 4] });
    await sender.close();
    expect(await taker(stream)(1)).toHaveLength(1);
  });

  it.each([
    ["tcp://127.0.0.1:port", "is to be tcp://host:port"],
    ["tcp://127.0.0.1:99999", "port: is to be a whole number"],
    ["tcp://a b:1", "is to be tcp://host:port"],
    ["udp://127.0.0.1:5", "there is no udp://"],
  ])("%s is refused", async (address, message) => {
    await expect(openStream(address, { shape: [3, 4] })).rejects.toThrow(message);
  });

  it("without what it needs, or with what it does not know, is refused", async () => {
    await expect(openStream("tcp://127.0.0.1:0")).rejects.toThrow(
      "shape: is to be [rows, columns]",
    );
    await expect(openStream("pva://")).rejects.toThrow("channel: is to be the name");
    const path = await folder(1);
    await expect(openStream(path, { shape: [3, 4] })).rejects.toThrow(
      "shape: there is no such option",
    );
  });
});
