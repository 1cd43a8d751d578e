import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { circleMap, compositeMap, readImage, writeEdf } from "../../src/index.js";
import { image, shape, smallScan } from "../scan/small-scan.js";
import { runNode } from "../support/node.js";
import { hasPython, runPython } from "../support/python.js";
import { run } from "./run.js";

describe("cakelab composite-map", () => {
  it("writes the composite and its sums, corrected", async () => {
    const { folder } = await smallScan(6);
    const at = (name: string): string => join(folder, "aside", name);
    await Promise.all(
      ["dark", "flat", "b_1", "b_2"].map((name, i) => writeEdf(at(`${name}.edf`), image(20 + i))),
    );
    const mask = { data: Uint8Array.from({ length: 216 }, (_, i) => (i % 50 ? 0 : 1)), shape };
    await writeEdf(at("mask.edf"), mask);
    const ran = await run([
      ...["composite-map", join(folder, "d_*.edf"), "-t", "3", "-r", "2", "--roi", "4,2,13,9"],
      ...["--binning", "2", "-m", at("mask.edf"), "-d", at("dark.edf"), "-f", at("flat.edf")],
      ...["--background", `${at("b_1.edf")},${at("b_2.edf")}`, "--dummy", "-1"],
      ...["-o", at("map.edf"), "--threads", "0"],
    ]);
    expect(ran.stdout).toContain("6 of 6 points");
    expect(ran.stdout).toContain(`written: ${at("map.edf")}, ${at("map_sum.edf")}`);
    expect(ran.code).toBe(0);
    const [first, second] = [image(22).data, image(23).data];
    const map = await compositeMap(join(folder, "d_*.edf"), {
      ...{ fast: 3, slow: 2, roi: [4, 2, 13, 9], binning: 2, dummy: -1, mask },
      dark: image(20),
      flat: image(21),
      background: { data: Float64Array.from(first, (v, i) => (v + second[i]!) / 2), shape },
    });
    expect((await readImage(at("map.edf"))).data).toEqual(map.composite.data);
    expect((await readImage(at("map_sum.edf"))).data).toEqual(Float32Array.from(map.sum.data));
  });

  it("tells what is missing, wrong or could not be read", async () => {
    const { folder } = await smallScan(3);
    const out = join(folder, "out/map.nxs");
    const ask = (...words: string[]) => run(["composite-map", folder, ...words]);
    expect(await ask("-o", out)).toMatchObject({ code: 2 });
    expect((await ask("-t", "3", "-o", out)).stderr).toMatch(/-t FAST and -r SLOW/);
    const mesh = ["-t", "3", "-r", "1"];
    expect((await ask(...mesh, "-o", "map.png")).stderr).toMatch(/\.nxs/);
    expect((await ask(...mesh, "-o", out, "--roi", "1,2,3")).stderr).toMatch(/X0,Y0,X1,Y1/);
    expect(await ask(...mesh, "-o", out, "--roi", "0,0,90,1")).toMatchObject({ code: 2 });
    await writeFile(join(folder, "d_1.edf"), "{ broken");
    const ran = await ask(...mesh, "-o", out, "--json");
    expect(ran.code).toBe(1);
    expect(JSON.parse(ran.stdout)).toMatchObject({ points: 3, done: 2, failed: 1, files: [out] });
    expect(ran.stderr).toMatch(/failed: .*d_1\.edf/);
  });

  it("is stopped before the first frame without a file", async () => {
    const { folder } = await smallScan(2);
    const out = join(folder, "out/map.nxs");
    const argv = ["composite-map", folder, "-t", "2", "-r", "1", "-o", out];
    expect(await run(argv, { signal: AbortSignal.abort() })).not.toMatchObject({ code: 0 });
    expect(existsSync(out)).toBe(false);
  });
});

describe("cakelab circle-map", () => {
  it("maps a ring in pixels", async () => {
    const { folder } = await smallScan(6);
    const out = join(folder, "out/ring.tif");
    const ran = await run([
      ...["circle-map", folder, "-t", "3", "-r", "2", "--center", "8,5", "--radius", "4"],
      ...["--width", "2", "-o", out],
    ]);
    expect(ran).toMatchObject({ code: 0 });
    const ring = { fast: 3, slow: 2, center: [8, 5], radius: 4, width: 2 } as const;
    const map = await circleMap(folder, ring);
    expect((await readImage(out)).data).toEqual(Float32Array.from(map.sum.data));
  });

  it("maps a sector of a ring of 2θ", async () => {
    const { folder } = await smallScan(2);
    const poni = join(folder, "aside.poni");
    await writeFile(
      poni,
      `poni_version: 2.1
Detector: Detector
Detector_config: {"pixel1": 1e-4, "pixel2": 1e-4, "max_shape": [12, 18], "orientation": 3}
Distance: 0.1
Poni1: 0.0006
Poni2: 0.0009
Rot1: 0.0
Rot2: 0.0
Rot3: 0.0
Wavelength: 1e-10
`,
    );
    const out = join(folder, "out/ring.nxs");
    const ran = await run([
      ...["circle-map", join(folder, "*.edf"), "-t", "2", "-r", "1", "-p", poni, "--unit"],
      ...["2th_deg", "--radius", "0.3", "--width", "0.1", "--azimuth-range", "0,90", "-o", out],
    ]);
    expect(ran).toMatchObject({ code: 0 });
    const degrees = Math.PI / 180;
    const sums = [0, 1].map((seed) =>
      image(seed).data.reduce((sum, value, i) => {
        const [dy, dx] = [Math.floor(i / 18) + 0.5 - 6, (i % 18) + 0.5 - 9];
        const angle = Math.atan(Math.hypot(dx, dy) / 1000) / degrees;
        return angle >= 0.25 && angle <= 0.35 && dx >= 0 && dy >= 0 ? sum + value : sum;
      }, 0),
    );
    const { data } = await readImage(out);
    for (const [i, sum] of sums.entries()) expect(Math.abs(data[i]! - sum)).toBeLessThan(1e-3);
  });

  it("tells what is missing", async () => {
    const { folder } = await smallScan(1);
    const ask = (...words: string[]) =>
      run(["circle-map", folder, "-t", "1", "-r", "1", "-o", "x.edf", ...words]);
    expect((await ask()).stderr).toMatch(/--radius R and --width W/);
    const ring = ["--radius", "3", "--width", "1"];
    expect((await ask(...ring)).stderr).toMatch(/--center X,Y/);
    expect((await ask(...ring, "--unit", "2th_deg")).stderr).toMatch(/-p PONI/);
  });
});

describe("cakelab batch with a configuration of maps", () => {
  const yaml = `
input:
  directory: .
  file_name: d_*.edf
  numbers: 0-3,5
background: { directory: beam, file_name: b_0000.edf, numbers: "0-1" }
mask: beam/mask.edf
output: { directory: maps, file_name: run1.edf }
process:
  do_composite: { npt_x: 5, npt_y: 1, roi: [1, 3, 6, 8], binning: 2, origin: lower }
  do_circle: { npt_x: 5, npt_y: 1, center: [8, 5], radius: 4, width: 2 }
  do_sum: true
  verbose: false
`;

  it("makes the maps that it names", async () => {
    const { folder } = await smallScan(0);
    const at = (name: string): string => join(folder, name);
    for (const i of [0, 1, 2, 3, 5]) await writeEdf(at(`d_000${i}.edf`), image(i));
    for (const i of [0, 1]) await writeEdf(at(`beam/b_000${i}.edf`), image(30));
    const mask = { data: Uint8Array.from({ length: 216 }, (_, i) => (i === 90 ? 1 : 0)), shape };
    await writeEdf(at("beam/mask.edf"), mask);
    await writeFile(at("maps.yaml"), yaml);
    const ran = await run(["batch", at("maps.yaml"), "--base", folder]);
    expect(ran).toMatchObject({ code: 0, stdout: "", stderr: "" });
    const scan = { fast: 5, slow: 1, mask, background: image(30) } as const;
    const box = { roi: [1, 3, 6, 8], binning: 2, origin: "lower" } as const;
    const composite = await compositeMap(at("d_*.edf"), { ...scan, ...box });
    const circle = await circleMap(at("d_*.edf"), { ...scan, center: [8, 5], radius: 4, width: 2 });
    const written = async (name: string) => (await readImage(at(`maps/${name}.edf`))).data;
    expect(await written("run1")).toEqual(composite.composite.data);
    expect(await written("run1_sum")).toEqual(Float32Array.from(composite.sum.data));
    expect(await written("run1_ring")).toEqual(Float32Array.from(circle.sum.data));
  });

  it.each([
    ["a slip", yaml.replace("npt_x", "npt_z"), /did you mean npt_x|npt_z/],
    ["numbers that are none", yaml.replace("0-3,5", "a-b"), /numbers such as/],
    ["nothing to do", yaml.replace(/ {2}do_c.*\n/g, ""), /neither do_composite nor do_circle/],
    ["files that are not there", yaml, /d_0000\.edf: is not there, nor are 4 others/],
  ])("says what is wrong with %s", async (_, text, message) => {
    const { folder } = await smallScan(0);
    await writeFile(join(folder, "maps.yaml"), text);
    const ran = await run(["batch", join(folder, "maps.yaml"), "--base", folder]);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toMatch(message);
  });
});

const built = resolve(import.meta.dirname, "../../dist/src/index.js");

it.skipIf(!existsSync(built))("threads make the same maps (needs a build)", async () => {
  const { folder } = await smallScan(12);
  await writeFile(join(folder, "d_7.edf"), "{ broken");
  const [serial, threaded] = runNode<unknown[]>(
    `import { circleMap, compositeMap } from ${JSON.stringify(built)};
     const all = [];
     for (const workers of [0, 2]) {
       const scan = { fast: 4, slow: 3, workers };
       const box = await compositeMap(process.argv[1], { ...scan, roi: [4, 2, 13, 9], binning: 2 });
       const ring = await circleMap(process.argv[1], { ...scan, center: [8, 5], radius: 4, width: 2 });
       all.push([box, ring]);
     }
     console.log(JSON.stringify(all));`,
    folder,
  );
  expect(threaded).toEqual(serial);
  expect(serial).toMatchObject([{ framesDone: 11, failed: [{ index: 7 }] }, { framesDone: 11 }]);
});

const ORACLE = `
import glob, json, sys
import fabio, numpy
from pyFAI.utils.mathutil import binning
folder = sys.argv[1]
load = lambda name: fabio.open(f"{folder}/{name}").data.astype("float64")
mask = load("aside/mask.edf") != 0
x0, y0, x1, y1 = 4, 2, 13, 9
def part(image):
    image = image.copy()
    image[mask] = 0
    height = image.shape[0]
    # xrsmap counts rows from the bottom.
    return binning(image[height - y1 - 1 : height - y0, x0 : x1 + 1], 2, norm=False)
dark, flat = part(load("aside/dark.edf")), part(load("aside/flat.edf"))
back = (part(load("aside/back.edf")) - dark) / flat
tiles = [(part(load(f"d_{i}.edf")) - dark) / flat - back for i in range(6)]
composite = numpy.block([tiles[:3], tiles[3:]])
ours, sums = load("aside/map.edf"), load("aside/map_sum.edf")
yy, xx = numpy.indices(mask.shape)
rho = numpy.hypot(xx - 8, yy - (mask.shape[0] - 1 - 5))
ring = (rho >= 3) & (rho <= 5) & ~mask
rings = numpy.array([((load(f"d_{i}.edf"))[ring]).sum() for i in range(6)]).reshape(2, 3)
found = fabio.open(f"{folder}/aside/ring.edf").data
print(json.dumps([
    float(abs(ours - composite).max() / abs(composite).max()),
    float(abs(sums - numpy.array([t.sum() for t in tiles]).reshape(2, 3)).max() / abs(sums).max()),
    float(abs(found - rings).max() / rings.max()),
]))
`;

it.skipIf(!hasPython)(
  "maps are what NumPy and pyFAI's binning make in xrsmap's order",
  async () => {
    const { folder } = await smallScan(6);
    const at = (name: string): string => join(folder, "aside", name);
    await Promise.all(
      ["dark", "flat", "back"].map((name, i) => writeEdf(at(`${name}.edf`), image(40 + i))),
    );
    // A pixel that is masked and whose block is not.
    const mask = { data: Uint8Array.from({ length: 216 }, (_, i) => (i % 41 ? 0 : 1)), shape };
    await writeEdf(at("mask.edf"), mask);
    const common = [join(folder, "d_*.edf"), "-t", "3", "-r", "2", "--origin", "lower"];
    const box = ["--roi", "4,2,13,9", "--binning", "2", "-m", at("mask.edf"), "-o", at("map.edf")];
    const files = ["-d", at("dark.edf"), "-f", at("flat.edf"), "--background", at("back.edf")];
    const ring = ["--center", "8,5", "--radius", "4", "--width", "2", "-m", at("mask.edf")];
    expect(await run(["composite-map", ...common, ...box, ...files])).toMatchObject({ code: 0 });
    const ran = await run(["circle-map", ...common, ...ring, "-o", at("ring.edf")]);
    expect(ran).toMatchObject({ code: 0 });
    const differences = runPython<number[]>(ORACLE, folder);
    expect(differences).toHaveLength(3);
    for (const difference of differences) expect(difference).toBeLessThan(1e-6);
  },
);
