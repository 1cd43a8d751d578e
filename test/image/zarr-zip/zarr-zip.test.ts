import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { FileFormatError } from "../../../src/errors.js";
import { memorySource } from "../../../src/image/file-source.js";
import { openSource } from "../../../src/image/open-image.js";
import { type Digest, digest } from "../image-fixtures.js";

const folder = new URL("../../fixtures/zarr/", import.meta.url);
const { files } = JSON.parse(readFileSync(new URL("zarr.json", folder), "utf8")) as {
  files: { name: string; offset: number; length: number; frames: Digest[] }[];
};
const blob = readFileSync(new URL("zarr.bin", folder));
const bytesOf = (name: string): Uint8Array => {
  const { offset, length } = files.find((file) => file.name === name)!;
  return Uint8Array.from(blob.subarray(offset, offset + length));
};
const open = (bytes: Uint8Array, dataset?: string) =>
  openSource(memorySource(bytes, "scan.zarr.zip"), { dataset });

describe("values are those of NumPy", () => {
  it.each(files)("$name", async ({ name, frames }) => {
    const file = await open(bytesOf(name));
    expect(file).toMatchObject({ format: "Zarr", frames: frames.length, shape: [13, 17] });
    const read = [];
    for (let frame = 0; frame < file.frames; frame++) read.push(digest(await file.read(frame)));
    expect(read).toEqual(frames);
    await file.close();
  });

  it("of the array that is asked for", async () => {
    const file = await open(bytesOf("results"), "/REtaMap");
    expect(file.frames).toBe(5);
    expect((await file.read(0)).data.slice(0, 3)).toEqual(Float64Array.of(0, 1, 2));
  });
});

describe("refuses", () => {
  it("an array that is not there", async () => {
    await expect(open(bytesOf("results"), "/nothing")).rejects.toThrow(/has no .nothing; it holds/);
  });

  it("archives that end early, and damaged chunks, with a typed error", async () => {
    const bytes = bytesOf("blosc <u2");
    await expect(open(bytes.subarray(0, bytes.length - 30))).rejects.toThrow(/truncated/);
    let values = 0;
    for (let at = 0; at < bytes.length; at += 3) {
      const changed = Uint8Array.from(bytes);
      changed[at] = changed[at]! ^ 0xff;
      try {
        const file = await open(changed);
        for (let frame = 0; frame < file.frames; frame++) await file.read(frame);
        values++;
      } catch (error) {
        expect(error).toBeInstanceOf(FileFormatError);
      }
    }
    // Blosc has no checksum: a changed pixel is one.
    expect(values).toBeLessThan(bytes.length / 3);
  });
});
