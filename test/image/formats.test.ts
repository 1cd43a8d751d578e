import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it, test } from "vitest";
import type { Image } from "../../src/array.js";
import { isCakelabError } from "../../src/errors.js";
import { imageInfo } from "../../src/image/image-info.js";
import { decodeImage, readImage } from "../../src/image/read-image.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { formatFixture, formatFixtures } from "./format-fixtures.js";
import { digest } from "./image-fixtures.js";

const { files, mutations } = formatFixtures();

describe("files as FabIO writes and reads them", () => {
  it.each(files.filter(({ refused }) => !refused))(
    "$name",
    async ({ name, bytes, fabio, frames }) => {
      expect(digest(await decodeImage(bytes, { name }))).toEqual(fabio);
      for (const [frame, read] of (frames ?? []).entries()) {
        expect(digest(await decodeImage(bytes, { name, frame })), `frame ${frame}`).toEqual(read);
      }
      if (frames !== undefined) {
        await expect(decodeImage(bytes, { name, frame: frames.length })).rejects.toThrow("frame: ");
      }
    },
  );
});

test("what is not read is refused with a reason", async () => {
  const messages: string[] = [];
  for (const { name, bytes } of files.filter(({ refused }) => refused)) {
    messages.push(await decodeImage(bytes, { name }).then(() => `${name}: is read`, told));
  }
  expect(messages).toMatchInlineSnapshot(`
    [
      "cut.edf: 1 bytes are missing at its end; it is truncated or still being written",
      "cut in header.edf: the EDF header at byte 0 does not end; the file is truncated, damaged or still being written",
      "unknown type.edf: its data type UnsignedShart is not read; convert it to DoubleValue",
      "no order.edf: its header says ByteOrder = MidByteFirst; LowByteFirst and HighByteFirst are known",
      "too large.edf: its 64-bit integers reach from 0 to 1099511627776, more than 32 bits can hold; convert it to float64",
      "quadruple.edf: its data type QuadrupleValue is not read; convert it to DoubleValue",
      "wrong MD5.cbf: its pixels are damaged: their MD5 is qJgFJvQEsmYkeRXsjMWtvA==, and the header says AqJgFJvQEsmYkeRXsjMWtvA==",
      "cut.cbf: 362 bytes are missing at its end; it is truncated or still being written",
      "canonical.cbf: unsupported compression: x-CBF_CANONICAL; x-CBF_BYTE_OFFSET is read, to which CBFlib's cif2cbf converts",
      "damaged.edf.gz: its gzip data are damaged (invalid bit length repeat)",
      "damaged.edf.bz2: its bzip2 data are damaged",
      "cut.edf.bz2: its bzip2 data end too early",
      "bomb.edf.gz: its first bytes (00 00 00 00 00 00 00 00) are of no image format that is read here (…); convert it with FabIO's fabio-convert",
      "cut.mar2300: its packed data end before its pixels do",
      "cut.mccd: strip 0 ends at byte 4852 of 4843; it is truncated, damaged or still being written",
      "cut.spe: 9 bytes are missing at its end for 1 frames of 21 × 18 pixels; it is truncated or still being written",
      "type 9.spe: unsupported: data type 9; float32, int32, int16 and uint16 are read",
      "cut.ge: 9 bytes are missing at its end for 3 frames of 21 × 18 pixels; it is truncated or still being written",
      "cut.msk: 9 bytes are missing at its end; it is truncated or still being written",
      "cut 86.sfrm: ends at byte 10370 where 2320 bytes from 8058 are expected; it is truncated, damaged or still being written",
    ]
  `);
});

function told(error: unknown): string {
  expect(isCakelabError(error, "file-format")).toBe(true);
  return (error as Error).message.replace(/\(marCCD, [^)]*\)/, "(…)");
}

describe("mutated files give an error that says so, or what FabIO reads", () => {
  const originals = new Map(files.map(({ name, fabio }) => [name, JSON.stringify(fabio)]));
  it.each(Array.from({ length: 10 }, (_, part) => part))("part %i", async (part) => {
    const wrong: string[] = [];
    for (const [index, { name, base, bytes, fabio }] of mutations.entries()) {
      if (index % 10 !== part) continue;
      const start = performance.now();
      let read: Image | undefined;
      try {
        read = await decodeImage(bytes, { name: base });
      } catch (error) {
        if (!isCakelabError(error)) wrong.push(`${name}: ${error}`);
      }
      if (performance.now() - start > 5000) wrong.push(`${name}: took too long`);
      if (read === undefined) continue;
      const found = JSON.stringify(digest(read));
      // FabIO refuses a header with a letter that is not ASCII, which leaves the pixels as they are.
      if (fabio === null && found.startsWith(kindOf(originals.get(base)!))) continue;
      const right = [JSON.stringify(fabio), originals.get(base)];
      if (!right.includes(found)) wrong.push(`${name}: ${found}, FabIO ${JSON.stringify(fabio)}`);
    }
    expect(wrong).toEqual([]);
    // In kilobytes, of this process since it began.
    expect(process.resourceUsage().maxRSS).toBeLessThan(2 ** 20);
  });
});

/** The dtype and shape of a digest's JSON. */
function kindOf(json: string): string {
  return json.slice(0, json.lastIndexOf(",") + 1);
}

test("a region is read as the whole frame has it", async () => {
  const folder = await temporaryFolder();
  const region = { row: 4, column: 3, rows: 5, columns: 7 };
  for (const name of ["int32 big.edf", "float64 little.edf", "frames.spe", "int32.cbf", "own.ge"]) {
    const path = join(folder, name);
    await writeFile(path, formatFixture(name));
    const whole = await readImage(path);
    const part = await readImage(path, { region });
    expect(part.shape).toEqual([5, 7]);
    const [, columns] = whole.shape;
    for (let row = 0; row < 5; row++) {
      const from = (4 + row) * columns + 3;
      const expected = whole.data.subarray(from, from + 7);
      expect(part.data.subarray(7 * row, 7 * row + 7)).toEqual(expected);
    }
    const outside = readImage(path, { region: { ...region, row: 18 } });
    await expect(outside).rejects.toThrow("region: rows 18 to 22");
  }
});

test("an MD5 that does not fit is passed over on request only", async () => {
  const bytes = formatFixture("wrong MD5.cbf");
  await expect(decodeImage(bytes)).rejects.toThrow("their MD5 is");
  const { data } = await decodeImage(bytes, { verify: false });
  expect(data).toEqual((await decodeImage(formatFixture("int32.cbf"))).data);
});

test("a region of a large EDF costs the bytes of its rows", async () => {
  const path = join(await temporaryFolder(), "large.edf");
  const rows = 40_000;
  const header = `{\nByteOrder = LowByteFirst ;\nDataType = UnsignedShort ;\nDim_1 = 4096 ;\nDim_2 = ${rows} ;\n`;
  const { open } = await import("node:fs/promises");
  const file = await open(path, "w");
  await file.write(`${header.padEnd(510)}}\n`);
  await file.truncate(512 + 2 * 4096 * rows);
  await file.write(Uint8Array.of(7, 1), 0, 2, 512 + 2 * (4096 * 39_999 + 5));
  await file.close();
  const before = process.memoryUsage().arrayBuffers;
  const region = { row: 39_998, column: 4, rows: 2, columns: 3 };
  const { data } = await readImage(path, { region });
  expect(Array.from(data)).toEqual([0, 0, 0, 0, 263, 0]);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
});

test("info names the format and what the header says", async () => {
  const folder = await temporaryFolder();
  const infoOf = async (name: string) => {
    await writeFile(join(folder, name), formatFixture(name));
    return imageInfo(join(folder, name));
  };
  expect(await infoOf("frames.edf")).toMatchObject({ format: "EDF", frames: 4, dtype: "uint16" });
  expect(await infoOf("packed.edf.gz")).toMatchObject({ format: "EDF", frames: 4 });
  const mini = await infoOf("mini.cbf");
  expect(mini).toMatchObject({ format: "CBF", compression: "byte-offset", dtype: "int32" });
  expect(mini.header).toMatchObject({
    Exposure_time: "0.095 s",
    timestamp: "2011-02-22T17:24:29.123",
  });
  const mar = await infoOf("one.mccd");
  expect(mar).toMatchObject({ format: "marCCD", header: { exposure_time: "2500" } });
  expect(await infoOf("own.ge")).toMatchObject({ format: "GE", frames: 3 });
  expect((await infoOf("high.mar2300")).header).toMatchObject({ WAVELENGTH: "0.9795" });
  const linear = await infoOf("linear 86.sfrm");
  expect(linear.header.TITLE).toBe("first\nsecond");
  expect(linear.dtype).toBe("float32");
  expect((await infoOf("overflows 86.sfrm")).dtype).toBe("uint32");
});

test("a header cannot change what objects inherit", async () => {
  const { header } = await decodeImage(formatFixture("motors.edf"));
  expect(Object.getPrototypeOf(header)).toBe(Object.prototype);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  expect(header!.constructor).toBe("x");
});

test("bombs of gzip cost neither time nor memory", async () => {
  // 200 MB of zeros in a few hundred kilobytes; the same behind the header of an image, with a length
  // at the end that is a lie.
  const zeros = new Uint8Array(2e8);
  const packed = gzipSync(zeros);
  const header =
    "{\nByteOrder = LowByteFirst ;\nDataType = UnsignedShort ;\nDim_1 = 9 ;\nDim_2 = 9 ;\n";
  zeros.set(new TextEncoder().encode(`${header.padEnd(510)}}\n`));
  const lie = gzipSync(zeros);
  new DataView(lie.buffer, lie.byteOffset).setUint32(lie.length - 4, 100, true);
  for (const bytes of [packed, lie]) {
    const start = performance.now();
    await expect(decodeImage(bytes, { name: "bomb.edf.gz" })).rejects.toThrow("bomb.edf.gz: ");
    expect(performance.now() - start).toBeLessThan(5000);
  }
});

test("the fixtures are small", () => {
  const folder = new URL("../fixtures/formats/", import.meta.url);
  const bytes = ["formats.bin", "formats.json"].map(
    (name) => readFileSync(new URL(name, folder)).length,
  );
  expect(bytes[0]! + bytes[1]!).toBeLessThan(1e6);
});
