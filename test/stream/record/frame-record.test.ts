import fs, { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, describe, expect, it, vi } from "vitest";
import { FileFormatError, OptionError, OutputError } from "../../../src/errors.js";
import { FrameRecord } from "../../../src/stream/record/frame-record.js";
import { writeFrameList, writeRecord } from "../../../src/stream/record/write-record.js";
import { hdf5Tree } from "../../support/hdf5-tree.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const layout = {
  lineout: { type: "float64", shape: [8] },
  cake: { type: "float32", shape: [2, 3] },
  peaks: { type: "float64", shape: ["varies", 2] },
} as const;

const identity = (index: number) => ({
  number: index + 70_000,
  timestamp: 1.7e9 + index / 8,
  source: `scan/frame_${index}.tif`,
});

const arrays = (index: number) => ({
  lineout: Float64Array.from({ length: 8 }, (_, i) => index + i / 16),
  cake: new Float32Array(6).fill(-index),
  peaks: new Float64Array(2 * (index % 3)).fill(index),
});

async function output(): Promise<string> {
  return join(await temporaryFolder(), "scan.h5");
}

async function recorded(path: string, count: number): Promise<FrameRecord> {
  const record = await FrameRecord.open(path, { layout, saveInterval: 2 });
  for (let index = 0; index < count; index++) await record.add(identity(index), arrays(index));
  return record;
}

it("is one run's at a time, be it begun or gone on with", async () => {
  const path = await output();
  const first = await FrameRecord.open(path, { layout });
  for (const frames of [0, 1]) {
    if (frames > 0) await first.add(identity(4), arrays(4));
    for (const resume of [false, true]) {
      const second = FrameRecord.open(path, { layout, resume });
      await expect(second).rejects.toThrow(/scan\.h5\.journal: another run in this process is/);
    }
  }
  expect(FrameRecord.read(path)?.frames).toBe(1);
  first.close();
  await (await FrameRecord.open(path, { layout, resume: true })).remove();
  expect(fs.readdirSync(join(path, ".."))).toEqual([]);
});

it("what was added is there when it is gone on with", async () => {
  const path = await output();
  const settings = { npt: 8, range: [1, 2], none: undefined };
  const first = await FrameRecord.open(path, { layout, settings });
  await first.add(identity(4), arrays(4));
  await first.add(identity(5), arrays(5));
  first.close();
  const record = await FrameRecord.open(path, { layout, settings, resume: true });
  expect(record.frames).toBe(2);
  expect(record.last).toEqual({ index: 1, ...identity(5) });
  expect(record.frame(0)).toEqual({ index: 0, ...identity(4) });
  expect(record.continued(identity(4))).toBeUndefined();
  expect(record.continued(identity(6))).toEqual(identity(6));
  for (const name of ["lineout", "cake", "peaks"] as const) {
    expect(record.values(1, name)).toEqual(arrays(5)[name]);
  }
  await record.add(identity(6), arrays(6));
  expect(record.frames).toBe(3);
  await record.remove();
  expect(existsSync(`${path}.journal`)).toBe(false);
});

it("frames of an interrupted run are not overwritten unasked", async () => {
  const path = await output();
  (await recorded(path, 3)).close();
  await expect(FrameRecord.open(path, { layout })).rejects.toThrow(
    /keeps 3 frames of a run that was interrupted; go on with it by resume/,
  );
  expect(FrameRecord.read(path)!.frames).toBe(3);
  const begun = await FrameRecord.open(await output(), { layout, resume: true });
  expect(begun.frames).toBe(0);
  begun.close();
});

it("a journal without frames goes, or is begun anew, whatever it was to hold", async () => {
  const path = await output();
  const empty = await FrameRecord.open(path, { layout: {}, settings: { a: 1 } });
  const bytes = readFileSync(`${path}.journal`);
  empty.close();
  expect(existsSync(`${path}.journal`)).toBe(false);
  // As a killed process leaves it.
  writeFileSync(`${path}.journal`, bytes);
  const record = await FrameRecord.open(path, { layout });
  expect(record.layout).toEqual(layout);
  record.close();
});

it("another run, or another file, is not gone on with", async () => {
  const path = await output();
  const before = await FrameRecord.open(path, { layout, settings: { npt: 8, unit: "q" } });
  await before.add(identity(0), arrays(0));
  before.close();
  const again = (options: object) =>
    FrameRecord.open(path, { layout, settings: { npt: 8, unit: "q" }, resume: true, ...options });
  await expect(again({ settings: { npt: 9 } })).rejects.toThrow(/other values of npt, unit/);
  await expect(again({ layout: { ...layout, cake: layout.lineout } })).rejects.toThrow(
    /other cake/,
  );
  (await again({})).close();
  writeFileSync(`${path}.journal`, "my notes of the day");
  await expect(again({})).rejects.toThrow(FileFormatError);
  expect(readFileSync(`${path}.journal`, "utf8")).toBe("my notes of the day");
});

it("arrays that do not fit are refused", async () => {
  const path = await output();
  const record = await recorded(path, 1);
  const wrong = [
    [{ ...arrays(1), lineout: new Float64Array(7) }, /lineout: it has 7 values; .* 8 float64/],
    [{ ...arrays(1), cake: new Float64Array(6) as never }, /cake: .* 6 float32 values/],
    [{ ...arrays(1), peaks: new Float64Array(3) }, /peaks: .* rows of 2 float64/],
    [{ lineout: arrays(1).lineout, peaks: arrays(1).peaks }, /cake: it is missing/],
  ] as const;
  for (const [given, message] of wrong) {
    await expect(record.add(identity(1), given)).rejects.toThrow(message);
  }
  expect(record.frames).toBe(1);
  expect(() => record.values(0, "sum")).toThrow(/no array "sum", but lineout, cake, peaks/);
  record.close();
  await expect(FrameRecord.open(path, { layout, saveInterval: 0 })).rejects.toThrow(OptionError);
});

it("of one that breaks off anywhere, or is damaged, the whole frames are left", async () => {
  const path = await output();
  (await recorded(path, 5)).close();
  const bytes = readFileSync(`${path}.journal`);
  const property = fc.asyncProperty(fc.nat(bytes.length), fc.boolean(), async (at, isCut) => {
    const damaged = isCut ? bytes.subarray(0, at) : Buffer.from(bytes);
    if (!isCut && at < bytes.length) damaged[at]! ^= 0x55;
    writeFileSync(`${path}.journal`, damaged);
    let record: FrameRecord;
    try {
      record = await FrameRecord.open(path, { layout, resume: true });
    } catch (error) {
      // Only the first words tell what the file is.
      expect(error).toBeInstanceOf(FileFormatError);
      expect(at).toBeLessThan(40);
      return;
    }
    const { frames } = record;
    for (let index = 0; index < frames; index++) {
      expect(record.frame(index)).toEqual({ index, ...identity(index) });
      expect(record.values(index, "lineout")).toEqual(arrays(index).lineout);
    }
    for (let index = frames; index < 5; index++) await record.add(identity(index), arrays(index));
    record.close();
    expect(readFileSync(`${path}.journal`).subarray(-400)).toEqual(bytes.subarray(-400));
  });
  await fc.assert(property, { seed: 12, numRuns: 120 });
});

describe("the file of a record", () => {
  it("has the frames in the order in which they came", async () => {
    const path = await output();
    const record = await recorded(path, 7);
    await writeRecord(path, record, {
      begin: (writer) => writer.group("/frames"),
      datasets: {
        lineout: { path: "/lineout", attributes: { units: "counts" } },
        cake: { path: "/cake" },
        peaks: { path: "/peaks" },
      },
      end: (writer, frames) => writeFrameList(writer, "/frames", frames),
    });
    const tree = await hdf5Tree(path);
    const stacked = (name: "lineout" | "cake") =>
      Array.from({ length: 7 }, (_, index) => [...arrays(index)[name]]).flat();
    expect(tree.get("/lineout")).toMatchObject({
      shape: [7, 8],
      data: Float64Array.from(stacked("lineout")),
    });
    expect(tree.get("/lineout@units")).toEqual(["counts"]);
    expect(tree.get("/cake")).toMatchObject({
      shape: [7, 2, 3],
      data: Float32Array.from(stacked("cake")),
    });
    const { shape, data } = tree.get("/peaks") as { shape: number[]; data: Float64Array };
    expect(shape).toEqual([7, 2, 2]);
    const [none, one] = [Array(4).fill(Number.NaN), [1, 1, Number.NaN, Number.NaN]];
    expect([...data.subarray(0, 12)]).toEqual([...none, ...one, 2, 2, 2, 2]);
    expect(tree.get("/frames/number")).toMatchObject({
      data: Int32Array.from({ length: 7 }, (_, index) => index + 70_000),
    });
    record.close();
  });

  it("can be written while the record grows, and without frames or rows", async () => {
    const path = await output();
    const record = await FrameRecord.open(path, { layout });
    const datasets = { peaks: { path: "/peaks" }, lineout: { path: "/lineout" } };
    await writeRecord(path, record, { datasets });
    expect((await hdf5Tree(path)).get("/lineout")).toMatchObject({ shape: [0, 8] });
    for (const index of [0, 3]) await record.add(identity(index), arrays(index));
    await writeRecord(path, record, { datasets });
    const tree = await hdf5Tree(path);
    expect(tree.get("/lineout")).toMatchObject({ shape: [2, 8] });
    expect(tree.get("/peaks")).toMatchObject({ shape: [2, 0, 2] });
    await record.remove();
  });

  it("is whole or not there when it is given up", async () => {
    const path = await output();
    const record = await recorded(path, 3);
    writeFileSync(path, "before");
    const signal = AbortSignal.abort(new Error("enough"));
    const datasets = { lineout: { path: "/lineout" } };
    await expect(writeRecord(path, record, { datasets, signal })).rejects.toThrow("enough");
    expect(readFileSync(path, "utf8")).toBe("before");
    record.close();
    expect(fs.readdirSync(join(path, "..")).sort()).toEqual(["scan.h5", "scan.h5.journal"]);
  });
});

describe("a disk that is full", () => {
  afterEach(() => vi.restoreAllMocks());

  it("is an error; what was recorded is gone on with", async () => {
    const path = await output();
    const record = await recorded(path, 3);
    let left = 300;
    const write = fs.writeSync as (...args: unknown[]) => number;
    vi.spyOn(fs, "writeSync").mockImplementation(((...args: unknown[]) => {
      // A part of a record gets there before the disk says no.
      const length = Math.min(args[3] as number, Math.max(left, 0));
      left -= length;
      if (length === 0) throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
      return write(args[0], args[1], args[2], length, args[4]);
    }) as typeof fs.writeSync);
    await record.add(identity(3), arrays(3));
    const error = await record.add(identity(4), arrays(4)).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(OutputError);
    expect((error as Error).message).toMatch(/scan\.h5\.journal.*disk is full/);
    expect(record.frames).toBe(4);
    vi.restoreAllMocks();
    record.close();
    const again = await FrameRecord.open(path, { layout, resume: true });
    expect(again.frames).toBe(4);
    await again.add(identity(4), arrays(4));
    expect(again.values(4, "lineout")).toEqual(arrays(4).lineout);
    again.close();
  });
});
