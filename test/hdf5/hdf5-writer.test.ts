import fs, { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { OutputError } from "../../src/errors.js";
import { openDataset, readSlice } from "../../src/hdf5/dataset.js";
import { Hdf5File } from "../../src/hdf5/hdf5-file.js";
import { Hdf5Writer } from "../../src/hdf5/hdf5-writer.js";
import { readAttribute, readSmallDataset } from "../../src/hdf5/small-values.js";
import type { Hdf5Compression } from "../../src/hdf5/write-types.js";
import { temporaryFolder } from "../support/temporary-folder.js";

afterEach(() => {
  vi.restoreAllMocks();
});

const noise = (length: number): Float32Array =>
  Float32Array.from({ length }, (_, i) => Math.sin(i * i) * 1e5);

async function reading<T>(path: string, read: (file: Hdf5File) => T): Promise<T> {
  const file = await Hdf5File.open(path);
  try {
    return read(file);
  } finally {
    file.close();
  }
}

describe("a file that is written", () => {
  it("reads back: groups, attributes, texts, links, datasets", async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "new/out.h5");
    const writer = await Hdf5Writer.create(path);
    writer.group("/entry", { NX_class: "NXentry", title: "Å und °", count: 3, axes: ["y", "x"] });
    writer.attributes("/entry", { factors: [0.5, 2.25], big: 2 ** 40 });
    writer.texts("/entry/names", ["one", "", "drei"]);
    writer.dataset("/entry/data", Uint16Array.of(1, 2, 3, 4, 5, 65535), { shape: [2, 3] });
    writer.softLink("/entry/data", "/entry/same");
    writer.externalLink("other.h5", "/entry", "/entry/there");
    await writer.commit();
    expect(readdirSync(join(folder, "new"))).toEqual(["out.h5"]);
    await reading(path, (file) => {
      expect(readAttribute(file, "/entry", "title")).toEqual(["Å und °"]);
      expect(readAttribute(file, "/entry", "count")).toEqual([3]);
      expect(readAttribute(file, "/entry", "axes")).toEqual(["y", "x"]);
      expect(readAttribute(file, "/entry", "factors")).toEqual([0.5, 2.25]);
      expect(readAttribute(file, "/entry", "big")).toEqual([2 ** 40]);
      expect(readAttribute(file, "/entry", "nothing")).toBeUndefined();
      expect(readSmallDataset(file, "/entry/names")).toEqual(["one", "", "drei"]);
      const data = openDataset(file, "/entry/same");
      expect(readSlice(data, [1, 1], [1, 2])).toEqual(Uint16Array.of(5, 65535));
      expect(() => file.resolve("/entry/there")).toThrow(/other\.h5, which is not there/);
    });
  });

  it.each<Hdf5Compression>(["none", "gzip", "bitshuffle-lz4"])(
    "grows by rows of chunks packed with %s",
    async (compression) => {
      const path = join(await temporaryFolder(), "rows.h5");
      const writer = await Hdf5Writer.create(path);
      const rows = Array.from({ length: 5 }, (_, i) => noise(1000).map((value) => value + i));
      writer.dataset("/rows", new Float32Array(0), {
        shape: [0, 1000],
        isExtendable: true,
        compression,
      });
      for (const [i, row] of rows.entries()) {
        writer.resize("/rows", [i + 1, 1000]);
        writer.write("/rows", row, [i, 0], [1, 1000]);
      }
      await writer.commit();
      await reading(path, (file) => {
        const dataset = openDataset(file, "/rows");
        expect(dataset).toMatchObject({ shape: [5, 1000], chunks: [1, 1000] });
        expect(readSlice(dataset, [4, 0], [1, 1000])).toEqual(rows[4]);
      });
    },
  );

  it("can be read up to the last flush when the program dies", async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "grows.h5");
    const made = await Hdf5Writer.create(path);
    made.dataset("/rows", new Float32Array(0), {
      shape: [0, 5000],
      isExtendable: true,
      compression: "gzip",
    });
    await made.commit();
    const writer = await Hdf5Writer.append(path);
    const add = (row: number): void => {
      writer.resize("/rows", [row + 1, 5000]);
      writer.write("/rows", noise(5000), [row, 0], [1, 5000]);
    };
    add(0);
    add(1);
    await writer.flush();
    for (let row = 2; row < 40; row++) add(row);
    // What the system has of a file is what is left of it when its writer is killed.
    copyFileSync(path, join(folder, "left.h5"));
    await writer.commit();
    await reading(join(folder, "left.h5"), (file) => {
      const dataset = openDataset(file, "/rows");
      expect(dataset.shape[0]).toBeGreaterThanOrEqual(2);
      expect(readSlice(dataset, [1, 0], [1, 5000])).toEqual(noise(5000));
    });
  });
});

it("a path from the working folder is one", async () => {
  const path = join(await temporaryFolder(), "here.h5");
  const writer = await Hdf5Writer.create(relative(process.cwd(), path));
  writer.dataset("/a", Float32Array.of(1, 2), { shape: [2] });
  writer.dataset("/one", Int32Array.of(7), { shape: [] });
  await writer.commit();
  await reading(path, (file) => {
    expect(readSlice(openDataset(file, "/a"), [0], [2])).toEqual(Float32Array.of(1, 2));
    expect(readSlice(openDataset(file, "/one"), [], [])).toEqual(Int32Array.of(7));
  });
});

it("a file that grows keeps what was flushed when the disk is full", async () => {
  const path = join(await temporaryFolder(), "grows.h5");
  const made = await Hdf5Writer.create(path);
  made.dataset("/rows", new Float32Array(0), { shape: [0, 5000], isExtendable: true });
  await made.commit();
  const writer = await Hdf5Writer.append(path);
  const add = (row: number): void => {
    writer.resize("/rows", [row + 1, 5000]);
    writer.write("/rows", noise(5000), [row, 0], [1, 5000]);
  };
  add(0);
  await writer.flush();
  let left = 100_000;
  const write = fs.writeSync as (...args: unknown[]) => number;
  vi.spyOn(fs, "writeSync").mockImplementation(((...args: unknown[]) => {
    left -= args[3] as number;
    if (left < 0) throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
    return write(...args);
  }) as typeof fs.writeSync);
  const growing = async (): Promise<void> => {
    for (let row = 1; row < 100; row++) add(row);
    await writer.flush();
  };
  await expect(growing()).rejects.toThrow(/disk is full/);
  await writer.discard();
  vi.restoreAllMocks();
  await reading(path, (file) => {
    const dataset = openDataset(file, "/rows");
    expect(readSlice(dataset, [0, 0], [1, 5000])).toEqual(noise(5000));
  });
});

describe("a failure leaves the old file whole and nothing else", () => {
  const failing = async (fail: () => void): Promise<void> => {
    const folder = await temporaryFolder();
    const path = join(folder, "out.h5");
    writeFileSync(path, "old");
    const writing = async (): Promise<void> => {
      const writer = await Hdf5Writer.create(path);
      try {
        fail();
        writer.group("/entry");
        writer.dataset("/entry/data", noise(100_000), { shape: [100_000] });
        await writer.commit();
      } catch (error) {
        await writer.discard();
        throw error;
      }
    };
    const error = await writing().catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(OutputError);
    expect((error as Error).message).toMatch(/out\.h5: not written: .*(full|other than)/);
    vi.restoreAllMocks();
    expect(readFileSync(path, "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["out.h5"]);
  };

  it("of a full disk", async () => {
    await failing(() => {
      let left = 50_000;
      const write = fs.writeSync as (...args: unknown[]) => number;
      vi.spyOn(fs, "writeSync").mockImplementation(((...args: unknown[]) => {
        left -= args[3] as number;
        if (left < 0) throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
        return write(...args);
      }) as typeof fs.writeSync);
    });
  });

  it("of a disk that loses bytes without a word", async () => {
    await failing(() => {
      const write = fs.writeSync as (...args: unknown[]) => number;
      vi.spyOn(fs, "writeSync").mockImplementation(((...args: unknown[]) => {
        const [file, buffer, offset, length, position] = args as [
          number,
          Uint8Array,
          number,
          number,
          number,
        ];
        if (length < 100_000) return write(...args);
        const changed = buffer.slice(offset, offset + length);
        changed.fill(7, 1000, 1008);
        return write(file, changed, 0, length, position);
      }) as typeof fs.writeSync);
    });
  });

  it("of what HDF5 refuses, and the library goes on", async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "out.h5");
    const writer = await Hdf5Writer.create(path);
    expect(() => writer.group("/no/group/above")).toThrow(OutputError);
    await writer.discard();
    expect(existsSync(path)).toBe(false);
    expect(readdirSync(folder)).toEqual([]);
    const next = await Hdf5Writer.create(path);
    next.group("/entry");
    await next.commit();
    expect(await reading(path, (file) => file.names("/"))).toEqual(["entry"]);
  });
});
