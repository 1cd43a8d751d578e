import fs, { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { streamThrough } from "../../../src/stream/midas/stream-through.js";
import { hdf5Tree } from "../../support/hdf5-tree.js";
import { hasPython, runPython } from "../../support/python.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import {
  AZIMUTHAL,
  givenStream,
  isEmpty,
  parameters,
  RADIAL,
  smallEngine,
  smallFrame,
  smallImage,
  troubles,
} from "./small-run.js";

const frames = (count: number, first = 0) =>
  Array.from({ length: count }, (_, i) => smallFrame(first + i));

interface Dataset {
  readonly shape: number[];
  readonly data: Float64Array;
}

function expected(index: number) {
  const { data } = smallImage(index);
  const lineout = Array.from({ length: RADIAL }, (_, r) => (isEmpty(r, 1) ? 0 : data[RADIAL + r]!));
  const cake = Float64Array.from({ length: RADIAL * AZIMUTHAL }, (_, i) => {
    const [r, a] = [Math.floor(i / AZIMUTHAL), i % AZIMUTHAL];
    return isEmpty(r, a) ? 0 : data[a * RADIAL + r]!;
  });
  return { lineout, mean: lineout.map((value) => 2 * value), cake };
}

const close = (actual: ArrayLike<number>, wanted: ArrayLike<number>): void => {
  expect(actual.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) expect(actual[i]).toBeCloseTo(wanted[i]!, 9);
};

describe("the HDF5 file of a stream", () => {
  it("has MIDAS' maps, profiles, names and sums", async () => {
    const folder = await temporaryFolder();
    const output = join(folder, "out.h5");
    const seen: number[] = [];
    const summary = await streamThrough(
      smallEngine(),
      parameters({ OmegaSumFrames: 4 }),
      givenStream(frames(10)),
      { output, onFrame: ({ index }) => seen.push(index) },
    );
    const zarr = join(folder, "out.zarr.zip");
    expect(summary).toMatchObject({ output, zarr, frames: 10, resumed: 0, repeated: 0, peaks: [] });
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(readdirSync(folder).sort()).toEqual(["frame_mapping.json", "out.h5", "out.zarr.zip"]);
    const mapping = JSON.parse(readFileSync(join(folder, "frame_mapping.json"), "utf8"));
    expect(Object.keys(mapping)).toHaveLength(10);
    const tree = await hdf5Tree(output);
    const { maps } = smallEngine().grid;
    for (const name of ["R", "TTh", "Eta", "Area", "Q"] as const) {
      const at = `/geometry_maps/${name}_map`;
      expect(tree.get(at)).toMatchObject({ shape: [RADIAL, AZIMUTHAL], data: maps[name] });
    }
    expect(tree.get("/frame_names")).toEqual(
      Array.from({ length: 10 }, (_, index) => `scan_00000${index}`),
    );
    const lineouts = tree.get("/lineouts") as Dataset;
    const means = tree.get("/lineouts_simple_mean") as Dataset;
    const cakes = tree.get("/intensity") as Dataset;
    expect(lineouts.shape).toEqual([10, RADIAL]);
    expect(cakes.shape).toEqual([10, RADIAL, AZIMUTHAL]);
    for (let index = 0; index < 10; index++) {
      const { lineout, mean, cake } = expected(index);
      close(lineouts.data.subarray(index * RADIAL, (index + 1) * RADIAL), lineout);
      close(means.data.subarray(index * RADIAL, (index + 1) * RADIAL), mean);
      const size = RADIAL * AZIMUTHAL;
      close(cakes.data.subarray(index * size, (index + 1) * size), cake);
    }
    const sums = [...tree.keys()].filter((at) => /^\/OmegaSumFrame\/[^@]+$/.test(at));
    expect(sums).toEqual([
      "/OmegaSumFrame/Summed_from_scan_000000_to_scan_000003",
      "/OmegaSumFrame/Summed_from_scan_000004_to_scan_000007",
      "/OmegaSumFrame/Summed_from_scan_000008_to_scan_000009",
    ]);
    const last = expected(8).cake.map((value, i) => value + expected(9).cake[i]!);
    close((tree.get(sums[2]!) as Dataset).data, last);
    expect(tree.get(`${sums[2]}@Number Of Frames Summed`)).toEqual([2]);
    expect(tree.get(`${sums[1]}@FirstOme`)).toEqual([-9]);
    expect(tree.get(`${sums[1]}@LastOme`)).toEqual([-8.25]);
    expect((tree.get("/tth") as Dataset).data[0]).toBeCloseTo(1.15145, 4);
    expect([...(tree.get("/azimuth") as Dataset).data]).toEqual([-150, -90, -30, 30, 90, 150]);
  });

  it("keeps no cakes where nobody asks for them", async () => {
    const folder = await temporaryFolder();
    const output = join(folder, "out.h5");
    const run = { output, mapping: false } as const;
    await streamThrough(smallEngine(), parameters(), givenStream(frames(3)), run);
    expect(readdirSync(folder)).toEqual(["out.h5"]);
    const names = [...(await hdf5Tree(output)).keys()].filter((at) => !at.includes("@"));
    expect(names).not.toContain("/intensity");
    expect(names.some((at) => at.startsWith("/OmegaSumFrame"))).toBe(false);
  });

  const program = `
import json, sys, h5py, silx.io, silx.io.nxdata as nxdata
with silx.io.open(sys.argv[1]) as file:
    default = nxdata.get_default(file, validate=True)
    cake = nxdata.NXdata(file["entry/cake"])
    print(json.dumps({
        "valid": [default.is_valid, cake.is_valid],
        "signals": [default.signal_name, cake.signal_name],
        "axes": [default.axes_dataset_names, cake.axes_dataset_names],
        "shapes": [list(default.signal.shape), list(cake.signal.shape)],
        "top": [list(file[name].shape) for name in ("lineout", "tth", "azimuth", "intensity")],
        "names": [name.decode() if isinstance(name, bytes) else name for name in file["frame_names"][()]],
    }))
`;

  it.skipIf(!hasPython)("opens as a plot in silx", async () => {
    const output = join(await temporaryFolder(), "out.h5");
    const asked = parameters({ Write2D: true });
    await streamThrough(smallEngine(), asked, givenStream(frames(3)), { output });
    expect(runPython(program, output)).toEqual({
      valid: [true, true],
      signals: ["intensity, mean over the azimuth weighted by area", "intensity"],
      axes: [
        ["omega", "tth"],
        ["omega", "tth", "azimuth"],
      ],
      shapes: [
        [3, RADIAL],
        [3, RADIAL, AZIMUTHAL],
      ],
      top: [[3, RADIAL], [RADIAL], [AZIMUTHAL], [3, RADIAL, AZIMUTHAL]],
      names: ["scan_000000", "scan_000001", "scan_000002"],
    });
  });
});

describe("peaks of a stream", () => {
  const asked = parameters({ PeakLocation: [130.5, 181] });

  it("are fitted in each frame, with their errors", async () => {
    const output = join(await temporaryFolder(), "out.h5");
    const run = { output, fitCakes: true };
    const summary = await streamThrough(smallEngine(), asked, givenStream(frames(20)), run);
    expect(summary.peaks).toHaveLength(2);
    const tree = await hdf5Tree(output);
    const fit = tree.get("/fit") as Dataset;
    const sigma = tree.get("/fit_sigma") as Dataset;
    const cakes = tree.get("/fit_cakes") as Dataset;
    expect([fit.shape, sigma.shape, cakes.shape]).toEqual([
      [20, 2, 7],
      [20, 2, 7],
      [20, 2, AZIMUTHAL, 7],
    ]);
    for (const [frame, peak, center] of [
      [0, 0, 130.62],
      [19, 0, 131],
      [19, 1, 181],
    ] as const) {
      const row = fit.data.subarray((frame * 2 + peak) * 7);
      expect(Math.abs(row[1]! - center)).toBeLessThan(0.1);
      // A Gaussian of exp(−(x/2.5)²), whose variance is in hundredths squared.
      expect(row[4]).toBeGreaterThan(4);
      expect(row[4]).toBeLessThan(4.4);
      expect(row[2]! / 1e4).toBeGreaterThan(2.5);
      expect(sigma.data[(frame * 2 + peak) * 7 + 1]).toBeGreaterThan(0);
    }
    const atLast = cakes.data.subarray(((3 * 2 + 1) * AZIMUTHAL + 5) * 7);
    expect(atLast[1]).toBeCloseTo(100.5 + 80 + 3 / 50 + 5 / 20, 1);
    expect(new Set((tree.get("/fit_status") as Dataset).data)).toEqual(new Set([0]));
  });

  it("are found where the file asks for it", async () => {
    const output = join(await temporaryFolder(), "out.h5");
    const found = parameters({ AutoDetectPeaks: 5, SNIPIterations: 20 });
    const summary = await streamThrough(smallEngine(), found, givenStream(frames(2)), { output });
    expect(summary.peaks.map(Math.round)).toEqual([131, 181]);
  });

  it("change while frames come, as the live viewer asks for it", async () => {
    const folder = await temporaryFolder();
    const output = join(folder, "out.h5");
    const update = join(folder, "peak_update.txt");
    const active: string[] = [];
    async function* asking() {
      for (const frame of frames(30)) {
        if (frame.index === 8) writeFileSync(update, "mode replace\n180.9\n");
        if (frame.index === 16) writeFileSync(update, "mode append\n\n131\n");
        if (frame.index === 24) writeFileSync(update, "mode add\n5\n");
        yield frame;
        active.push(readFileSync(join(folder, "active_peaks.txt"), "utf8"));
      }
    }
    const { list, onTrouble } = troubles();
    await streamThrough(smallEngine(), asked, givenStream(asking()), { output, onTrouble });
    expect(list).toEqual([expect.stringMatching(/begins with "mode add".*"mode replace"/)]);
    expect(existsSync(update)).toBe(false);
    expect(active[0]).toBe("130.500000\n181.000000\n");
    expect(active[12]).toBe("180.900000\n");
    expect(active[29]).toMatch(/^180\.[67]\d+\n131\.000000\n$/);
    const tree = await hdf5Tree(output);
    const fit = tree.get("/fit") as Dataset;
    expect(fit.shape).toEqual([30, 2, 7]);
    expect(fit.data[29 * 14 + 1]).toBeCloseTo(181.2, 0);
    // One peak alone has one row.
    expect(fit.data[12 * 14 + 8]).toBeNaN();
    const location = tree.get("/fit_location") as Dataset;
    expect(location.data[24]).toBeCloseTo(180.8, 0);
    expect(location.data[25]).toBeNaN();
  });
});

describe("frames that are no good", () => {
  it("are told of, and the others go on", async () => {
    const output = join(await temporaryFolder(), "out.h5");
    const given = frames(5);
    given[2] = { ...given[2]!, shape: [2, 3], data: new Uint16Array(6) };
    const { list, onTrouble } = troubles();
    const run = { output, onTrouble };
    const summary = await streamThrough(smallEngine(), parameters(), givenStream(given), run);
    expect(summary).toMatchObject({ frames: 4, bad: 1 });
    expect(list).toEqual([expect.stringMatching(/2 × 3/)]);
  });

  it("alone make no file", async () => {
    const folder = await temporaryFolder();
    const run = { output: join(folder, "out.h5"), mapping: false } as const;
    await expect(streamThrough(smallEngine(), parameters(), givenStream([]), run)).rejects.toThrow(
      /no frame came/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("a run that is interrupted", () => {
  async function* breaking(count: number) {
    yield* frames(count);
    throw new Error("the network is gone");
  }

  it("is gone on with to the same file and .bin files", async () => {
    const [whole, parted] = [await temporaryFolder(), await temporaryFolder()];
    const asked = parameters({ PeakLocation: [130.5, 181], OmegaSumFrames: 8, Write2D: true });
    const options = (folder: string) => ({
      ...{ output: join(folder, "out.h5"), bins: true, fitCakes: true },
    });
    await streamThrough(smallEngine(), asked, givenStream(frames(30)), options(whole));
    const broken = streamThrough(smallEngine(), asked, givenStream(breaking(12)), options(parted));
    await expect(broken).rejects.toThrow("the network is gone");
    expect(existsSync(join(parted, "out.h5"))).toBe(false);
    const again = { ...options(parted), resume: true };
    // A folder gives all of its files again.
    const rest = givenStream(frames(30));
    const refused = givenStream(frames(30));
    let closed = 0;
    const close = async () => void closed++;
    await expect(
      streamThrough(smallEngine(), asked, { ...refused, close }, options(parted)),
    ).rejects.toThrow(/keeps 12 frames/);
    // A server that nobody reads any more would keep the process.
    expect(closed).toBe(1);
    const summary = await streamThrough(smallEngine(), asked, rest, again);
    expect(summary).toMatchObject({ frames: 30, resumed: 12, repeated: 12 });
    const trees = [];
    for (const folder of [whole, parted]) {
      const tree = await hdf5Tree(join(folder, "out.h5"));
      trees.push(new Map([...tree].filter(([at]) => !/@(creation_date|frames_)/.test(at))));
    }
    for (const [at, value] of trees[0]!) {
      expect(trees[1]!.get(at), at).toEqual(value);
    }
    for (const name of ["lineout", "lineout_simple_mean", "Int2D", "RTthEtaAreaMap", "fit"]) {
      const read = (folder: string) => readFileSync(join(folder, `${name}.bin`));
      expect(read(parted).equals(read(whole)), name).toBe(true);
    }
    const mapping = (folder: string) => readFileSync(join(folder, "frame_mapping.json"), "utf8");
    expect(mapping(parted)).toBe(mapping(whole));
    expect(readdirSync(parted).sort()).toEqual(readdirSync(whole).sort());
  });

  it("of what was sent, leaves a finished file alone", async () => {
    const output = join(await temporaryFolder(), "out.h5");
    const run = (resume: boolean) => {
      const sent = givenStream(frames(2), "tcp://127.0.0.1:60439");
      return streamThrough(smallEngine(), parameters(), sent, { output, resume });
    };
    await run(true);
    await expect(run(true)).rejects.toThrow(/is finished; name another output/);
    expect((await run(false)).frames).toBe(2);
  });

  it("ends where it is asked to, and keeps what had come", async () => {
    const output = join(await temporaryFolder(), "out.h5");
    const stop = new AbortController();
    const summary = await streamThrough(smallEngine(), parameters(), givenStream(frames(100)), {
      output,
      stop: stop.signal,
      onFrame: ({ index }) => index === 10 && stop.abort(),
    });
    expect(summary.frames).toBeGreaterThan(10);
    expect(summary.frames).toBeLessThan(20);
    expect((await hdf5Tree(output)).get("/lineouts")).toMatchObject({
      shape: [summary.frames, RADIAL],
    });
  });
});

describe("a disk that is full", () => {
  afterEach(() => vi.restoreAllMocks());

  it.each([
    [20_000, /out\.h5\.journal: not written: the disk is full/],
    [75_000, /out\.h5: not written: the disk is full/],
  ])("after %i bytes is an error; what was done is gone on with", async (space, message) => {
    const folder = await temporaryFolder();
    const run = { output: join(folder, "out.h5"), mapping: false } as const;
    const whole = join(folder, "whole.h5");
    await streamThrough(smallEngine(), parameters(), givenStream(frames(30)), {
      ...{ ...run, output: whole },
    });
    let left = space;
    const write = fs.writeSync as (...args: unknown[]) => number;
    vi.spyOn(fs, "writeSync").mockImplementation(((...args: unknown[]) => {
      left -= args[3] as number;
      if (left < 0) throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
      return write(...args);
    }) as typeof fs.writeSync);
    const broken = streamThrough(smallEngine(), parameters(), givenStream(frames(30)), run);
    await expect(broken).rejects.toThrow(message);
    vi.restoreAllMocks();
    expect(existsSync(run.output)).toBe(false);
    const again = { ...run, resume: true };
    await streamThrough(smallEngine(), parameters(), givenStream(frames(30)), again);
    const lineouts = async (path: string) => (await hdf5Tree(path)).get("/lineouts");
    expect(await lineouts(run.output)).toEqual(await lineouts(whole));
  });
});

it("the .bin files are what MIDAS' viewer reads", async () => {
  const folder = await temporaryFolder();
  const asked = parameters({ PeakLocation: [130.5, 181], Write2D: true });
  const run = { output: join(folder, "out.h5"), bins: true };
  await streamThrough(smallEngine(), asked, givenStream(frames(4)), run);
  const doubles = (name: string): Float64Array => {
    const { buffer, byteOffset, length } = readFileSync(join(folder, name));
    return new Float64Array(buffer.slice(byteOffset, byteOffset + length));
  };
  const lineout = doubles("lineout.bin");
  expect(lineout.length).toBe(4 * 2 * RADIAL);
  close(
    [...lineout.subarray(0, 4)],
    [100.5, expected(0).lineout[0]!, 101.5, expected(0).lineout[1]!],
  );
  const means = doubles("lineout_simple_mean.bin");
  expect(means[2 * RADIAL * 3 + 15]).toBeCloseTo(expected(3).mean[7]!, 9);
  close([...doubles("Int2D.bin").subarray(0, 720)], [...expected(0).cake]);
  expect(doubles("RTthEtaAreaMap.bin").length).toBe(5 * RADIAL * AZIMUTHAL);
  const fit = doubles("fit.bin");
  expect(fit.length).toBe(4 * 2 * 7);
  expect(fit[1]).toBeCloseTo(130.6, 0);
  const curves = readFileSync(join(folder, "fit_curves.bin"));
  const [frame, start, count] = [0, 4, 8].map((at) => curves.readInt32LE(at));
  expect(frame).toBe(0);
  expect(start).toBeGreaterThan(0);
  expect(start! + count!).toBeLessThanOrEqual(RADIAL);
  expect(curves.readInt32LE(12 + 8 * count!)).toBe(0);
});
