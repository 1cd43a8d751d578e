import { mkdir, writeFile } from "node:fs/promises";
import { basename, join, relative } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { FileAccessError } from "../../src/errors.js";
import { listFiles } from "../../src/image/list-files.js";
import { naturalOrder } from "../../src/image/natural-order.js";
import { temporaryFolder } from "../support/temporary-folder.js";

async function folderWith(...names: string[]): Promise<string> {
  const folder = await temporaryFolder();
  await mkdir(join(folder, "sub"));
  for (const name of names) await writeFile(join(folder, name), "");
  return folder;
}

const names = (files: string[]) => files.map((file) => basename(file));

test("a glob in natural order, each file once", async () => {
  const folder = await folderWith("a10.tif", "a2.tif", "a1.tif", "b1.tif", "sub/a3.tif");
  expect(names(await listFiles(`${folder}/a*.tif`))).toEqual(["a1.tif", "a2.tif", "a10.tif"]);
  const twice = [`${folder}/a2.tif`, `${folder}/*.tif`, join(folder, "sub/../a2.tif")];
  expect(names(await listFiles(twice))).toEqual(["a1.tif", "a2.tif", "a10.tif", "b1.tif"]);
  expect(await listFiles(`${folder}/**/a3.tif`)).toEqual([join(folder, "sub/a3.tif")]);
});

test("a relative glob gives relative paths", async () => {
  const folder = relative(process.cwd(), await folderWith("a1.tif"));
  expect(await listFiles(`${folder}/*.tif`)).toEqual([`${folder}/a1.tif`]);
});

test("of a folder, the images, without its subfolders", async () => {
  const folder = await folderWith(
    "2.TIF",
    "10.tiff",
    "1.npy",
    "x.poni",
    ".hidden.tif",
    "sub/3.tif",
  );
  expect(names(await listFiles(folder))).toEqual(["1.npy", "2.TIF", "10.tiff"]);
  await expect(listFiles(join(folder, "sub", ".."))).resolves.toHaveLength(3);
});

test("a path that exists is taken as it is", async () => {
  const folder = await folderWith("a[1].tif", "a1.tif", "what?.tif");
  expect(names(await listFiles(join(folder, "a[1].tif")))).toEqual(["a[1].tif"]);
  expect(names(await listFiles(join(folder, "what?.tif")))).toEqual(["what?.tif"]);
});

test("what matches nothing is an error that names it", async () => {
  const folder = await folderWith("pixium_03150.tif", "notes.txt");
  const fails = async (pattern: string, message: string | RegExp): Promise<void> => {
    const error = await listFiles([join(folder, "pixium_03150.tif"), pattern]).catch((e) => e);
    expect(error).toBeInstanceOf(FileAccessError);
    expect(error).toMatchObject({ path: pattern, message: expect.stringMatching(message) });
  };
  await fails(`${folder}/q*.tif`, "no file matches this pattern");
  await fails(join(folder, "sub"), /holds no image \(.*\.tif, .*\.npy/);
  await fails(join(folder, "pixium_3150.tif"), /did you mean pixium_03150.tif\?/);
  await fails(join(folder, "nowhere/a.tif"), /no folder .*nowhere/);
});

test("the natural order does not depend on the order given", () => {
  const name = fc.string({ unit: fc.constantFrom("a", "B", "0", "1", "9", "_", "-", "é") });
  const property = fc.property(fc.uniqueArray(name), (list) => {
    expect(naturalOrder(list.toReversed())).toEqual(naturalOrder(list));
  });
  fc.assert(property, { seed: 5, numRuns: 300 });
});

test("names that differ in their numbers only are in the order of a collator", () => {
  const { compare } = new Intl.Collator("en", { numeric: true });
  const numbers = fc.tuple(fc.nat(300), fc.constantFrom("", "0", "00"), fc.nat(12));
  const property = fc.property(fc.uniqueArray(numbers, { selector: String }), (list) => {
    const ordered = naturalOrder(list.map(([a, zeros, b]) => `run${a}/x_${zeros}${b}.tif`));
    for (const [i, name] of ordered.slice(1).entries()) {
      expect(compare(ordered[i]!, name) || ordered[i]!.localeCompare(name)).toBeLessThanOrEqual(0);
    }
  });
  fc.assert(property, { seed: 6, numRuns: 300 });
});

test("a folder's images, whatever is packed and however it is written", async () => {
  const folder = await folderWith(
    "a.TIF",
    "b.zarr.zip",
    "c.cbf.gz",
    "d.zip",
    ".e.tif",
    "f.txt",
    "tif",
  );
  expect(names(await listFiles(folder))).toEqual(["a.TIF", "b.zarr.zip", "c.cbf.gz"]);
});
