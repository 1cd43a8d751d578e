import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FileFormatError } from "../../src/errors.js";
import { decodeImage } from "../../src/image/read-image.js";
import { digest, imageFixture, imageFixtures } from "./image-fixtures.js";

const { files, mutations } = imageFixtures("npy");

test("every type, byte order, axis order and version is read as NumPy reads it", async () => {
  const read = files.filter(({ refused }) => !refused);
  expect(read).toHaveLength(40);
  for (const { name, bytes, numpy } of read) {
    expect.soft(digest(await decodeImage(bytes, { name })), name).toEqual(numpy);
  }
});

test("a 3D array is frames, in either order of its axes", async () => {
  for (const order of ["C", "Fortran"]) {
    const { bytes, frames } = files.find(({ name }) => name === `frames ${order}`)!;
    expect(frames).toHaveLength(3);
    for (const [frame, expected] of frames!.entries()) {
      expect(digest(await decodeImage(bytes, { frame }))).toEqual(expected);
    }
  }
});

test("what is no image, or would lose digits, is refused with the reason", async () => {
  const messages: Record<string, string> = {};
  for (const { name, bytes } of files.filter(({ refused }) => refused)) {
    const error = await decodeImage(bytes, { name }).catch((caught: unknown) => caught);
    expect(error, name).toBeInstanceOf(FileFormatError);
    messages[name] = (error as Error).message;
  }
  expect(messages).toMatchInlineSnapshot(`
    {
      "0D": "0D: is an array of 0 dimensions; an image has 2, a series 3",
      "1D": "1D: is an array of 1 dimensions; an image has 2, a series 3",
      "4D": "4D: is an array of 4 dimensions; an image has 2, a series 3",
      "complex": "complex: its dtype "<c16" is not read; convert it with .astype("float32") or to integers of up to 32 bits",
      "empty": "empty: its header says 0 × 5 pixels, which is no image",
      "float16": "float16: its dtype "<f2" is not read; convert it with .astype("float32") or to integers of up to 32 bits",
      "int64 too large": "int64 too large: its 64-bit integers reach from 0 to 1099511627776, more than 32 bits can hold; convert it to float64",
      "no frames": "no frames: holds no frame: its shape begins with 0",
      "structured": "structured: its header is not that of a plain array (a structured dtype, or damage); save the image alone with numpy.save",
      "text": "text: its dtype "<U1" is not read; convert it with .astype("float32") or to integers of up to 32 bits",
      "uint64 and negative": "uint64 and negative: its 64-bit integers reach from -1 to 2147483648, more than 32 bits can hold; convert it to float64",
    }
  `);
});

describe("damage", () => {
  test("a file cut at every byte", async () => {
    const whole = imageFixture("npy", "uint16 little C");
    for (let length = 0; length < whole.length; length++) {
      const cut = decodeImage(whole.slice(0, length));
      await expect(cut, `${length} bytes`).rejects.toBeInstanceOf(FileFormatError);
    }
  });

  test("400 mutated files: NumPy's values or a typed error", async () => {
    let values = 0;
    for (const { name, bytes, numpy } of mutations) {
      try {
        expect.soft(digest(await decodeImage(bytes)), name).toEqual(numpy);
        values++;
      } catch (error) {
        expect.soft(error, name).toBeInstanceOf(FileFormatError);
      }
    }
    expect(values).toBeGreaterThan(20);
  });

  test("a header of any text", async () => {
    const property = fc.asyncProperty(
      fc.oneof(
        fc.string(),
        fc
          .tuple(fc.string(), fc.boolean(), fc.array(fc.nat()))
          .map(
            ([descr, order, shape]) =>
              `{'descr': '${descr}', 'fortran_order': ${order ? "True" : "False"}, 'shape': (${shape},)}`,
          ),
      ),
      async (text) => {
        const header = new TextEncoder().encode(text);
        const start = [0x93, ...new TextEncoder().encode("NUMPY"), 1, 0];
        const length = [header.length & 0xff, header.length >> 8];
        const file = Uint8Array.from([...start, ...length, ...header, ...new Uint8Array(64)]);
        const found = await decodeImage(file).catch((error: unknown) => error);
        if (found instanceof Error) expect(found).toBeInstanceOf(FileFormatError);
        else expect(found).toHaveProperty("shape");
      },
    );
    await fc.assert(property, { seed: 31, numRuns: 500 });
  });
});
