import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type CompositeMapOptions,
  circleMap,
  compositeMap,
  type Image,
  OptionError,
  readImage,
  ShapeError,
  writeEdf,
  writeScanMap,
} from "../../src/index.js";
import { hasPython, runPython } from "../support/python.js";
import { image, shape, smallScan } from "./small-scan.js";

interface Reference {
  roi: [number, number, number, number];
  binning: number;
  dummy: number;
  mask?: Image;
  dark?: Image;
  flat?: Image;
  background?: Image;
}

/** xrsmap's order, value by value: crop, mask, mean of blocks, − dark, / flat, − background. */
function referenceTile(frame: Image, { roi, binning, dummy, ...images }: Reference): number[][] {
  const [x0, y0, x1, y1] = roi;
  const blocks = (of: Image): { mean: number; isGood: boolean }[][] =>
    range((y1 - y0 + 1) / binning).map((blockRow) =>
      range((x1 - x0 + 1) / binning).map((blockColumn) => {
        const values: number[] = [];
        let isGood = false;
        for (const i of range(binning)) {
          for (const j of range(binning)) {
            const at = (y0 + blockRow * binning + i) * of.shape[1] + x0 + blockColumn * binning + j;
            const isMasked = images.mask !== undefined && images.mask.data[at] !== 0;
            values.push(isMasked ? dummy : of.data[at]!);
            isGood ||= !isMasked;
          }
        }
        return { mean: values.reduce((a, b) => a + b) / values.length, isGood };
      }),
    );
  const means = (of: Image | undefined, otherwise: number): ((r: number, c: number) => number) => {
    const all = of && blocks(of);
    return (row, column) => (all === undefined ? otherwise : all[row]![column]!.mean);
  };
  const [dark, flat, back] = [means(images.dark, 0), means(images.flat, 1), images.background];
  const less = means(back, 0);
  return blocks(frame).map((row, r) =>
    row.map(({ mean, isGood }, c) => {
      if (!isGood) return dummy;
      const background = back === undefined ? 0 : (less(r, c) - dark(r, c)) / flat(r, c);
      return (mean - dark(r, c)) / flat(r, c) - background;
    }),
  );
}

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

const mask: Image = {
  // A whole block of 2 × 2, and a pixel of another.
  data: Uint8Array.from({ length: shape[0] * shape[1] }, (_, i) => {
    const [row, column] = [Math.floor(i / shape[1]), i % shape[1]];
    return (row >= 4 && row < 6 && column >= 6 && column < 8) || (row === 8 && column === 9)
      ? 1
      : 0;
  }),
  shape,
};
const dark: Image = { data: image(90).data.map((value) => value / 100), shape };
const flat: Image = { data: image(91).data.map((value) => 0.5 + value / 1000), shape };
const background: Image = { data: image(92).data.map((value) => value / 10), shape };

describe("compositeMap", () => {
  it.each<[string, Omit<Reference, "roi" | "dummy"> & { dummy?: number }]>([
    ["a box as it is", { binning: 1 }],
    ["means of blocks", { binning: 2 }],
    ["a mask", { binning: 2, mask, dummy: -3 }],
    ["dark, flat and background", { binning: 2, dark, flat, background }],
    ["everything at once", { binning: 2, dummy: 0, mask, dark, flat, background }],
  ])("tiles the frames of a mesh that is no square: %s", async (_, options) => {
    const { folder, frames } = await smallScan(6);
    const roi: [number, number, number, number] = [4, 2, 13, 9];
    const map = await compositeMap(join(folder, "*.edf"), { fast: 3, slow: 2, roi, ...options });
    const { binning, dummy = 0 } = options;
    const [rows, columns] = [8 / binning, 10 / binning];
    expect(map).toMatchObject({ tile: [rows, columns], isComplete: true, extraFrames: 0 });
    expect(map.composite.shape).toEqual([2 * rows, 3 * columns]);
    expect([...map.pointer]).toEqual([0, 1, 2, 3, 4, 5]);
    for (const [point, frame] of frames.entries()) {
      const tile = referenceTile(frame, { dummy: 0, ...options, roi });
      const [top, left] = [Math.floor(point / 3) * rows, (point % 3) * columns];
      for (const [r, line] of tile.entries()) {
        for (const [c, value] of line.entries()) {
          const found = map.composite.data[(top + r) * 3 * columns + left + c]!;
          expect(Math.abs(found - value)).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(value)));
        }
      }
      const isBlank = (r: number, c: number): boolean =>
        options.mask !== undefined && r === 1 && c === 1;
      const sum = tile.flatMap((line, r) => line.filter((_, c) => !isBlank(r, c)));
      const total = sum.reduce((a, b) => a + b);
      expect(Math.abs(map.sum.data[point]! - total)).toBeLessThan(1e-9 * (1 + Math.abs(total)));
      if (options.mask !== undefined) {
        expect(map.composite.data[(top + 1) * 3 * columns + left + 1]).toBe(dummy);
      }
    }
  });

  it("counts rows from the bottom, as xrsmap does, where told to", async () => {
    const { folder } = await smallScan(2);
    const scan = { fast: 2, slow: 1 };
    const upper = await compositeMap(folder, { ...scan, roi: [1, 3, 6, 8] });
    const lower = await compositeMap(folder, { ...scan, roi: [1, 3, 6, 8], origin: "lower" });
    expect(upper.region).toEqual({ row: 3, column: 1, rows: 6, columns: 6 });
    expect(lower.region).toEqual({ row: 12 - 8 - 1, column: 1, rows: 6, columns: 6 });
    const top = await compositeMap(folder, { ...scan, roi: [0, 0, 0, 0], origin: "lower" });
    expect(top.region).toEqual({ row: 11, column: 0, rows: 1, columns: 1 });
  });

  it("takes whole blocks of whole frames where no box is given", async () => {
    const { folder } = await smallScan(1);
    const map = await compositeMap(folder, { fast: 1, slow: 1, binning: 5 });
    expect([map.tile, map.region]).toEqual([[2, 3], { row: 0, column: 0, rows: 10, columns: 15 }]);
  });

  it("is the same whether frames are read here or in threads", async () => {
    const { folder } = await smallScan(9);
    const options: CompositeMapOptions = {
      fast: 3,
      slow: 3,
      roi: [2, 1, 15, 10],
      binning: 2,
      mask,
      dark,
      flat,
      background,
    };
    const [serial, threaded] = await Promise.all([
      compositeMap(folder, { ...options, workers: 0 }),
      compositeMap(folder, { ...options, workers: 2 }),
    ]);
    expect(threaded).toEqual(serial);
  });

  it("puts frames at their points, also back and forth and after an offset", async () => {
    const { folder, frames } = await smallScan(8);
    const options = { fast: 3, slow: 2, offset: 1, zigzag: true, roi: [0, 0, 0, 0] } as const;
    const map = await compositeMap(folder, options);
    expect([...map.pointer]).toEqual([1, 2, 3, 6, 5, 4]);
    expect([...map.sum.data]).toEqual([1, 2, 3, 6, 5, 4].map((i) => frames[i]!.data[0]));
    expect(map).toMatchObject({ extraFrames: 1, framesDone: 6, isComplete: true });
  });

  it("leaves points empty whose frames are missing or broken, and says so", async () => {
    const { folder, frames } = await smallScan(5);
    await writeFile(join(folder, "d_2.edf"), "{\nnothing\n");
    const map = await compositeMap(folder, { fast: 3, slow: 2, roi: [0, 0, 1, 1] });
    expect([...map.pointer]).toEqual([0, 1, -1, 3, 4, -1]);
    expect(map.failed).toHaveLength(1);
    expect(map.failed[0]).toMatchObject({ index: 2 });
    expect(map.failed[0]!.message).toContain("d_2.edf");
    expect(map).toMatchObject({ framesDone: 4, isComplete: false });
    expect([2, 5].map((point) => map.sum.data[point])).toEqual([Number.NaN, Number.NaN]);
    expect(map.composite.data.filter(Number.isNaN)).toHaveLength(8);
    const four = (i: number): number =>
      [0, 1, 18, 19].reduce((s, at) => s + frames[i]!.data[at]!, 0);
    expect(map.sum.data[3]).toBe(four(3));
  });

  it("leaves out frames of another shape, and says so", async () => {
    const { folder } = await smallScan(3);
    await writeEdf(join(folder, "d_1.edf"), image(1, [24, 36]));
    const map = await compositeMap(folder, { fast: 3, slow: 1, roi: [0, 0, 1, 1] });
    expect([...map.pointer]).toEqual([0, -1, 2]);
    expect(map.failed[0]!.message).toMatch(/d_1\.edf: its shape is 24 × 36, not 12 × 18/);
  });

  it("keeps what has come when it is aborted", async () => {
    const { folder } = await smallScan(6);
    const options = { fast: 3, slow: 2, roi: [0, 0, 1, 1], workers: 0 } as const;
    const stop = AbortSignal.abort();
    const map = await compositeMap(folder, { ...options, signal: stop });
    expect(map).toMatchObject({ framesDone: 0, isComplete: false });
    expect([...map.pointer]).toEqual([-1, -1, -1, -1, -1, -1]);
  });

  it("takes pixels that are NaN for masked ones", async () => {
    const { folder, frames } = await smallScan(1);
    frames[0]!.data[0] = Number.NaN;
    await writeEdf(join(folder, "d_0.edf"), frames[0]!);
    const map = await compositeMap(folder, { fast: 1, slow: 1, roi: [0, 0, 1, 0], dummy: -7 });
    expect([...map.composite.data]).toEqual([-7, frames[0]!.data[1]]);
    expect(map.sum.data[0]).toBe(frames[0]!.data[1]);
  });

  it("says what does not fit", async () => {
    const { folder } = await smallScan(2);
    const scan = { fast: 2, slow: 1 };
    const mapped = (more: object): Promise<unknown> => compositeMap(folder, { ...scan, ...more });
    await expect(mapped({ roi: [0, 0, 18, 3] })).rejects.toThrow(/18 columns \(x\) and 12 rows/);
    await expect(mapped({ roi: [5, 0, 4, 3] })).rejects.toThrow(OptionError);
    await expect(mapped({ roi: [0, 0, 4, 3], binning: 2 })).rejects.toThrow(/end it at 3,3/);
    await expect(mapped({ binning: 0 })).rejects.toThrow(/from 1 to 12/);
    await expect(mapped({ mask: image(1, [12, 17]) })).rejects.toThrow(ShapeError);
    await expect(mapped({ slow: 1.5 })).rejects.toThrow(/slow/);
    await expect(mapped({ roy: [0, 0, 1, 1] })).rejects.toThrow(/did you mean roi/);
    await rm(folder, { recursive: true });
    await expect(mapped({})).rejects.toThrow(/d_|no such|not found|nothing/i);
  });
});

describe("writeScanMap", () => {
  it.each([".edf", ".tif", ".nxs"])("writes a composite map and its sums as %s", async (end) => {
    const { folder } = await smallScan(6);
    const map = await compositeMap(folder, { fast: 3, slow: 2, roi: [4, 2, 13, 9], binning: 2 });
    const path = join(folder, "out", `map${end}`);
    const sums = join(folder, "out", `map_sum${end}`);
    const written = await writeScanMap(path, map);
    expect(written).toEqual(end === ".nxs" ? [path] : [path, sums]);
    const [composite, sum] =
      end === ".nxs"
        ? await Promise.all([readImage(path), readImage(`${path}::/entry/sum/sum`)])
        : await Promise.all([readImage(path), readImage(sums)]);
    expect(composite.shape).toEqual(map.composite.shape);
    expect(Float32Array.from(composite.data)).toEqual(map.composite.data);
    expect(Float32Array.from(sum.data)).toEqual(Float32Array.from(map.sum.data));
    if (end === ".edf") {
      expect(composite.header).toMatchObject({
        Mesh_shape: "2 x 3",
        ROI: "4,2,13,9",
        Binning: "2",
        Frame_shape: "4 x 5",
        Composite_shape: "8 x 15",
      });
    }
  });

  it("writes no file of another kind", async () => {
    const { folder } = await smallScan(1);
    const map = await compositeMap(folder, { fast: 1, slow: 1 });
    await expect(writeScanMap(join(folder, "map.png"), map)).rejects.toThrow(/\.nxs, \.h5, \.edf/);
  });
});

const OPENS = `
import io, json, sys
real, sys.stdout = sys.stdout, io.StringIO()
import h5py
from silx.io import nxdata
from nexusformat.nexus import nxload
from nexusformat.nexus.validate import validate_file
found = []
for path in sys.argv[1:]:
    with h5py.File(path) as file:
        plot = nxdata.get_default(file)
        sums = nxdata.NXdata(file["entry/sum"])
        found.append([plot.is_valid, plot.signal_name, list(plot.signal.shape), sums.is_valid, sums.axes_names])
    found[-1] += [nxload(path).plottable_data.nxpath, list(validate_file(path))]
print(json.dumps(found), file=real)
`;

it.skipIf(!hasPython)("maps open in silx and nexusformat, without a warning", async () => {
  const { folder } = await smallScan(6);
  const [box, ring] = [join(folder, "box.nxs"), join(folder, "ring.nxs")];
  const scan = { fast: 3, slow: 2 } as const;
  const files = join(folder, "d_*.edf");
  await writeScanMap(box, await compositeMap(files, { ...scan, roi: [4, 2, 13, 9] }));
  const circle = await circleMap(files, { ...scan, center: [8, 5], radius: 4, width: 2 });
  await writeScanMap(ring, circle);
  expect(runPython(OPENS, box, ring)).toEqual([
    [true, "composite", [16, 30], true, ["slow", "fast"], "/entry/composite", [0, 0]],
    [true, "sum", [2, 3], true, ["slow", "fast"], "/entry/sum", [0, 0]],
  ]);
});
