import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type AbsolutePath, type DataType, get, open, type Array as ZarrArray } from "zarrita";
import {
  type Image,
  OutputError,
  ShapeError,
  writeZarr,
  writeZarrImages,
} from "../../../src/index.js";
import { profile } from "../../support/results.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

/** A store as zarrita reads it. */
const storeOf = (folder: string) => ({
  async get(key: AbsolutePath): Promise<Uint8Array | undefined> {
    try {
      return readFileSync(join(folder, key));
    } catch {
      return undefined;
    }
  },
});

async function read(folder: string, name: string) {
  const array = (await open(
    await open(storeOf(folder), { kind: "group" }).then((root) => root.resolve(name)),
    { kind: "array" },
  )) as ZarrArray<DataType>;
  const { data, shape } = await get(array);
  return { data, shape, attributes: array.attrs, dimensions: array.dimensionNames };
}

const image: Image = { data: Uint16Array.from({ length: 35 }, (_, i) => i * 1000), shape: [5, 7] };

it("results are what zarrita reads", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "profile.zarr");
  const result = profile();
  await writeZarr(path, result, { title: "one" });
  const intensity = await read(path, "intensity");
  expect(intensity).toMatchObject({ shape: [4], dimensions: ["radial"] });
  expect(intensity.data).toEqual(result.intensity);
  expect(await read(path, "radial")).toMatchObject({
    data: result.radial,
    attributes: { units: "deg", pyfai_unit: "2th_deg" },
  });
  const root = await open(storeOf(path), { kind: "group" });
  expect(root.attrs).toMatchObject({ title: "one", signal: "intensity", inputs: [] });
  expect(root.attrs.calibration).toMatch(/^Distance: 1\.19389178917929$/m);
  await writeZarr(path, [result, result, result]);
  expect(readdirSync(folder)).toEqual(["profile.zarr"]);
  const stack = await read(path, "intensity_errors");
  expect(stack).toMatchObject({ shape: [3, 4], dimensions: ["frame", "radial"] });
  expect((stack.data as Float64Array).slice(8)).toEqual(result.sigma);
});

it("images are what zarrita reads", async () => {
  const path = join(await temporaryFolder(), "images.zarr");
  await writeZarrImages(path, [image, image]);
  const { data, shape, dimensions } = await read(path, "data");
  expect([shape, dimensions]).toEqual([
    [2, 5, 7],
    ["frame", "row", "column"],
  ]);
  expect((data as Uint16Array).slice(35)).toEqual(image.data);
});

it("a failure leaves what was there", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "out.zarr");
  await writeZarrImages(path, image);
  const other: Image = { data: new Float32Array(35), shape: [5, 7] };
  await expect(writeZarrImages(path, [image, other])).rejects.toThrow(ShapeError);
  await expect(writeZarrImages(path, [])).rejects.toThrow(ShapeError);
  expect((await read(path, "data")).shape).toEqual([1, 5, 7]);
  writeFileSync(join(folder, "file"), "precious");
  await expect(writeZarrImages(join(folder, "file"), image)).rejects.toThrow(OutputError);
  expect(readdirSync(folder).sort()).toEqual(["file", "out.zarr"]);
});
