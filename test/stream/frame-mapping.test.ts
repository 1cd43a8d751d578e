import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { OptionError, OutputError } from "../../src/errors.js";
import { FrameMapping } from "../../src/stream/frame-mapping.js";
import type { StreamFrame } from "../../src/stream/frame-stream.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const frame = (number: number, source: string, more: Partial<StreamFrame> = {}): StreamFrame => ({
  data: new Uint8Array(1),
  shape: [1, 1],
  index: 0,
  number,
  timestamp: 1.5,
  source,
  ...more,
});

it("is MIDAS' file: of files, channels and sockets", async () => {
  const path = join(await temporaryFolder(), "frame_mapping.json");
  const mapping = new FrameMapping(path);
  await mapping.add(frame(3, 'data/a "b".tif'));
  await mapping.add(frame(17, "pva://X#17", { header: { uniqueId: "17" } }));
  await mapping.add(frame(65536, "tcp://127.0.0.1:5#65536"), 7);
  await mapping.save();
  expect(JSON.parse(await readFile(path, "utf8"))).toEqual({
    0: { dataset_num: 3, filename: 'data/a "b".tif', timestamp: 1.5 },
    1: { dataset_num: 17, uniqueId: 17, timestamp: 1.5 },
    7: { dataset_num: 65536, timestamp: 1.5 },
  });
});

it("is saved every so many frames", async () => {
  const path = join(await temporaryFolder(), "frame_mapping.json");
  const mapping = new FrameMapping(path, 2);
  const saved = async (): Promise<number> =>
    Object.keys(JSON.parse(await readFile(path, "utf8").catch(() => "{}"))).length;
  const counts: number[] = [];
  for (let i = 0; i < 5; i++) {
    await mapping.add(frame(i, "a.tif"));
    counts.push(await saved());
  }
  expect(counts).toEqual([0, 2, 2, 4, 4]);
  await Promise.all([mapping.save(), mapping.save()]);
  expect(await saved()).toBe(5);
});

it("is an empty one where no frame came, and says where it cannot be written", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "frame_mapping.json");
  await new FrameMapping(path).save();
  expect(JSON.parse(await readFile(path, "utf8"))).toEqual({});
  await expect(new FrameMapping(folder).save()).rejects.toBeInstanceOf(OutputError);
  expect(() => new FrameMapping(path, 0)).toThrow(OptionError);
});
