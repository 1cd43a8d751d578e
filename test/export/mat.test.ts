import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { writeMat } from "../../src/export/mat.js";
import { OutputError } from "../../src/index.js";
import { hasPython, runPython } from "../support/python.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const counted = (path: string, ...shape: number[]) => ({
  path,
  shape,
  data: () =>
    Float64Array.from({ length: shape.reduce((all, n) => all * n, 1) }, (_, i) => i + 0.25),
});

const arrays = [
  counted("REtaMap", 5, 3, 2),
  counted("Omegas", 4),
  counted("one", 1),
  counted("none", 0),
  counted("Sum/LastFrameNumber_9", 3, 2),
  counted("Sum/a-b c.tif", 2, 2),
  counted("Sum/a_b c.tif", 2, 2),
  counted("Sum/inner/x", 2),
  counted("7th", 2),
];

const program = `
import json, sys, scipy.io
mat = scipy.io.loadmat(sys.argv[1])
def show(value):
    if value.dtype.names:
        return {name: show(value[name][0, 0]) for name in value.dtype.names}
    return [list(value.shape), value.tolist()]
print(json.dumps({name: show(value) for name, value in mat.items() if name[0] != "_"}))
`;

it.skipIf(!hasPython)("what was written is what scipy reads, groups too", async () => {
  const path = join(await temporaryFolder(), "x.mat");
  await writeMat(path, arrays);
  const read = runPython<Record<string, unknown>>(program, path);
  const block = (rows: number, columns: number, from = 0) =>
    Array.from({ length: rows }, (_, r) =>
      Array.from({ length: columns }, (_, c) => from + r * columns + c + 0.25),
    );
  const two = [
    [2, 2],
    [
      [0.25, 1.25],
      [2.25, 3.25],
    ],
  ];
  expect(read).toEqual({
    REtaMap: [[5, 3, 2], [0, 6, 12, 18, 24].map((from) => block(3, 2, from))],
    Omegas: [[1, 4], block(1, 4)],
    one: [[1, 1], [[0.25]]],
    none: [[1, 0], [[]]],
    Sum: {
      LastFrameNumber_9: [[3, 2], block(3, 2)],
      a_b_c_tif: two,
      a_b_c_tif_2: two,
      inner: { x: [[1, 2], block(1, 2)] },
    },
    x7th: [[1, 2], block(1, 2)],
  });
});

it("is little-endian, version 5, and the same each time", async () => {
  const folder = await temporaryFolder();
  await writeMat(join(folder, "a.mat"), arrays);
  await writeMat(join(folder, "b.mat"), arrays);
  const bytes = readFileSync(join(folder, "a.mat"));
  expect(bytes.subarray(0, 19).toString()).toBe("MATLAB 5.0 MAT-file");
  expect([...bytes.subarray(124, 128)]).toEqual([0, 1, 0x49, 0x4d]);
  expect(bytes.length % 8).toBe(0);
  expect(readFileSync(join(folder, "b.mat"))).toEqual(bytes);
});

it("a variable that is too large for the format is refused", async () => {
  const folder = await temporaryFolder();
  const path = join(folder, "x.mat");
  writeFileSync(path, "before");
  const huge = { path: "all/frames", shape: [20_000, 20_000], data: () => new Float64Array() };
  const error = await writeMat(path, [huge]).catch((cause: unknown) => cause);
  expect(error).toBeInstanceOf(OutputError);
  expect((error as Error).message).toMatch(/all has 2 GiB or more/);
  expect(readdirSync(folder)).toEqual(["x.mat"]);
  expect(readFileSync(path, "utf8")).toBe("before");
});
