import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { writeNpy } from "../../src/export/npy.js";
import { writeTiff } from "../../src/export/tiff.js";
import { FrameSender } from "../../src/index.js";
import { hdf5Tree } from "../support/hdf5-tree.js";
import { farthest, midasCase } from "../support/midas-cases.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { run } from "./run.js";

const given = midasCase("distorted");
const fixture = resolve("test/fixtures/midas/distorted/parameters.txt");

interface Dataset {
  readonly shape: number[];
  readonly data: Float64Array;
}

/** A folder with images, the first of which is midas-integrate's, and its parameter file. */
async function workplace(frames = 3) {
  const folder = await temporaryFolder();
  const at = (name: string): string => join(folder, name);
  const { data, shape } = given.frame;
  const image = (index: number) => ({ data: data.map((value) => value + 10 * index), shape });
  for (let i = 0; i < frames; i++) await writeTiff(at(`images/a_${i}.tif`), image(i));
  writeFileSync(at("ps.txt"), readFileSync(fixture));
  return { folder, at, image };
}

describe("midas-stream", () => {
  it("makes of a folder what midas-integrate makes of its images", async () => {
    const { at } = await workplace();
    const words = ["--param-file", at("ps.txt"), "--folder", at("images"), "--cakes"];
    const { code, stdout } = await run(["midas-stream", ...words, "--output-h5", at("o.h5")]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^3 frames in .*\nwritten: .*o\.h5, .*o\.zarr\.zip\n$/);
    const tree = await hdf5Tree(at("o.h5"));
    const [radial, azimuthal] = given.bins;
    const values = (name: string): Float64Array => (tree.get(name) as Dataset).data;
    const first = (name: string, size: number): Float64Array => values(name).subarray(0, size);
    const expected = (name: string): Float64Array => given.expected(`${name}.floor.area`);
    // What float32 allows: their maps keep areas in it.
    expect(farthest(first("/lineouts", radial), expected("area_weighted"))).toBeLessThan(2e-7);
    const means = first("/lineouts_simple_mean", radial);
    expect(farthest(means, expected("simple_mean"))).toBeLessThan(2e-7);
    const cake = first("/intensity", radial * azimuthal);
    expect(farthest(cake, expected("cake"))).toBeLessThan(2e-7);
    const area = values("/geometry_maps/Area_map");
    expect(farthest(area, given.expected("area.area"))).toBeLessThan(1e-6);
    expect(tree.get("/frame_names")).toEqual(["a_0", "a_1", "a_2"]);
  });

  it("listens, prints JSON, and ends where nothing comes any more", async () => {
    const { at, image } = await workplace();
    const { output, done } = heard([
      ...["midas-stream", "--param-file", at("ps.txt"), "--listen", "127.0.0.1:0", "--json"],
      ...["--timeout", "1.5", "-EtaBinSize", "90", "--output-h5", at("o.h5"), "--bins"],
    ]);
    await expect.poll(() => output()).toMatch(/listening on tcp:\/\/127\.0\.0\.1:\d+/);
    const sender = new FrameSender({ port: Number(/:(\d+)\n/.exec(output())![1]) });
    for (let i = 0; i < 3; i++) await sender.send(image(i), 7 + i);
    await sender.close();
    const { code, stdout } = await done;
    expect(code).toBe(0);
    const summary = JSON.parse(stdout);
    expect(summary).toMatchObject({
      command: "midas-stream",
      frames: 3,
      bad: 0,
      output: at("o.h5"),
    });
    const tree = await hdf5Tree(at("o.h5"));
    expect((tree.get("/frames/number") as { data: Int32Array }).data).toEqual(
      Int32Array.of(7, 8, 9),
    );
    expect((tree.get("/azimuth") as Dataset).data).toEqual(Float64Array.of(-135, -45, 45, 135));
    expect(existsSync(at("lineout.bin"))).toBe(true);
  });

  it("goes on with what was interrupted only where it is asked to", async () => {
    const { at } = await workplace();
    const words = [
      ...["midas-stream", "--param-file", at("ps.txt"), at("images"), "--output-h5", at("o.h5")],
      ...["--mapping-file", at("m.json")],
    ];
    const stop = new AbortController();
    // Interrupted before the first frame.
    stop.abort();
    const nothing = await run(words, { signal: stop.signal });
    expect(nothing.code).toBe(1);
    expect(nothing.stderr).toMatch(/stopped/);
    expect(readdirSync(at(".")).sort()).toEqual(["images", "ps.txt"]);
    const { code } = await run([...words, "--resume"]);
    expect(code).toBe(0);
    expect(Object.keys(JSON.parse(readFileSync(at("m.json"), "utf8")))).toEqual(["0", "1", "2"]);
  });

  it("a frame of another shape is told of, and the rest is written", async () => {
    const { at } = await workplace();
    await writeTiff(at("images/a_1.tif"), { data: new Uint16Array(6), shape: [2, 3] });
    const words = ["--param-file", at("ps.txt"), "--folder", at("images"), "--extension", ".tif"];
    const { code, stdout, stderr } = await run([
      ...["midas-stream", ...words, "--output-dir", at("."), "--no-zarr"],
    ]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/its shape is 2 × 3, not 20 × 24/);
    expect(stdout).toMatch(/^2 frames.*\n1 were no good and were left out\n/);
    const tree = await hdf5Tree(at("integrator_output.h5"));
    expect(tree.get("/frame_names")).toEqual(["a_0", "a_2"]);
  });

  it("subtracts dark frames, of images or raw", async () => {
    const { at } = await workplace(1);
    const [rows, columns] = given.frame.shape;
    const dark = new Uint16Array(2 * rows * columns).fill(10).fill(30, rows * columns);
    await writeNpy(at("dark.npy"), { data: dark, shape: [2, rows, columns] });
    writeFileSync(at("dark.bin"), new Uint8Array(BigInt64Array.from(dark, BigInt).buffer));
    const lineouts: Float64Array[] = [];
    for (const name of ["", "dark.npy", "dark.bin"]) {
      const { code } = await run([
        ...["midas-stream", "--param-file", at("ps.txt"), at("images/a_0.tif"), "--quiet"],
        ...["--output-h5", at(`${name}.h5`), "-SolidAngleCorrection", "0"],
        ...["--set", "PolarizationCorrection=0", ...(name === "" ? [] : ["--dark", at(name)])],
      ]);
      expect(code).toBe(0);
      lineouts.push(((await hdf5Tree(at(`${name}.h5`))).get("/lineouts") as Dataset).data);
    }
    expect(lineouts[1]).toEqual(lineouts[2]);
    // Where nothing else is corrected, a flat dark takes itself off every bin.
    const difference = lineouts[0]!.map((value, i) => value - lineouts[1]![i]!);
    for (const value of difference) expect(value).toBeCloseTo(20, 3);
  });

  it.each([
    [["--folder", "d", "--listen"], /more than one source/],
    [[], /no source of frames/],
    [["--folder", "d", "--timeout", "0"], /--timeout is a number of seconds above 0/],
    [["--folder", "d", "--save-interval", "0"], /--save-interval N is a whole number above 0/],
    [["a.tif", "--extension", "tif"], /--extension goes with --folder/],
    [["--pva", "--file", "a.tif"], /more than one source/],
    [["--folder", "d", "--set", "RMax"], /--set is KEY=VALUE/],
    [["--folder", "d", "--set", "RMx=5"], /no parameter file has the key RMx; did you mean RM/],
    [["--folder", "d", "-RMx", "5"], /no option -R/],
  ])("%s is wrong usage", async (words, message) => {
    const { at } = await workplace(0);
    const argv = [
      "midas-stream",
      "--param-file",
      at("ps.txt"),
      "--output-h5",
      at("o.h5"),
      ...words,
    ];
    const { code, stderr } = await run(argv);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  it("a parameter file that is missing, or a folder without images, is an error", async () => {
    const { at } = await workplace(0);
    const output = ["--output-h5", at("o.h5"), "--mapping-file", at("m.json")];
    const missing = await run(["midas-stream", "--param-file", at("none"), "x.tif", ...output]);
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringMatching(/none: this MIDAS/)]);
    const wrong = ["midas-stream", "--param-file", at("ps.txt"), at("none.tif"), ...output];
    const { code, stderr } = await run(wrong);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/none\.tif/)]);
    expect(readdirSync(at("."))).toEqual(["ps.txt"]);
  });
});

/** Runs a command line, and hears what it says meanwhile. */
function heard(argv: readonly string[]) {
  let text = "";
  const stream = { write: (more: string) => (text += more) };
  const done = import("../../src/cli/main.js").then(async ({ main }) => {
    let stdout = "";
    const code = await main(argv, {
      stdout: { write: (more) => (stdout += more) },
      stderr: stream,
      isTTY: false,
      env: {},
    });
    return { code, stdout };
  });
  return { output: () => text, done };
}
