import fs, { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { expect, test, vi } from "vitest";
import { FileAccessError, OptionError } from "../../src/errors.js";
import { imageInfo } from "../../src/image/image-info.js";
import { decodeImage, readImage } from "../../src/image/read-image.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { digest, imageFixture, imageFixtures } from "./image-fixtures.js";

async function fileOf(bytes: Uint8Array, name: string): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, bytes);
  return path;
}

test("a file and its bytes give the same image, whatever the name is", async () => {
  for (const kind of ["tiff", "npy"] as const) {
    const read = imageFixtures(kind).files.filter(({ refused }) => !refused);
    for (const { name, bytes } of read.filter((_, i) => i % 13 === 0)) {
      const path = await fileOf(bytes, "image.dat");
      expect(digest(await readImage(path)), name).toEqual(digest(await decodeImage(bytes)));
    }
  }
});

test("the bytes given are left as they are, and are not part of the image", async () => {
  const bytes = imageFixture("tiff", "uint16 big strip none");
  const before = bytes.slice();
  const { data } = await decodeImage(bytes);
  data.fill(0);
  expect(bytes).toEqual(before);
});

test("a frame that is not there is an error with the number of frames", async () => {
  const bytes = imageFixture("tiff", "pages");
  for (const frame of [4, -1, 0.5, Number.NaN]) {
    const error = await decodeImage(bytes, { name: "s.tif", frame }).catch((e) => e);
    expect(error).toBeInstanceOf(OptionError);
    expect(error.message).toMatch(`frame: s.tif has 4 frames, 0 to 3; frame ${frame} is not`);
  }
  const one = imageFixture("npy", "bool");
  await expect(decodeImage(one, { name: "b.npy", frame: 1 })).rejects.toThrow(
    "b.npy has one frame, frame 0",
  );
});

test("a missing file is named, with those that may be meant", async () => {
  const path = await fileOf(imageFixture("npy", "bool"), "frame_0001.npy");
  const wrong = path.replace("0001", "001");
  const error = await readImage(wrong).catch((e) => e);
  expect(error).toBeInstanceOf(FileAccessError);
  expect(error.message).toMatch(`${wrong}: there is no such file`);
  expect(error.message).toMatch("did you mean frame_0001.npy?");
  await expect(readImage(`${path}/x.npy`)).rejects.toBeInstanceOf(FileAccessError);
});

test("a folder is named as such", async () => {
  const folder = join(await temporaryFolder(), "images");
  await mkdir(folder);
  await expect(readImage(folder)).rejects.toThrow(`${folder}: is a folder; openSeries`);
});

test("a file that may not be read, or not be opened, is named with the reason", async () => {
  const open = vi.spyOn(fs, "open");
  try {
    open.mockRejectedValueOnce(Object.assign(new Error("no"), { code: "EACCES" }));
    await expect(readImage("secret.npy")).rejects.toThrow("secret.npy: may not be read by this");
    open.mockRejectedValueOnce(Object.assign(new Error("no"), { code: "EMFILE" }));
    await expect(readImage("many.npy")).rejects.toBeInstanceOf(FileAccessError);
  } finally {
    open.mockRestore();
  }
});

test("an aborted signal ends with its reason", async () => {
  const path = await fileOf(imageFixture("tiff", "uint16 little tiles deflate"), "a.tif");
  const reason = new Error("enough");
  await expect(readImage(path, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
  const controller = new AbortController();
  const reading = readImage(path, { signal: controller.signal });
  controller.abort(reason);
  await expect(reading).rejects.toBe(reason);
});

test("the readers bundle for a browser, without Node's modules", async () => {
  const entries = ["read-image", "open-series", "image-info"];
  const { errors } = await build({
    entryPoints: entries.map((name) => `src/image/${name}.ts`),
    bundle: true,
    format: "esm",
    platform: "browser",
    splitting: true,
    outdir: "unwritten",
    write: false,
    logLevel: "silent",
  });
  expect(errors).toEqual([]);
});

test("info is what the header says", async () => {
  const path = await fileOf(imageFixture("tiff", "pilatus"), "p.tif");
  expect(await imageInfo(path)).toMatchObject({
    path,
    format: "TIFF",
    frames: 1,
    shape: [21, 18],
    dtype: "int32",
    compression: "none",
    header: { Exposure_time: "90.000000 s" },
  });
  const frames = await fileOf(imageFixture("npy", "frames Fortran"), "f.npy");
  expect(await imageInfo(frames)).toMatchObject({ format: "NPY", frames: 3, dtype: "uint16" });
});
