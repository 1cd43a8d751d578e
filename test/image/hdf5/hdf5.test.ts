import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Image } from "../../../src/array.js";
import { headerValue } from "../../../src/image/header-value.js";
import { openImage } from "../../../src/image/open-image.js";
import {
  decodeImage,
  imageInfo,
  isCakelabError,
  openSeries,
  readImage,
  setNoticeHook,
  writeHdf5,
} from "../../../src/index.js";
import type { NoticeHook } from "../../../src/notice.js";
import { hasPython, runPython } from "../../support/python.js";
import { digest } from "../image-fixtures.js";
import { hdf5Bytes, hdf5Chunks, hdf5Folder, hdf5Mutations, hdf5Values } from "./hdf5-fixtures.js";

const { root, files } = hdf5Folder();
const at = (name: string): string => join(files, name);
const notices: string[] = [];
let before: NoticeHook | undefined;

beforeAll(() => {
  before = setNoticeHook((text) => notices.push(text));
});
afterAll(() => {
  setNoticeHook(before);
  rmSync(root, { recursive: true });
});

const message = async (reading: Promise<unknown>): Promise<string> => {
  const error = await reading.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  expect(isCakelabError(error), String(error)).toBe(true);
  return (error as Error).message;
};

describe("values equal h5py's, bit for bit", () => {
  // Of a series of 1500 frames, of which a chunk in the middle was written.
  const places = (address: string, count: number): number[] =>
    address.endsWith("/sparse") ? [0, 1, 2, 3, 4, 5, 1399, 1400, 1401] : [...Array(count).keys()];

  it.each(Object.entries(hdf5Values))("%s", async (address, expected) => {
    const file = await openImage(at(address));
    try {
      const frames = places(address, expected.length).map((frame) => file.read(frame));
      expect((await Promise.all(frames)).map(digest)).toEqual(expected);
    } finally {
      await file.close();
    }
  });
});

describe("finds the frames", () => {
  it.each([
    ["eiger_master.h5", 5, "eiger_data_000001.h5::/entry/data/data"],
    ["virtual.h5", 5, "eiger_data_000001.h5::/entry/data/data"],
    ["lambda.nxs", 3, "lambda.nxs::/entry/instrument/detector/data"],
    ["lima.h5", 3, "lima.h5::/entry_0000/instrument/eiger/data"],
    ["exchange.h5", 3, "exchange.h5::/exchange/data"],
    ["old_nexus.h5", 3, "old_nexus.h5::/run/plot/counts"],
    ["only.h5", 3, "only.h5::/somewhere/deep/images"],
    ["links.h5::/soft", 3, "links.h5::/group/data"],
    ["links.h5::/group/beside", 3, "links.h5::/group/data"],
    ["links.h5::/absolute", 3, "only.h5::/somewhere/deep/images"],
    ["links.h5::/other", 3, "only.h5::/somewhere/deep/images"],
    ["userblock.h5", 3, "userblock.h5::/data"],
    ["layouts-latest.h5::/four", 6, "layouts-latest.h5::/four"],
  ])("of %s", async (name, frames, source) => {
    const info = await imageInfo(at(name));
    expect(info).toMatchObject({ format: "HDF5", frames });
    expect(digest(await readImage(at(name)))).toEqual(hdf5Values[source]![0]);
  });

  it("of a master file in the files after the first, and tells the values of each", async () => {
    const last = await readImage(at("eiger_master.h5"), { frame: 4 });
    expect(digest(last)).toEqual(hdf5Values["eiger_data_000002.h5::/entry/data/data"]![1]);
    expect(last.header).toMatchObject({
      count_time: "0.0995",
      "count_time@units": "s",
      "instrument/detector/count_time": "0.0995",
      description: "Dectris EIGER2 Si 16M",
      incident_wavelength: "0.7293",
      omega: "2",
      start_time: "2026-11-20T08:46:35+00:00",
    });
    expect(headerValue(last, "exposureTime")).toBe(0.0995);
    expect(headerValue(last, "wavelength")).toBeCloseTo(0.7293e-10, 15);
    const first = await imageInfo(at("eiger_master.h5"));
    expect(first).toMatchObject({ compression: "bitshuffle-lz4", header: { omega: "0" } });
  });

  it("of one address: a frame, a pixel mask", async () => {
    const frame = await readImage(at("eiger_master.h5::/entry/data[3]"));
    expect(digest(frame)).toEqual(hdf5Values["eiger_data_000002.h5::/entry/data/data"]![0]);
    const name = "eiger_master.h5::/entry/instrument/detector/detectorSpecific/pixel_mask";
    expect(frame.header?.pixel_mask).toBe(at(name));
    expect(digest(await readImage(at(name)))).toEqual(hdf5Values[name]![0]);
    expect(await message(readImage(at("eiger_master.h5::[5]")))).toMatch(/5 frames, 0 to 4/);
  });

  it("of a series whose memory is used again, in worker threads", async () => {
    const path = at("large-frames.h5");
    const image = (frame: number): Image => ({
      data: Uint32Array.from({ length: 2 ** 20 }, (_, i) => (i % 1000) * frame),
      shape: [1024, 1024],
    });
    const expected = [1, 2, 3].map((frame) => digest(image(frame)));
    // More bytes in all than are decoded without threads.
    await writeHdf5(
      path,
      Array.from({ length: 24 }, (_, i) => image((i % 3) + 1)),
    );
    const seen: Image[] = [];
    const memories = new Set<ArrayBufferLike>();
    let count = 0;
    for await (const frame of openSeries(path, { reuse: true, workers: 0, ahead: 3 })) {
      memories.add(frame.data.buffer);
      // Who asks ahead may still be at work on it.
      if (count > 0) expect(digest(seen.at(-1)!)).toEqual(expected[(count - 1) % 3]);
      expect(digest(frame)).toEqual(expected[count++ % 3]);
      seen.push(frame);
    }
    expect(count).toBe(24);
    expect(memories.size).toBeLessThan(24);
    rmSync(path);
  });

  it("of a run that was stopped, with a notice", async () => {
    const { frames } = await imageInfo(at("eiger_stopped_master.h5"));
    expect(frames).toBe(5);
    expect(notices.at(-1)).toMatch(/data_000003 and on are not there/);
  });

  it("of a file in memory", async () => {
    const image = await decodeImage(hdf5Bytes("only.h5"), { name: "only.h5", frame: 1 });
    expect(digest(image)).toEqual(hdf5Values["only.h5::/somewhere/deep/images"]![1]);
  });
});

describe("refuses", () => {
  it.each([
    ["several.h5", /several datasets .*\/one.*\/two.*name one as .*several.h5::\/one/],
    ["several.h5::/spectrum", /shape \[5\].*2 dimensions/],
    ["several.h5::/half", /no integers or floats/],
    ["several.h5::/complex", /no integers or floats/],
    ["several.h5::/text", /no integers or floats/],
    ["several.h5::/null", /no integers or floats/],
    ["several.h5::/empty", /shape \[0, 5, 5\]/],
    ["several.h5::/nothing", /has no nothing in \/, which holds .*one/],
    ["several.h5::/one/inside", /has no inside in \/one, which is no group/],
    ["links.h5::/loop", /links lead in a circle/],
    ["links.h5::/itself", /links lead in a circle/],
    ["links.h5::/relative/soft", /has no \.\. in \/relative/],
    ["links.h5::/nowhere", /has no not in \//],
    ["links.h5::/outside", /outside the file's folder.*trustedFolders/],
    ["links.h5::/passwords", /\/etc\/passwd, outside the file's folder/],
    ["links.h5::/raw", /\/etc\/passwd, outside the file's folder/],
    ["virtual_lost_outside.h5", /outside the file's folder/],
    ["virtual_lost_file.h5", /nowhere.h5, which is not there/],
    ["virtual_lost_dataset.h5", /has no y in \//],
    ["eiger_lost_master.h5", /eiger_data_000007.h5, which is not there/],
    ["filter.h5", /compressed with LPC-Rice \(32010\).*h5repack/],
    ["huge.h5::/pixels", /1000000 × 1000000 pixels/],
    ["huge.h5::/chunk", /chunks of 1 × 30000 × 30000 values/],
  ])("%s", async (name, expected) => {
    expect(await message(readImage(at(name)))).toMatch(expected);
  });

  it("what is outside the data folder, unless it is trusted", async () => {
    const expected = hdf5Values["links.h5::/group/data"];
    expect(expected).toBeDefined();
    const image = await readImage(at("links.h5::/outside"), { trustedFolders: [root] });
    expect(image.shape).toEqual([30, 40]);
    const virtual = await readImage(at("virtual_lost_outside.h5"), { trustedFolders: [root] });
    expect(virtual.data).toEqual(image.data);
  });

  it("files that end early, are garbage or missing, and reads others afterwards", async () => {
    const bytes = hdf5Bytes("only.h5");
    for (const length of [8, 100, 600, bytes.length >> 1, bytes.length - 1]) {
      writeFileSync(at("cut.h5"), bytes.subarray(0, length));
      const text = await message(readImage(at("cut.h5")));
      expect(text).toMatch(/cut\.h5.*(truncated|damaged).*still being written/s);
    }
    writeFileSync(at("garbage.h5"), Buffer.concat([bytes.subarray(0, 9), Buffer.alloc(5000, 7)]));
    expect(await message(readImage(at("garbage.h5")))).toMatch(/garbage\.h5: .*damaged/);
    writeFileSync(at("empty.h5"), "");
    expect(await message(readImage(at("empty.h5")))).toMatch(/empty \(0 bytes\)/);
    expect(await message(readImage(at("missing.h5")))).toMatch(/no such file/);
    expect(digest(await readImage(at("only.h5")))).toEqual(
      hdf5Values["only.h5::/somewhere/deep/images"]![0],
    );
  });

  it.each(["unfinished.h5", "swmr.h5"])("%s, which is still being written", async (name) => {
    expect(await message(readImage(at(name)))).toMatch(/still being written.*h5clear/);
  });

  it("a heap on which HDF5 would never end", async () => {
    const bytes = hdf5Bytes("lima.h5").slice();
    const heap = Buffer.from(bytes.buffer).indexOf("GCOL");
    // The first object's number and size.
    bytes.fill(0, heap + 16, heap + 32);
    writeFileSync(at("endless.h5"), bytes);
    expect(await message(readImage(at("endless.h5")))).toMatch(/damaged global heap/);
  });

  it.skipIf(!hasPython)("nothing of a dataset beyond 4 GB: frames are read alone", async () => {
    const path = at("large.h5");
    runPython(
      `import h5py, sys
with h5py.File(sys.argv[1], "w") as file:
    data = file.create_dataset("data", (700, 2048, 2048), "u2")
    data[699, 2047, 2046:] = 7, 65535
print(0)`,
      path,
    );
    const { rss } = process.memoryUsage();
    const image = await readImage(path, { frame: 699 });
    expect(image.data.subarray(-3)).toEqual(Uint16Array.of(0, 7, 65535));
    expect(process.memoryUsage().rss - rss).toBeLessThan(2 ** 28);
    rmSync(path);
  });

  it.each([
    ["gzip", "types.h5::/uint16/gzip"],
    ["fletcher32", "types.h5::/uint16/fletcher32"],
    ["bitshuffle-lz4", "types.h5::/uint16/bitshuffle-lz4"],
    ["lz4", "types.h5::/uint16/lz4"],
    ["blosc", "types.h5::/uint16/blosc"],
    ["zstd", "types.h5::/uint16/zstd"],
    ["bzip2", "types.h5::/uint16/bzip2"],
  ])("chunks of %s that are damaged", async (filter, address) => {
    const whole = await readImage(at(address));
    const name = `damaged-${filter}.h5`;
    const bytes = readFileSync(at("types.h5"));
    // Of Zstandard the signature, or nothing would tell.
    const start = hdf5Chunks[filter]! + (filter === "zstd" ? 0 : 12);
    bytes.fill(0xff, start, start + 8);
    writeFileSync(at(name), bytes);
    expect(await message(readImage(at(`${name}::/uint16/${filter}`)))).toMatch(
      new RegExp(`${name}.*/uint16/${filter}.*damaged`),
    );
    expect((await readImage(at(address))).data).toEqual(whole.data);
  });
});

const isImage = (read: unknown): read is Image =>
  typeof read === "object" && read !== null && "data" in read;
/** Nothing tells that a pixel was changed where no filter guards it. */
const isPlain = (base: string): boolean => base === "contiguous" || base === "chunked";
const differences = ({ data }: Image, original: Image): number =>
  data.filter((value, i) => value !== original.data[i]).length;

// HDF5's library finds damage in parts that a reader of the frames alone never looks at, and the other
// way round: where h5py reads nothing, the values must be those of the file that was mutated.
describe("mutated files", () => {
  it("give a typed error or h5py's values, within 5 s and 1 GB", async () => {
    const { rss } = process.memoryUsage();
    const names = [...new Set(hdf5Mutations.map(({ base }) => base))];
    const originals = new Map<string, Image>();
    for (const name of names) originals.set(name, await readImage(at(`base-${name}.h5`)));
    const wrong: string[] = [];
    let values = 0;
    for (const [index, { base, edits, cut, h5py }] of hdf5Mutations.entries()) {
      const bytes = Uint8Array.from(hdf5Bytes(`base-${base}.h5`));
      for (const [place, value] of edits) bytes[place] = value;
      const path = at(`mutated-${index}.h5`);
      writeFileSync(path, bytes.subarray(0, cut ?? bytes.length));
      const started = performance.now();
      const read = await readImage(`${path}::/entry/data/data`).catch((error: unknown) => error);
      rmSync(path);
      const what = `${index}: ${base} ${JSON.stringify(edits)} ${cut}`;
      if (performance.now() - started > 5000) wrong.push(`${what} took long`);
      if (isImage(read)) {
        values++;
        const isRight =
          h5py === null
            ? differences(read, originals.get(base)!) <= (isPlain(base) ? edits.length : 0)
            : JSON.stringify(digest(read)) === JSON.stringify(h5py);
        if (!isRight) wrong.push(`${what}: ${digest(read)}, not ${h5py}`);
      } else if (!isCakelabError(read)) wrong.push(`${what}: ${String(read)}`);
    }
    expect(wrong).toEqual([]);
    expect(values).toBeGreaterThan(100);
    expect(process.memoryUsage().rss - rss).toBeLessThan(2 ** 30);
  });
});
