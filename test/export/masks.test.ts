import { join } from "node:path";
import { expect, test } from "vitest";
import type { Image } from "../../src/array.js";
import { maskExtensions, writeMask } from "../../src/export/mask.js";
import { readImage } from "../../src/image/read-image.js";
import { readMask } from "../../src/image/read-mask.js";
import { hasPython, runPython } from "../support/python.js";
import { temporaryFolder } from "../support/temporary-folder.js";

/** Wider than 32 bits, and values that only `readMask` makes 0 and 1. */
function sample(): Image {
  const data = Float64Array.from({ length: 5 * 45 }, (_, i) => (i % 3 === 0 ? 0 : i % 7) - 2);
  data[7] = Number.NaN;
  return { data, shape: [5, 45] };
}

test("every format brings back 1 where a pixel is not zero", async () => {
  const folder = await temporaryFolder();
  const mask = sample();
  const expected = Uint8Array.from(mask.data, (value) => (value === 0 ? 0 : 1));
  expect(maskExtensions).toEqual([".mask", ".tif", ".tiff", ".edf", ".npy", ".msk"]);
  for (const extension of maskExtensions) {
    const path = join(folder, `a${extension}`);
    await writeMask(path, mask);
    const read = await readMask(path);
    expect(read.data, extension).toEqual(expected);
    expect(read.shape).toEqual([5, 45]);
    const inverted = await readMask(path, { invert: true });
    expect(inverted.data).toEqual(expected.map((value) => 1 - value));
  }
  expect((await readImage(join(folder, "a.mask"))).data).toBeInstanceOf(Int8Array);
  await expect(writeMask(join(folder, "a.png"), mask)).rejects.toThrow(
    'no mask is written as ".png"',
  );
});

const read = `
import json, sys, fabio, tifffile
out = []
for path in sys.argv[1:]:
    data = tifffile.imread(path) if path.endswith(".mask") else fabio.open(path).data
    out.append([str(data.dtype), data.tolist()])
print(json.dumps(out))
`;

test.skipIf(!hasPython)("FabIO and tifffile read them", async () => {
  const folder = await temporaryFolder();
  const mask = sample();
  const paths = [".mask", ".tif", ".edf", ".npy", ".msk"].map((ext) => join(folder, `a${ext}`));
  for (const path of paths) await writeMask(path, mask);
  const rows = Array.from({ length: 5 }, (_, row) =>
    Array.from({ length: 45 }, (_, column) => (mask.data[45 * row + column] === 0 ? 0 : 1)),
  );
  const types = ["int8", "int8", "int8", "int8", "uint8"];
  expect(runPython(read, ...paths)).toEqual(types.map((type) => [type, rows]));
});
