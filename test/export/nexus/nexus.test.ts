import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  AzimuthalIntegrator,
  type Cakes,
  cake,
  detector,
  type Image,
  type Integrate1dResult,
  type Integrate2dResult,
  load,
  openNexusSeries,
  readImage,
  ShapeError,
  writeHdf5,
  writeNexus,
} from "../../../src/index.js";
import { hasPython, runPython } from "../../support/python.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const image: Image = {
  data: Uint16Array.from({ length: 60 * 50 }, (_, i) => (i * 7919) % 1000),
  shape: [60, 50],
};
const ai = new AzimuthalIntegrator({
  dist: 0.1,
  poni1: 0.003,
  poni2: 0.0025,
  rot1: 0.01,
  wavelength: 1e-10,
  detector: detector({ pixel1: 1e-4, shape: [60, 50] }),
});
const method = { split: "full", engine: "js" } as const;
const profile = (factor = 1): Promise<Integrate1dResult> =>
  ai.integrate1d(image, 40, { errorModel: "poisson", normalizationFactor: factor, method });
const map = (): Promise<Integrate2dResult> =>
  ai.integrate2d(image, 40, 12, { unit: "2th_deg", method });
const cakes = (): Promise<Cakes> => cake(image, ai, { cakes: 8, npt: 30, method });

const checksum = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

describe("what is written is read back here", () => {
  it("as an image", async () => {
    const path = join(await temporaryFolder(), "map.nxs");
    const result = await map();
    await writeNexus(path, result);
    const read = await readImage(path);
    expect(read.shape).toEqual([12, 40]);
    expect(read.data).toEqual(result.intensity);
  });

  it("as cakes, their directions in one run and in units of their own, for h5web", async () => {
    const path = join(await temporaryFolder(), "cakes.nxs");
    await writeNexus(path, await cakes());
    const { Hdf5File } = await import("../../../src/hdf5/hdf5-file.js");
    const { readSmallDataset, readText } = await import("../../../src/hdf5/small-values.js");
    const file = await Hdf5File.open(path);
    const azimuthal = readSmallDataset(file, "/entry/data/azimuthal");
    const units = ["azimuthal", "radial"].map((name) =>
      readText(file, `/entry/data/${name}`, "units"),
    );
    file.close();
    expect(azimuthal).toEqual([270, 315, 360, 405, 450, 495, 540, 585]);
    expect(units).toEqual(["degree", "deg"]);
  });

  it("with its geometry", async () => {
    const folder = await temporaryFolder();
    const path = join(folder, "profile.nxs");
    await writeNexus(path, await profile());
    const { Hdf5File } = await import("../../../src/hdf5/hdf5-file.js");
    const { readSmallDataset } = await import("../../../src/hdf5/small-values.js");
    const file = await Hdf5File.open(path);
    const [poni] = readSmallDataset(file, "/entry/process/calibration/data") as [string];
    file.close();
    writeFileSync(join(folder, "again.poni"), poni);
    const again = await load(join(folder, "again.poni"));
    expect([again.dist, again.poni1, again.rot1, again.wavelength]).toEqual([
      0.1, 0.003, 0.01, 1e-10,
    ]);
  });

  it("as a series that grows, and goes on", async () => {
    const path = join(await temporaryFolder(), "series.nxs");
    const results = await Promise.all([1, 2, 3, 4].map(profile));
    const series = await openNexusSeries(path, { flushEvery: 2 });
    for (const result of results.slice(0, 3)) await series.append(result);
    await series.close();
    const more = await openNexusSeries(path, { resume: true });
    expect(more.frames).toBe(3);
    await more.append(results[3]!);
    await more.close();
    const { data, shape } = await readImage(`${path}::/entry/data/intensity`);
    expect(shape).toEqual([4, 40]);
    expect(data.subarray(120)).toEqual(Float32Array.from(results[3]!.intensity));
    const other = await ai.integrate1d(image, 41, { errorModel: "poisson", method });
    const wrong = await openNexusSeries(path, { resume: true });
    await expect(wrong.append(other)).rejects.toThrow(ShapeError);
  });

  it("not where results differ", async () => {
    const path = join(await temporaryFolder(), "stack.nxs");
    const other = await ai.integrate1d(image, 41, { errorModel: "poisson", method });
    await expect(writeNexus(path, [await profile(), other])).rejects.toThrow(ShapeError);
    await expect(writeNexus(path, [])).rejects.toThrow(ShapeError);
    const missing = writeNexus(path, other, { inputs: [join(path, "not/there.tif")] });
    await expect(missing).rejects.toThrow(/checksum/);
  });

  it("as images with their header", async () => {
    const path = join(await temporaryFolder(), "images.h5");
    const images = [0, 1, 2].map((frame) => ({
      data: image.data.map((value) => value + frame),
      shape: image.shape,
      header: { "motor/x": `${frame}`, exposure: "0.5" },
    }));
    await writeHdf5(path, images);
    const read = await readImage(path, { frame: 2 });
    expect(read).toMatchObject({ data: images[2]!.data, shape: [60, 50] });
    expect(read.header).toMatchObject({ exposure: "0.5", motor_x: "0" });
    const single = join(await temporaryFolder(), "image.h5");
    await writeHdf5(single, image, { compression: "gzip" });
    expect((await readImage(single)).data).toEqual(image.data);
    const smaller = {
      data: image.data.subarray(0, 3000 - 50),
      shape: [59, 50] as [number, number],
    };
    await expect(writeHdf5(single, [image, smaller])).rejects.toThrow(ShapeError);
    const other = { data: Float32Array.from(image.data), shape: image.shape };
    await expect(writeHdf5(single, [image, other])).rejects.toThrow(/Float32Array, others Uint16/);
  });
});

const PROGRAM = `
import io, json, sys
# nexusformat logs to the standard output that it finds.
real, sys.stdout = sys.stdout, io.StringIO()
import h5py, numpy
from silx.io import nxdata
from nexusformat.nexus import nxload
from nexusformat.nexus.validate import validate_file
found = {}
for path in sys.argv[1:]:
    with h5py.File(path) as file:
        plot = nxdata.get_default(file)
        data = file["entry/data"]
        found[path.split("/")[-1]] = {
            "silx": [plot.is_valid, plot.signal_name, list(plot.signal.shape), plot.axes_names, plot.interpretation],
            "errors": None if plot.errors is None else list(plot.errors.shape),
            "sum": float(numpy.nansum(data["intensity"][()])) if "intensity" in data else None,
            "units": data["radial"].attrs["units"] if "radial" in data else None,
            "nexusformat": nxload(path).plottable_data.nxpath,
            "inputs": [text.decode() for name in ("files", "sha256") for text in file.get("entry/process/input/" + name, [])],
        }
    found[path.split("/")[-1]]["problems"] = list(validate_file(path))
print(json.dumps(found), file=real)
`;

it.skipIf(!hasPython)("opens in silx and nexusformat, without a warning", async () => {
  const folder = await temporaryFolder();
  const at = (name: string): string => join(folder, name);
  writeFileSync(at("input.tif"), "foo");
  const [one, two, directed] = await Promise.all([profile(), map(), cakes()]);
  await writeNexus(at("profile.nxs"), one, { inputs: [`${at("input.tif")}#3`] });
  await writeNexus(at("map.nxs"), two, { compression: "bitshuffle-lz4" });
  await writeNexus(at("cakes.nxs"), directed, { compression: "none" });
  await writeNexus(at("stack.nxs"), [two, two, two]);
  const series = await openNexusSeries(at("series.nxs"));
  await series.append(one);
  await series.append(one);
  await series.close();
  await writeHdf5(at("images.nxs"), [image, image]);
  const names = ["profile", "map", "cakes", "stack", "series", "images"].map((n) => `${n}.nxs`);
  const found = runPython<Record<string, Record<string, unknown>>>(PROGRAM, ...names.map(at));
  const plot = (name: string): unknown[] => (found[`${name}.nxs`]!.silx as unknown[]).slice(0, 3);
  const title = "intensity (counts per pixel)";
  const sum = one.intensity.reduce((all, value) => all + (value || 0), 0);
  expect(found["profile.nxs"]).toMatchObject({
    silx: [true, title, [40], ["q (1/nm)"], "spectrum"],
    errors: [40],
    units: "1/nm",
    nexusformat: "/entry/data",
    inputs: [at("input.tif"), checksum],
  });
  expect(found["profile.nxs"]!.sum).toBeCloseTo(sum, 6);
  expect(found["map.nxs"]).toMatchObject({
    silx: [true, title, [12, 40], ["χ (deg)", "2θ (deg)"], "image"],
    units: "deg",
  });
  expect(plot("cakes")).toEqual([true, title, [8, 30]]);
  expect(plot("stack")).toEqual([true, title, [3, 12, 40]]);
  expect(plot("series")).toEqual([true, title, [2, 40]]);
  expect(found["series.nxs"]!.errors).toEqual([2, 40]);
  expect(plot("images")).toEqual([true, "counts", [2, 60, 50]]);
  for (const name of names) expect([name, found[name]!.problems]).toEqual([name, [0, 0]]);
});
