import { existsSync, readdirSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readImage } from "../../src/image/read-image.js";
import { formatFixture } from "../image/format-fixtures.js";
import { hdf5Folder } from "../image/hdf5/hdf5-fixtures.js";
import { beamline } from "./beamline.js";
import { run } from "./run.js";

test("one image to a file, format by its extension", async () => {
  const { at } = await beamline();
  const ran = await run(["convert", at("frame_1.tif"), at("new/a.npy")]);
  expect(ran.code).toBe(0);
  expect(ran.stdout).toContain(`written: ${at("new/a.npy")}`);
  const image = await readImage(at("new/a.npy"));
  expect(image.data).toEqual(new Uint16Array(2000).fill(100));
  expect(image.shape).toEqual([40, 50]);
  const back = await run(["convert", at("new/a.npy"), at("new/b.tif"), "--compression", "deflate"]);
  expect(back.code).toBe(0);
  expect((await readImage(at("new/b.tif"))).data).toEqual(image.data);
});

test("between all formats, values and element types unchanged", async () => {
  const { at } = await beamline();
  const names = ["int32 big.edf", "mini smooth.cbf", "high.mar2300", "own.ge", "45 wide.msk"];
  for (const name of names) await writeFile(at(name), formatFixture(name));
  for (const format of ["tif", "npy", "edf", "cbf"]) {
    const folder = at(`to ${format}/`);
    const ran = await run(["convert", ...names.map(at), folder, "--format", format, "--quiet"]);
    expect(ran.stderr).toBe("");
    for (const name of names) {
      const stem = name.slice(0, name.lastIndexOf("."));
      const made = name === "own.ge" ? `${stem}_00000` : stem;
      const [from, to] = await Promise.all([
        readImage(at(name)),
        readImage(`${folder}${made}.${format}`),
      ]);
      expect(to.data, `${name} to ${format}`).toEqual(from.data);
      expect(to.shape).toEqual(from.shape);
    }
  }
  expect((await run(["convert", at("45 wide.msk"), at("a.mask")])).code).toBe(0);
  expect((await readImage(at("a.mask"))).data).toBeInstanceOf(Int8Array);
});

test("an output beside an input of the planned name is no collision", async () => {
  const { at } = await beamline();
  expect((await run(["convert", at("mask.npy"), at("other.npy"), "--quiet"])).code).toBe(0);
});

test("many images into a folder", async () => {
  const { at } = await beamline();
  const ran = await run(["convert", at("frame_*.tif"), at("out"), "--format", "edf", "--json"]);
  expect(JSON.parse(ran.stdout)).toMatchObject({ command: "convert", done: 3 });
  expect(readdirSync(at("out"))).toEqual(["frame_1.edf", "frame_10.edf", "frame_2.edf"]);
});

test.each([
  [["frame_1.tif"], "IN and OUT are needed"],
  [["frame_1.tif", "frame_2.tif", "a.npy"], "these are several images"],
  [["frame_1.tif", "frame_1.tif"], "is an input and would be overwritten"],
  [["frame_1.tif", "."], "is an input and would be overwritten"],
  [["frame_1.tif", "a.npy", "--format", "tif"], "is to be a .npy, but --format is tif"],
  [["frame_1.tif", "a.xyz"], ".xyz is not written"],
  [["frame_1.tif", "a.npy", "--compression", "deflate"], "--compression is of .tif only"],
])("%j is wrong usage", async (argv, message) => {
  const { at } = await beamline();
  const ran = await run([
    "convert",
    ...argv.map((word) => (/\.|^\.$/.test(word) ? at(word) : word)),
  ]);
  expect(ran.stderr).toContain(message);
  expect(ran.code).toBe(2);
  expect(existsSync(at("a.npy"))).toBe(false);
});

test("what an HDF5 file links to outside its folder, if that is trusted", async () => {
  const { at } = await beamline();
  const { root, files } = hdf5Folder();
  const linked = join(files, "links.h5::/outside");
  try {
    const refused = await run(["convert", linked, at("linked.h5")]);
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toContain("outside the file's folder");
    for (const output of ["linked.h5", "linked/"]) {
      const ran = await run(["convert", linked, at(output), "--trust", root, "--quiet"]);
      expect(ran.stderr).toBe("");
      expect(ran.code).toBe(0);
    }
    expect((await readImage(at("linked.h5"))).shape).toEqual([30, 40]);
    const told = await run(["info", linked, "--trust", root]);
    expect(told.stdout).toContain("30 × 40");
  } finally {
    await rm(root, { recursive: true });
  }
});
