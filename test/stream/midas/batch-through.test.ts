import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeHdf5 } from "../../../src/export/hdf5-images.js";
import { writeTiff } from "../../../src/export/tiff.js";
import { batchThrough } from "../../../src/stream/midas/batch-through.js";
import { hdf5Tree } from "../../support/hdf5-tree.js";
import { hasPython, runPython } from "../../support/python.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { AZIMUTHAL, isEmpty, parameters, RADIAL, smallEngine, smallImage } from "./small-run.js";

const image = (index: number) => {
  const { data, shape } = smallImage(index);
  return { data: Float32Array.from(data), shape };
};

async function dataFile(frames: number): Promise<{ folder: string; path: string }> {
  const folder = await temporaryFolder();
  const path = join(folder, "scan_000001.h5");
  await writeHdf5(
    path,
    Array.from({ length: frames }, (_, index) => image(index)),
  );
  return { folder, path };
}

const names = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.includes("caked"))
    .sort();

describe("the files of a batch", () => {
  it("have MIDAS' arrays, and those of its manual", async () => {
    const { folder, path } = await dataFile(5);
    const asked = parameters({ OmegaSumFrames: 2, SkipFrame: 1 });
    const summary = await batchThrough(smallEngine(), asked, [path], { resultFolder: folder });
    const output = join(folder, "scan_000001.h5.caked.hdf");
    expect(summary.files).toEqual([
      {
        ...{ source: path, state: "done", frames: 4, bad: 0 },
        outputs: [output, `${output}.zarr.zip`],
      },
    ]);
    expect(names(folder)).toEqual([
      "scan_000001.h5.caked.hdf",
      "scan_000001.h5.caked.hdf.zarr.zip",
    ]);
    const tree = await hdf5Tree(output);
    const cake = (index: number) => {
      const { data } = image(index);
      return Float64Array.from({ length: RADIAL * AZIMUTHAL }, (_, i) => {
        const [r, a] = [Math.floor(i / AZIMUTHAL), i % AZIMUTHAL];
        return isEmpty(r, a) ? 0 : data[a * RADIAL + r]!;
      });
    };
    const at = (name: string) => tree.get(name) as { shape: number[]; data: Float64Array };
    expect(at("/REtaMap").shape).toEqual([5, RADIAL, AZIMUTHAL]);
    for (let i = 0; i < 4; i++) {
      expect(at(`/IntegrationResult/FrameNr_${i}`).data).toEqual(cake(i + 1));
    }
    const summed = cake(3).map((value, i) => value + cake(4)[i]!);
    expect(at("/OmegaSumFrame/LastFrameNumber_3").data).toEqual(summed);
    expect(tree.get("/OmegaSumFrame/LastFrameNumber_3@Number Of Frames Summed")).toEqual([2]);
    expect(tree.get("/OmegaSumFrame/LastFrameNumber_1@LastOme")).toEqual([-9.75]);
    expect([...at("/Omegas").data]).toEqual([-10, -9.75, -9.5, -9.25]);
    expect(at("/SumFrames").data).toEqual(at("/intensity").data);
    expect(at("/lineout").shape).toEqual([4, RADIAL]);
    expect(at("/tth").shape).toEqual([RADIAL]);
    expect([...at("/InstrumentParameters/Distance").data]).toEqual([1e6]);
    expect([...at("/InstrumentParameters/Lam").data]).toEqual([0.2]);
  });

  it("go on where one is bad or missing, in the order of their names", async () => {
    const folder = await temporaryFolder();
    const paths = [1, 2, 3, 4].map((i) => join(folder, `scan_00000${i}.tif`));
    for (const index of [0, 3]) await writeTiff(paths[index]!, image(index));
    writeFileSync(paths[1]!, "no image");
    const told: string[] = [];
    const summary = await batchThrough(smallEngine(), parameters(), paths, {
      ...{ resultFolder: folder, together: 2, onTrouble: ({ message }) => told.push(message) },
    });
    expect(summary.files.map(({ state }) => state)).toEqual(["done", "failed", "missing", "done"]);
    expect(summary.files[1]!.error?.message).toMatch(/scan_000002\.tif/);
    expect(told.join()).toMatch(/scan_000002\.tif/);
    expect(names(folder)).toHaveLength(4);
    const again = await batchThrough(smallEngine(), parameters(), paths, {
      ...{ resultFolder: folder, skipExisting: true, onTrouble: () => {} },
    });
    const states = again.files.map(({ state }) => state);
    expect(states).toEqual(["skipped", "failed", "missing", "skipped"]);
  });

  it("are gone on with after an interruption", async () => {
    const { folder, path } = await dataFile(40);
    const asked = parameters({ PeakLocation: [131] });
    const whole = join(folder, "whole");
    await batchThrough(smallEngine(), asked, [path], { resultFolder: whole });
    const stop = new AbortController();
    const engine = smallEngine();
    let seen = 0;
    const caker: typeof engine.caker = {
      integrate(given, signal) {
        if (++seen === 12) stop.abort(new Error("enough"));
        return engine.caker.integrate(given, signal);
      },
    };
    const parted = join(folder, "parted");
    await expect(
      batchThrough({ ...engine, caker }, asked, [path], {
        ...{ resultFolder: parted, signal: stop.signal },
      }),
    ).rejects.toThrow("enough");
    expect(names(parted)).toEqual(["scan_000001.h5.caked.hdf.journal"]);
    const refused = await batchThrough(engine, asked, [path], { resultFolder: parted });
    expect(refused.files[0]!.error?.message).toMatch(/go on with it by resume/);
    await batchThrough(engine, asked, [path], { resultFolder: parted, resume: true });
    const name = "scan_000001.h5.caked.hdf";
    expect(await hdf5Tree(join(parted, name))).toEqual(await hdf5Tree(join(whole, name)));
    expect(names(parted)).toEqual(names(whole));
  });
});

const matProgram = `
import json, sys, scipy.io, h5py, numpy
mat = scipy.io.loadmat(sys.argv[1])
with h5py.File(sys.argv[2]) as file:
    same = {}
    def check(name, value):
        if not isinstance(value, h5py.Dataset) or name.startswith(("entry", "geometry")):
            return
        at = mat
        for part in name.split("/"):
            at = at[part] if isinstance(at, dict) else at[part][0, 0]
        same[name] = bool(numpy.array_equal(numpy.squeeze(at), numpy.squeeze(value[()])))
    file.visititems(check)
    print(json.dumps({"same": same, "fields": sorted(mat["InstrumentParameters"].dtype.names)}))
`;

it.skipIf(!hasPython)("the MATLAB file has every array, those in groups too", async () => {
  const { folder, path } = await dataFile(3);
  await batchThrough(smallEngine(), parameters(), [path], { resultFolder: folder, mat: true });
  const output = join(folder, "scan_000001.h5.caked.hdf");
  const mat = `${output}.zarr.zip.mat`;
  const { same, fields } = runPython<{ same: Record<string, boolean>; fields: string[] }>(
    matProgram,
    mat,
    output,
  );
  expect(Object.keys(same).length).toBeGreaterThan(15);
  expect(Object.entries(same).filter(([, isSame]) => !isSame)).toEqual([]);
  expect(fields).toEqual(["Distance", "Lam", "Polariz", "SH_L", "U", "V", "W", "X", "Y", "Z"]);
});

/** What GSAS-II's importer of MIDAS' stores asks for: written down from its documentation of them. */
const gsasProgram = `
import json, sys, numpy, zarr
store = zarr.open(sys.argv[1], mode="r")
assert all(name in store for name in ("InstrumentParameters", "REtaMap", "OmegaSumFrame"))
maps = numpy.array(store["REtaMap"])
used = maps[3] != 0
sums = [(name, numpy.array(value), dict(value.attrs)) for name, value in store["OmegaSumFrame"].items()]
values = {name: value[0] for name, value in store["InstrumentParameters"].items()}
azimuth = 4
print(json.dumps({
    "names": sorted(name for name, _, _ in sums),
    "points": int(used[:, azimuth].sum()),
    "tth": float(maps[1][:, azimuth][used[:, azimuth]][0]),
    "eta": float(maps[2][:, azimuth][used[:, azimuth]].mean()),
    "summed": sums[0][2]["Number Of Frames Summed"],
    "omega": 0.5 * (sums[0][2]["FirstOme"] + sums[0][2]["LastOme"]),
    "mean": float((sums[0][1][:, azimuth][used[:, azimuth]] / sums[0][2]["Number Of Frames Summed"])[5]),
    "values": values,
}))
`;

it.skipIf(!hasPython)("the Zarr store is what GSAS-II asks for", async () => {
  const { folder, path } = await dataFile(4);
  await batchThrough(smallEngine(), parameters({ OmegaSumFrames: 2 }), [path], {
    resultFolder: folder,
  });
  const zarr = join(folder, "scan_000001.h5.caked.hdf.zarr.zip");
  const mean = (image(0).data[4 * RADIAL + 5]! + image(1).data[4 * RADIAL + 5]!) / 2;
  expect(runPython(gsasProgram, zarr)).toEqual({
    names: ["LastFrameNumber_1", "LastFrameNumber_3"],
    points: RADIAL - 3,
    tth: expect.closeTo((Math.atan(100.5 * 2e-4) * 180) / Math.PI, 9),
    eta: expect.closeTo(90, 9),
    summed: 2,
    omega: expect.closeTo(-9.875, 9),
    mean: expect.closeTo(mean, 9),
    values: {
      ...{ Polariz: 0.99, Lam: 0.2, SH_L: 0.002, U: 1.163, V: -0.126, W: 0.063 },
      ...{ X: 0, Y: 0, Z: 0, Distance: 1e6 },
    },
  });
});
