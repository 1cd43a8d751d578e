import { join } from "node:path";
import { expect, test } from "vitest";
import type { Image, TypedArray } from "../../src/array.js";
import { OptionError } from "../../src/errors.js";
import { encodeEdf, writeEdf } from "../../src/export/edf.js";
import { encodeNpy, writeNpy } from "../../src/export/npy.js";
import { encodeTiff, writeTiff } from "../../src/export/tiff.js";
import { readImage } from "../../src/image/read-image.js";
import { hasPython, runPython } from "../support/python.js";
import { caked } from "../support/results.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const limits = [0, 1, 127, 255, -128, 32767, 65535, -32768, 2147483647, 4294967295, 0.1, 1e30];
const fill = <T extends TypedArray>(data: T): T => {
  for (let i = 0; i < data.length; i++) {
    data[i] = limits[i % limits.length]!;
  }
  return data;
};
const types: [name: string, data: TypedArray][] = [
  ["int8", fill(new Int8Array(15))],
  ["uint8", fill(new Uint8Array(15))],
  ["int16", fill(new Int16Array(15))],
  ["uint16", fill(new Uint16Array(15))],
  ["int32", fill(new Int32Array(15))],
  ["uint32", fill(new Uint32Array(15))],
  ["float32", fill(new Float32Array(15))],
  ["float64", fill(new Float64Array(15))],
];
const bytes = (parts: readonly Uint8Array[]) => Buffer.concat(parts);

const read = `
import json, sys, fabio, numpy, tifffile
out = []
for path in sys.argv[1:]:
    # FabIO leaves compressed TIFFs to PIL, which does not know every element type.
    if path.endswith(".npy"):
        values = numpy.load(path)
    elif path.endswith(".deflate.tif"):
        values = tifffile.imread(path)
    else:
        values = fabio.open(path).data
        if path.endswith(".tif"):
            other = tifffile.imread(path)
            assert other.dtype == values.dtype and (other == values).all(), path
    out.append([str(values.dtype), values.tolist()])
print(json.dumps(out))
`;

test.skipIf(!hasPython)("FabIO, tifffile and NumPy read every element type as it was", async () => {
  const folder = await temporaryFolder();
  const paths: string[] = [];
  const expected: unknown[] = [];
  for (const [name, data] of types) {
    const image: Image = { data, shape: [3, 5], header: { Exposure: "0.1 s" } };
    const path = (kind: string) => join(folder, `${name}${kind}`);
    await writeTiff(path(".tif"), image);
    await writeTiff(path(".deflate.tif"), image, { compression: "deflate" });
    await writeNpy(path(".npy"), image);
    await writeEdf(path(".edf"), image);
    const rows = [0, 5, 10].map((start) => Array.from(data.subarray(start, start + 5)));
    for (const kind of [".tif", ".deflate.tif", ".npy", ".edf"]) {
      paths.push(path(kind));
      expected.push([name, rows]);
    }
  }
  expect(runPython(read, ...paths)).toEqual(expected);
});

test("our own reader reads every element type as it was", async () => {
  const folder = await temporaryFolder();
  for (const [name, data] of types) {
    const image: Image = { data, shape: [3, 5] };
    await writeTiff(join(folder, `${name}.tif`), image);
    await writeTiff(join(folder, `${name}.deflate.tif`), image, { compression: "deflate" });
    await writeNpy(join(folder, `${name}.npy`), image);
    for (const kind of [".tif", ".deflate.tif", ".npy"]) {
      const again = await readImage(join(folder, `${name}${kind}`));
      expect(again.data).toEqual(data);
      expect(again.shape).toEqual([3, 5]);
    }
  }
});

test("an image of many strips is whole", async () => {
  const folder = await temporaryFolder();
  const data = Uint16Array.from({ length: 700 * 1001 }, (_, i) => (i * 7919) % 65521);
  const path = join(folder, "strips.tif");
  await writeTiff(path, { data, shape: [700, 1001] }, { compression: "deflate" });
  expect((await readImage(path)).data).toEqual(data);
});

test("a view into a larger buffer is written without what is around it", () => {
  const data = Uint16Array.of(1, 2, 3, 4, 5, 6).subarray(2, 4);
  for (const encode of [encodeTiff, encodeNpy, encodeEdf]) {
    const file = bytes(encode({ data, shape: [1, 2] }));
    expect([...file.subarray(-4)]).toEqual([3, 0, 4, 0]);
  }
});

test("an unknown compression is refused with the choices", () => {
  const image: Image = { data: new Uint8Array(1), shape: [1, 1] };
  expect(() => encodeTiff(image, { compression: "lzw" as "none" })).toThrow(OptionError);
  expect(() => encodeTiff(image, { compression: "lzw" as "none" })).toThrow(/"none" or "deflate"/);
});

test("arrays of any number of dimensions have NumPy's shape", () => {
  const head = (shape: number[]) => {
    const size = shape.reduce((product, length) => product * length, 1);
    return bytes(encodeNpy({ data: new Float64Array(size), shape })).toString("latin1");
  };
  expect(head([3])).toContain("'shape': (3,)");
  expect(head([3, 2, 1])).toContain("'shape': (3, 2, 1)");
  expect(head([3]).indexOf("\n") % 64).toBe(63);
});

test("an EDF header is whole blocks of 512 bytes and cannot be broken out of", () => {
  const header = {
    Title: "a } b ; Dim_1 = 9\n{µ",
    Dim_1: "77",
    "": "nameless",
    long: "x".repeat(600),
  };
  const [head] = encodeEdf({ data: new Float32Array(2), shape: [1, 2], header }) as [Uint8Array];
  const text = Buffer.from(head).toString("latin1");
  expect(text.length % 512).toBe(0);
  expect(text).toContain(`EDF_HeaderSize = ${`${text.length}`.padStart(6)} ;`);
  expect(text.endsWith("}\n")).toBe(true);
  expect(text.match(/[{}]/g)).toHaveLength(2);
  expect(text.match(/^Dim_1 = .*$/gm)).toEqual(["Dim_1 = 2 ;"]);
  expect(text).toContain("Title = a , b , Dim_1 = 9 ,? ;");
  expect(text).not.toContain("nameless");
});

const frames = `
import json, sys, fabio
image = fabio.open(sys.argv[1])
keys = ["dist", "2th_deg_min", "2th_deg_max", "chi_deg_min", "chi_deg_max", "polarization_factor", "orientation"]
print(json.dumps([image.nframes, str(image.data.dtype), image.data[:, :2].tolist(), image.next().data.tolist(), [image.header[k] for k in keys]]))
`;

test.skipIf(!hasPython)("FabIO reads a 2D result, its standard errors and its header", async () => {
  const path = join(await temporaryFolder(), "caked.edf");
  await writeEdf(path, caked());
  const f = Math.fround;
  expect(runPython(frames, path)).toEqual([
    2,
    "float32",
    [
      [f(0.1), 1],
      [3, 4],
    ],
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    ["1.19389178917929", "1", "3", "-90", "90", "0.99", "3"],
  ]);
});
