import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Image } from "../../../src/array.js";
import { FileFormatError } from "../../../src/errors.js";
import { encodeTiff } from "../../../src/export/tiff.js";
import { memorySource } from "../../../src/image/file-source.js";
import { imageInfo } from "../../../src/image/image-info.js";
import { decodeImage, readImage } from "../../../src/image/read-image.js";
import { crop } from "../../../src/image/region.js";
import { tiff } from "../../../src/image/tiff/tiff.js";
import { type Digest, digest, imageFixture, imageFixtures, realFiles } from "../image-fixtures.js";

const { files, mutations } = imageFixtures("tiff");
const read = files.filter(({ refused }) => !refused);

/**
 * Where FabIO 2026.6 returns other numbers than those that were written, without a word:
 * - what its own reader cannot do it gives to Pillow, which has no int8 and uint32 (the same bits
 *   as uint8 and int32) and no int16 (widened), and FabIO swaps the bytes of big-endian samples
 *   that Pillow has swapped already;
 * - its own reader takes a single PackBits strip for plain pixels.
 */
function fabioIsWrong(name: string, [dtype, , , reader]: Digest): boolean {
  if (reader === "TiffIO") return /strip packbits/.test(name);
  return / big /.test(name) || /^int8|^int16|^uint32|mask/.test(name) || dtype === "object";
}

describe("every kind, byte order, layout and compression", () => {
  test("is read as tifffile reads it", async () => {
    expect(read.length).toBe(442);
    for (const { name, bytes, tifffile } of read) {
      expect.soft(digest(await decodeImage(bytes, { name })), name).toEqual(tifffile);
    }
  });

  test("is read as FabIO reads it, where FabIO is right", async () => {
    let compared = 0;
    for (const { name, bytes, fabio } of read) {
      if (!fabio || fabioIsWrong(name, fabio)) continue;
      expect.soft(digest(await decodeImage(bytes, { name })), name).toEqual(fabio.slice(0, 3));
      compared++;
    }
    expect(compared).toBe(150);
  });
});

test("a region of every kind is that part of the whole, of any strips and tiles", async () => {
  let regions = 0;
  for (const { name, bytes } of read) {
    const whole = await decodeImage(bytes, { name });
    const [rows, columns] = whole.shape;
    if (rows < 3 || columns < 3) continue;
    const region = { row: 1, column: 1, rows: rows - 2, columns: columns - 2 };
    const part = await decodeImage(bytes, { name, region });
    expect.soft(part, name).toEqual(crop(whole, region));
    regions++;
  }
  expect(regions).toBeGreaterThan(400);
});

test("of plain strips, no more than the region's rows are read", async () => {
  const [rows, columns] = [400, 300];
  const image = {
    data: Uint16Array.from({ length: rows * columns }, (_, i) => i),
    shape: [rows, columns],
  };
  const [head, ...pixels] = encodeTiff(image as Image);
  const source = memorySource(Buffer.concat([head!, ...pixels]), "strips.tif");
  const reads: [offset: number, length: number][] = [];
  const spy = {
    ...source,
    read: (offset: number, length: number) => {
      reads.push([offset, length]);
      return source.read(offset, length);
    },
  };
  const file = await tiff.open(spy);
  reads.length = 0;
  const region = { row: 200, column: 10, rows: 7, columns: 20 };
  const part = await file.readRegion!(0, region);
  expect(part.data[0]).toBe((200 * columns + 10) % 65536);
  expect(reads.reduce((sum, [, length]) => sum + length, 0)).toBe(7 * columns * 2);
});

test("what is no grey image of supported samples is refused with the reason", async () => {
  const messages: Record<string, string> = {};
  for (const { name, bytes } of files.filter(({ refused }) => refused)) {
    const error = await decodeImage(bytes, { name }).catch((caught: unknown) => caught);
    expect(error, name).toBeInstanceOf(FileFormatError);
    messages[name] = (error as Error).message;
  }
  expect(messages).toMatchInlineSnapshot(`
    {
      "1-bit": "1-bit: unsupported: 1-bit samples of format uint; convert it to integers of 8, 16 or 32 bits, or to float32",
      "64-bit": "64-bit: unsupported: 64-bit samples of format uint; convert it to integers of 8, 16 or 32 bits, or to float32",
      "JPEG": "JPEG: unsupported compression: JPEG (7), which does not keep intensities; convert it to deflate or none, for example with tiffcp -c zip",
      "LZMA": "LZMA: unsupported compression: LZMA (34925); convert it to deflate or none, for example with tiffcp -c zip",
      "colour": "colour: is a colour image (photometric interpretation 2, 3 samples a pixel); save it as one channel of intensities",
      "complex": "complex: unsupported: 64-bit samples of format 6; convert it to integers of 8, 16 or 32 bits, or to float32",
      "float16": "float16: unsupported: 16-bit samples of format float; convert it to integers of 8, 16 or 32 bits, or to float32",
      "palette": "palette: is a colour image (photometric interpretation 3, 1 samples a pixel); save it as one channel of intensities",
      "planar": "planar: is a colour image (photometric interpretation 2, 3 samples a pixel); save it as one channel of intensities",
    }
  `);
});

test("pages are frames, each of its own shape and type", async () => {
  const pages = files.find(({ name }) => name === "pages")!;
  expect(pages.frames).toHaveLength(4);
  for (const [frame, expected] of pages.frames!.entries()) {
    expect(digest(await decodeImage(pages.bytes, { frame }))).toEqual(expected);
  }
});

test("the lines of a Pilatus description are entries of the header", async () => {
  const { header } = await decodeImage(imageFixture("tiff", "pilatus"));
  expect(header).toMatchObject({
    Pixel_size: "172e-6 m x 172e-6 m",
    Silicon: "sensor, thickness 0.000320 m",
    Exposure_time: "90.000000 s",
    Tau: "0 s",
    Count_cutoff: "1048574 counts",
    N_excluded_pixels: "0",
    Excluded_pixels: "(nil)",
  });
  expect(header?.ImageDescription).toMatch(/^# Pixel_size/);
});

test("NaN and infinities are kept", async () => {
  const { data } = await decodeImage(imageFixture("tiff", "float32 big tiles lzw predictor 3"));
  expect([...data.subarray(3 * 18 + 4, 3 * 18 + 7)]).toEqual([Number.NaN, Infinity, -Infinity]);
});

test("1000 mutated files: FabIO's values or a typed error, at once", async () => {
  expect(mutations).toHaveLength(1000);
  const start = performance.now();
  let values = 0;
  for (const { name, bytes, fabio, tifffile } of mutations) {
    try {
      const found = digest(await decodeImage(bytes, { name }));
      values++;
      const base = name.replace(/^\d+: /, "");
      if (fabio && !fabioIsWrong(base, fabio)) {
        expect.soft(found, name).toEqual(fabio.slice(0, 3));
      } else {
        expect.soft([tifffile, fabio?.slice(0, 3)], name).toContainEqual(found);
      }
    } catch (error) {
      expect.soft(error, name).toBeInstanceOf(FileFormatError);
    }
  }
  expect(values).toBeGreaterThan(200);
  expect(performance.now() - start).toBeLessThan(20_000);
});

describe("real files", () => {
  const folder = new URL("../../../../shared/data/lightform/", import.meta.url).pathname;
  for (const { name, read: fabio, sum, pixels } of realFiles()) {
    const path = join(folder, name);
    test.skipIf(!existsSync(path))(`${name} has FabIO's values`, async () => {
      const image = await readImage(path);
      const isMask = name.endsWith(".mask");
      // Pillow, which reads the mask for FabIO, has no uint32.
      expect(digest(image)).toEqual([isMask ? "uint32" : fabio[0], fabio[1], fabio[2]]);
      let found = 0;
      for (const value of image.data) found += value;
      expect(found).toBe(sum);
      for (const [row, column, value] of pixels) {
        expect(image.data[row * image.shape[1] + column]).toBe(value);
      }
      expect(await imageInfo(path)).toMatchObject({
        format: "TIFF",
        frames: 1,
        shape: image.shape,
        compression: isMask ? "deflate" : "none",
      });
    });
  }
});
