import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { addressIn, parseAddress } from "../../src/image/address.js";
import { listFiles } from "../../src/image/list-files.js";
import { temporaryFolder } from "../support/temporary-folder.js";

it.each([
  ["a.h5", "a.h5", undefined, undefined],
  ["a.h5::/entry/data", "a.h5", "/entry/data", undefined],
  ["a.h5::/entry/data[3]", "a.h5", "/entry/data", 3],
  ["a.edf::[12]", "a.edf", undefined, 12],
  ["a[1].h5", "a[1].h5", undefined, undefined],
  ["a::b.h5", "a::b.h5", undefined, undefined],
  ["a.h5::/x[1]y", "a.h5", "/x[1]y", undefined],
])("%s", (address, path, dataset, frame) => {
  const parsed = parseAddress(address);
  expect(parsed).toEqual({ path, dataset, frame });
  expect(addressIn(path, parsed)).toBe(address);
});

it("a file that exists is taken as it is", async () => {
  const folder = await temporaryFolder();
  mkdirSync(join(folder, "a.h5::"));
  const path = join(folder, "a.h5::/entry[3]");
  writeFileSync(path, "");
  expect(parseAddress(path).path).toBe(path);
});

it("globs and folders keep what is meant in their files", async () => {
  const folder = await temporaryFolder();
  for (const name of ["a_10.h5", "a_9.h5"]) writeFileSync(join(folder, name), "");
  const found = await listFiles(`${folder}/a_*.h5::/entry/data[3]`);
  expect(found).toEqual(
    ["a_9.h5", "a_10.h5"].map((name) => join(folder, `${name}::/entry/data[3]`)),
  );
});

it("folders and globs take Eiger's frames once", async () => {
  const folder = await temporaryFolder();
  const names = ["a_master.h5", "a_data_000001.h5", "a_data_000002.h5", "b_data_000001.h5"];
  for (const name of names) writeFileSync(join(folder, name), "");
  const expected = ["a_master.h5", "b_data_000001.h5"].map((name) => join(folder, name));
  expect(await listFiles(folder)).toEqual(expected);
  expect(await listFiles(`${folder}/*.h5`)).toEqual(expected);
  expect(await listFiles(join(folder, names[1]!))).toEqual([join(folder, names[1]!)]);
});
