import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { FileFormatError } from "../../src/errors.js";
import { Hdf5File } from "../../src/hdf5/hdf5-file.js";
import { hdf5Library, LibraryCrash } from "../../src/hdf5/library.js";
import { hdf5Folder } from "../image/hdf5/hdf5-fixtures.js";

const { root, files } = hdf5Folder();
afterAll(() => rmSync(root, { recursive: true }));

it("is loaded anew after a call that trapped; files that were open say so", async () => {
  const file = await Hdf5File.open(join(files, "only.h5"));
  const library = await hdf5Library();
  const trap = (): never => {
    throw new RangeError("memory access out of bounds");
  };
  expect(() => library.call(() => true, trap)).toThrow(LibraryCrash);
  expect(() => file.names("/")).toThrow(FileFormatError);
  expect(() => file.names("/")).toThrow(/open it again/);
  file.close();
  const again = await Hdf5File.open(join(files, "only.h5"));
  expect(again.names("/")).toEqual(["somewhere", "title"]);
  expect(await hdf5Library()).not.toBe(library);
  again.close();
});

it("opens no file that it was not allowed to", async () => {
  const library = await hdf5Library();
  const path = join(files, "only.h5");
  const report = library.call(
    () => false,
    () => library.module.open(path, 0, false, -1, -1),
  );
  expect(report.refused).toEqual([path]);
  expect(report.diagnostics).toMatch(/unable to open file/);
});
