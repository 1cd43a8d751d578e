import { crc32, deflateSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { FileFormatError } from "../../../src/errors.js";
import { decodeImage } from "../../../src/image/read-image.js";
import { imageFixture } from "../image-fixtures.js";
import { buildTiff, plainTags, type TagValue } from "./build-tiff.js";

const pixels = Uint8Array.from({ length: 24 }, (_, i) => i);

async function failure(bytes: Uint8Array): Promise<string> {
  const start = performance.now();
  const error = await decodeImage(bytes, { name: "hostile.tif" }).catch(
    (caught: unknown) => caught,
  );
  expect(error).toBeInstanceOf(FileFormatError);
  expect(performance.now() - start).toBeLessThan(1000);
  return (error as Error).message;
}

test("the builder's plain file is read, so that what follows fails for its own reason", async () => {
  const { data, shape } = await decodeImage(buildTiff(plainTags(4, 6), pixels));
  expect([shape, data]).toEqual([[4, 6], pixels]);
});

describe("the file's start and chain of pages", () => {
  test("empty, two bytes, unknown", async () => {
    expect(await failure(new Uint8Array())).toMatch("hostile.tif: is empty");
    expect(await failure(Uint8Array.of(0x49, 0x49))).toMatch("of no image format");
    expect(await failure(Uint8Array.of(0x49, 0x49, 42, 0))).toMatch("truncated");
    expect(await failure(new TextEncoder().encode("%PDF-1.4 is none"))).toMatch("TIFF, NPY");
  });

  test("cut at every byte", async () => {
    const whole = imageFixture("tiff", "uint8 little strips lzw");
    const { data } = await decodeImage(whole);
    let failures = 0;
    for (let length = 0; length < whole.length; length++) {
      try {
        // What lies at the end may be of no use.
        expect((await decodeImage(whole.slice(0, length))).data).toEqual(data);
      } catch (error) {
        expect(error).toBeInstanceOf(FileFormatError);
        failures++;
      }
    }
    expect(failures).toBeGreaterThan(whole.length - 16);
  });

  test("a page that points to itself, or back", async () => {
    expect(await failure(buildTiff(plainTags(4, 6), pixels, "self"))).toMatch("returns to byte 32");
    const pages = imageFixture("tiff", "pages").slice();
    const view = new DataView(pages.buffer);
    const first = view.getUint32(4, true);
    const second = view.getUint32(first + 2 + 12 * view.getUint16(first, true), true);
    view.setUint32(second + 2 + 12 * view.getUint16(second, true), first, true);
    expect(await failure(pages)).toMatch(`returns to byte ${first}`);
  });

  test("a page outside the file, without tags, or with too many", async () => {
    expect(await failure(buildTiff(plainTags(4, 6), pixels, 10_000))).toMatch("ends at byte");
    expect(await failure(buildTiff([], pixels))).toMatch("says that it has 0 tags");
    const many = buildTiff(plainTags(4, 6), pixels);
    many[32] = many[33] = 0xff;
    expect(await failure(many)).toMatch("65535 tags");
  });

  test("a million pages in 18 MB", async () => {
    const bytes = new Uint8Array(8 + 18e6);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, 0x2a4949, true);
    view.setUint32(4, 8, true);
    for (let at = 8; at < bytes.length; at += 18) {
      view.setUint16(at, 1, true);
      view.setUint32(at + 14, at + 18 < bytes.length ? at + 18 : 0, true);
    }
    const error = await decodeImage(bytes).catch((caught: unknown) => caught);
    expect((error as Error).message).toMatch("more than 100000 pages");
  });
});

describe("sizes that the file cannot hold are refused by arithmetic", () => {
  const cases: [string, TagValue[], RegExp][] = [
    ["width 0", [[256, 4, 0]], /4 × 0 pixels/],
    ["height 0", [[257, 4, 0]], /0 × 6 pixels/],
    ["width 1e6", [[256, 4, 1_000_000]], /too few/],
    ["height × 4", [[257, 4, 16]], /has 1 strips where 16 × 6 pixels need 4/],
    [
      "height × 4 and its strip",
      [
        [257, 4, 16],
        [278, 4, 16],
      ],
      /too few/,
    ],
    [
      "4 Tpx",
      [
        [256, 4, 2_000_000],
        [257, 4, 2_000_000],
      ],
      /beyond the limit/,
    ],
    ["rowsPerStrip 0", [[278, 4, 0]], /strips are 0 × 6/],
    ["no width", [[256, 2, 6]], /tag 256/],
    ["two widths", [[256, 4, 6, 6]], /holds 2 values/],
    ["a strip too short", [[279, 4, 23]], /too few/],
    ["a strip beyond the file", [[279, 4, 5000]], /strip 0 ends at byte 5008/],
    ["a strip elsewhere", [[273, 4, 0xffff_fff0]], /ends at byte/],
    [
      "two strips where one is needed",
      [
        [273, 4, 8, 20],
        [279, 4, 12, 12],
      ],
      /has 2 strips/,
    ],
    ["byte counts of other strips", [[279, 4, 12, 12]], /tag 279 holds 2 values/],
    [
      "tiles of 0",
      [
        [322, 4, 0],
        [323, 4, 16],
        [324, 4, 8],
        [325, 4, 24],
      ],
      /tiles are 16 × 0/,
    ],
    [
      "tiles of 4 Gpx",
      [
        [322, 4, 65536],
        [323, 4, 65536],
        [324, 4, 8],
        [325, 4, 24],
      ],
      /dwarf/,
    ],
    [
      "a tiny deflate strip",
      [
        [256, 4, 20_000],
        [257, 4, 20_000],
        [278, 4, 20_000],
        [259, 3, 8],
      ],
      /too few/,
    ],
  ];
  for (const [name, tags, message] of cases) {
    test(name, async () => {
      expect(await failure(buildTiff(plainTags(4, 6, tags), pixels))).toMatch(message);
    });
  }
});

describe("compressed data", () => {
  const strip = (compression: number, data: Uint8Array, rows = 4, columns = 6): Uint8Array =>
    buildTiff(
      plainTags(rows, columns, [
        [259, 3, compression],
        [279, 4, data.length],
      ]),
      data,
    );

  test("a deflate bomb stops at the size that the header promises", async () => {
    const bomb = deflateSync(new Uint8Array(2 ** 25));
    expect(await failure(strip(8, bomb))).toMatch("more than the 24 bytes");
  });

  test("a zstd bomb is refused before it is decoded", async () => {
    // One frame that declares no size: 1000 blocks, each one byte repeated 2 MiB times.
    const blocks = Array.from({ length: 1000 }, (_, i) => {
      const header = (0x1fffff << 3) | (1 << 1) | (i === 999 ? 1 : 0);
      return [header & 0xff, (header >> 8) & 0xff, (header >> 16) & 0xff, 7];
    });
    const bomb = Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0, 0x58, ...blocks.flat()]);
    expect(await failure(strip(50000, bomb))).toMatch(/become 2097151000 bytes where 24/);
  });

  test("zstd that declares no size, as streaming encoders write it, is read", async () => {
    const header = (pixels.length << 3) | 1;
    const frame = [0x28, 0xb5, 0x2f, 0xfd, 0, 0x58, header & 0xff, header >> 8, 0, ...pixels];
    expect((await decodeImage(strip(50000, Uint8Array.from(frame)))).data).toEqual(pixels);
    const second = Uint8Array.from([...frame, ...frame]);
    expect(await failure(strip(50000, second))).toMatch("zstd data are damaged");
  });

  test("data that end early or are damaged, in every compression", async () => {
    expect(await failure(strip(8, deflateSync(pixels.slice(0, 20))))).toMatch("end after 20 of 24");
    expect(await failure(strip(8, pixels))).toMatch("deflate data are damaged");
    expect(await failure(strip(5, Uint8Array.of(0x80, 0, 0x10)))).toMatch(/LZW data end after/);
    expect(await failure(strip(5, Uint8Array.of(0x80, 0x7f, 0xff, 0xff)))).toMatch("damaged");
    expect(await failure(strip(5, Uint8Array.of(0, 1, 2, 3)))).toMatch("old-style LZW");
    expect(await failure(strip(32773, Uint8Array.of(0xf0, 1)))).toMatch("end after 17 of 24");
    expect(await failure(strip(32773, Uint8Array.of(22, 1, 2, 3)))).toMatch("end after 3 of 24");
    expect(await failure(strip(50000, pixels))).toMatch("zstd data are damaged");
  });

  test("other compressions are named", async () => {
    expect(await failure(strip(99, pixels))).toMatch("unsupported compression: 99; convert it");
    expect(await failure(strip(4, pixels))).toMatch("unsupported compression: CCITT group 4 (4)");
  });

  test("a strip that is padded to whole rows is read", async () => {
    const twice = deflateSync(Uint8Array.from([...pixels, ...pixels]));
    const bytes = buildTiff(
      plainTags(6, 6, [
        [259, 3, 8],
        [278, 4, 4],
        [273, 4, 8, 8],
        [279, 4, twice.length, twice.length],
      ]),
      twice,
    );
    // The first strip holds 24 bytes and more than it may; the second 12 of its 24.
    expect(await failure(bytes)).toMatch("strip 0: its deflate data become more than");
    const whole = deflateSync(pixels);
    const padded = buildTiff(
      plainTags(6, 6, [
        [259, 3, 8],
        [278, 4, 4],
        [273, 4, 8, 8],
        [279, 4, whole.length, whole.length],
      ]),
      whole,
    );
    const { data } = await decodeImage(padded);
    expect([...data]).toEqual([...pixels, ...pixels.subarray(0, 12)]);
  });
});

test("a large single LZW strip of int32, which ends geotiff's process, is read", async () => {
  // 2048 × 1024 zeros: after a clear code, strings of 1, 2, 3 … zeros up to the table's end.
  const rows = 1024;
  const columns = 2048;
  const lzw = lzwOfZeros(rows * columns * 4);
  const bytes = buildTiff(
    plainTags(rows, columns, [
      [258, 3, 32],
      [259, 3, 5],
      [279, 4, lzw.length],
      [339, 3, 2],
    ]),
    lzw,
  );
  const { data } = await decodeImage(bytes);
  expect(data).toBeInstanceOf(Int32Array);
  expect(crc32(new Uint8Array(data.buffer))).toBe(crc32(new Uint8Array(rows * columns * 4)));
});

/** LZW of zeros, straight from the definition: each code is one zero longer than the one before. */
function lzwOfZeros(length: number): Uint8Array {
  const out: number[] = [];
  let bits = 0;
  let filled = 0;
  const put = (code: number, width: number): void => {
    bits = (bits << width) | code;
    filled += width;
    while (filled >= 8) {
      filled -= 8;
      out.push((bits >> filled) & 0xff);
      bits &= (1 << filled) - 1;
    }
  };
  let width = 9;
  let next = 258;
  let run = 0;
  put(256, 9);
  for (let done = 0; done < length; ) {
    const longest = run + 1;
    const wanted = Math.min(longest, length - done);
    put(wanted === 1 ? 0 : 256 + wanted, width);
    done += wanted;
    run = longest;
    // The encoder is one entry ahead of the decoder.
    if (run > 1) next++;
    if (next + 1 >= 1 << width && width < 12) width++;
    if (next === 4093) {
      put(256, width);
      width = 9;
      next = 258;
      run = 0;
    }
  }
  put(257, width);
  put(0, 8);
  return Uint8Array.from(out);
}
