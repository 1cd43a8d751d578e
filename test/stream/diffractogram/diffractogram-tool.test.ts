import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { OptionError, ShapeError } from "../../../src/errors.js";
import { formatPoni } from "../../../src/geometry/poni.js";
import { DiffractogramTool } from "../../../src/stream/diffractogram/diffractogram-tool.js";
import type { DiffractogramPart } from "../../../src/stream/diffractogram/tool-parts.js";
import type { ToolResults } from "../../../src/stream/diffractogram/tool-results.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { integrator, level, newTool, rounded, rows, SHAPE, values } from "./small-tool.js";

it("integrates each image while it is shown, and the last one when it begins", async () => {
  const tool = newTool();
  await tool.put(level(3));
  expect(tool).toMatchObject({ patterns: [], isShown: false, imageName: "frame_3.tif" });
  await tool.show();
  expect(values(tool)).toEqual([3]);
  await tool.put(level(5));
  expect(values(tool)).toEqual([5]);
  tool.stop();
  await tool.put(level(7));
  expect(values(tool)).toEqual([5]);
  expect(tool).toMatchObject({ isShown: false, imageName: "frame_7.tif", timestamp: 1007 });
});

it("integrates once when asked for the next, also while it is stopped", async () => {
  const tool = newTool();
  await expect(tool.next()).rejects.toThrow(/image: none has come yet/);
  await tool.put(level(3));
  await tool.next();
  expect(values(tool)).toEqual([3]);
  expect(tool.buffers[0]!.length).toBe(0);
  tool.collect();
  await tool.next();
  await tool.next();
  expect(rows(tool)).toEqual([3, 3]);
});

it("keeps what it shows only while it collects, with the images' times", async () => {
  const tool = newTool({
    bufferSize: 3,
    ranges: [
      [null, null, null, null],
      [0, 90, 2, 6],
    ],
  });
  tool.collect();
  await tool.put(level(1));
  await tool.show();
  expect(rows(tool)).toEqual([]);
  for (const value of [2, 3, 4, 5]) await tool.put(level(value));
  tool.stopCollecting();
  await tool.put(level(6));
  expect([rows(tool), rows(tool, 1)]).toEqual([
    [3, 4, 5],
    [3, 4, 5],
  ]);
  expect([0, 1, 2].map((i) => tool.buffers[1]!.timestamp(i))).toEqual([1003, 1004, 1005]);
  expect(tool.buffers[1]!.radial).toEqual(tool.patterns[1]!.radial);
  tool.reset();
  expect([rows(tool), rows(tool, 1)]).toEqual([[], []]);
});

it("begins its buffers anew where another number of points comes", async () => {
  const tool = newTool();
  await tool.show();
  tool.collect();
  await tool.put(level(1));
  await tool.set({ points: 30 });
  expect(rows(tool)).toEqual([1]);
  await tool.put(level(2));
  expect(rows(tool)).toEqual([2]);
  expect(tool.buffers[0]!.bins).toBe(30);
});

it("empties its buffers with ranges, unit, size, calibration and beam, not with what only corrects", async () => {
  const tool = newTool();
  await tool.show();
  tool.collect();
  const dark = { ...level(1), data: new Float32Array(SHAPE[0] * SHAPE[1]).fill(0.5) };
  const changes: [kept: boolean, change: () => Promise<void>][] = [
    [true, () => tool.set({ dark })],
    [true, () => tool.set({ colors: ["red"] })],
    [true, () => tool.set({ unit: "2th [deg]", ranges: [[null, null, null, null]] })],
    [false, () => tool.set({ unit: "r [mm]" })],
    [false, () => tool.set({ ranges: [[null, null, 1, 5]] })],
    [false, () => tool.set({ bufferSize: 7 })],
    [false, () => tool.moveCenter(20, 21)],
    [false, () => tool.setCalibration(integrator())],
  ];
  for (const [kept, change] of changes) {
    await tool.put(level(4));
    const { generation } = tool.buffers[0]!;
    const before = rows(tool).length;
    await change();
    expect(rows(tool).length).toBe(kept ? before : 0);
    expect(tool.buffers[0]!.generation).toBe(kept ? generation : generation + 1);
  }
});

it("integrates the last image anew when something changes", async () => {
  const tool = newTool();
  await tool.put(level(9));
  expect(tool.patterns).toEqual([]);
  await tool.set({
    ranges: [
      [0, 90, null, null],
      [null, null, 2, 5],
    ],
  });
  expect(values(tool)).toEqual([9, 9]);
  await tool.set({ dark: level(2) });
  expect(values(tool)).toEqual([7, 7]);
  await tool.set({ dark: undefined, flat: level(3) });
  expect(values(tool)).toEqual([3, 3]);
  await tool.set({ flat: undefined, unit: "q [1/A]" });
  expect(tool.patterns[1]).toMatchObject({ unit: "q_A^-1" });
  await tool.set({ maskAbove: 8 });
  expect(values(tool).every(Number.isNaN)).toBe(true);
  await tool.set({ maskAbove: 9 });
  expect(values(tool)).toEqual([9, 9]);
  expect(tool.counts).toEqual({ computed: 6, failed: 0 });
});

it("integrates once for changes that come together, and with the last of them", async () => {
  const tool = newTool();
  await tool.show();
  tool.collect();
  await tool.put(level(4));
  const before = tool.counts.computed;
  const changes = [1, 2, 3, 4, 5, 6].map((low) => tool.set({ ranges: [[0, 90, low, 12]] }));
  const put = tool.put(level(6));
  await Promise.all([...changes, put]);
  expect(tool.patterns[0]!.radialRange).toEqual([6, 12]);
  expect(tool.counts.computed - before).toBe(2);
  expect(rows(tool)).toEqual([6]);
});

it("leaves a frame out of buffers that it does not belong to any more", async () => {
  const tool = newTool();
  await tool.show();
  tool.collect();
  const put = tool.put(level(4));
  await Promise.resolve();
  const change = tool.set({ unit: "r_mm", points: 25 });
  await Promise.all([put, change]);
  expect(tool.buffers[0]!).toMatchObject({ length: 1, bins: 25 });
  expect(tool.buffers[0]!.radial).toEqual(tool.patterns[0]!.radial);
});

it("freezes its curves until they are cleared or frozen again", async () => {
  const tool = newTool();
  await tool.show();
  await tool.put(level(3));
  tool.freeze();
  await tool.put(level(5));
  expect(tool.references.map(({ intensity }) => intensity[10])).toEqual([3]);
  tool.freeze();
  expect(tool.references.map(({ intensity }) => intensity[10])).toEqual([5]);
  tool.clearReferences();
  expect(tool.references).toEqual([]);
});

it("tells what has changed, until nobody listens", async () => {
  const tool = newTool();
  const told: (readonly DiffractogramPart[])[] = [];
  const stop = tool.onChange((parts) => told.push(parts));
  await tool.put(level(3));
  await tool.show();
  tool.collect();
  await tool.next();
  expect(told.splice(0)).toEqual([
    ["image"],
    ["settings"],
    ["patterns"],
    ["settings"],
    ["patterns"],
    ["buffers"],
  ]);
  await tool.set({ colors: ["red"] });
  await tool.set({ ranges: [[0, 9, 1, 2]] });
  expect(told.splice(0)).toEqual([["settings"], ["settings", "buffers"], ["patterns"]]);
  stop();
  await tool.put(level(3));
  expect(told).toEqual([]);
});

it("emits results of each computation with the image's name and time", async () => {
  const tool = newTool({ ranges: [[0, 90, 2, 6]] });
  const results: ToolResults[] = [];
  tool.onResults((result) => results.push(result));
  await tool.show();
  await tool.run([level(3), level(5)]);
  expect(results.map(({ imagename, timestamp }) => [imagename, timestamp])).toEqual([
    ["frame_3.tif", 1003],
    ["frame_5.tif", 1005],
  ]);
  expect(results[1]).toMatchObject({
    ...{ tool: "diffractogram", nrdiffs: 1, calibration: "detector.poni", unit: "2th_deg" },
    ...{ radial_range_1: [2, 6], azimuth_range_1: [0, 90], peaks_1: [[], []] },
  });
  expect(results[1]!.diff_1![1].every((y) => y === 0 || rounded(y) === 5)).toBe(true);
});

it("goes on after an image that cannot be integrated, and tells of it", async () => {
  const tool = newTool();
  await tool.show();
  const told: string[] = [];
  const small = {
    data: new Uint16Array(6),
    shape: [2, 3] as [number, number],
    source: "small.tif",
  };
  await tool.run([level(3), small, level(5)], { onTrouble: ({ message }) => told.push(message) });
  expect(told).toEqual([expect.stringMatching(/2 × 3/)]);
  expect(values(tool)).toEqual([5]);
  expect(tool.trouble).toBeUndefined();
  expect(tool.counts).toEqual({ computed: 2, failed: 1 });
  await expect(tool.put(small)).rejects.toThrow(ShapeError);
  expect(tool).toMatchObject({ patterns: [], trouble: expect.stringMatching(/2 × 3/) });
  await expect(tool.put({ data: [1], shape: [1, 1] } as never)).rejects.toThrow(OptionError);
});

it("stops a run by its signal", async () => {
  const tool = newTool();
  const controller = new AbortController();
  async function* endless() {
    for (;;) yield level(1) as never;
  }
  tool.onChange(() => controller.abort(new Error("enough")));
  await expect(tool.run(endless(), { signal: controller.signal })).rejects.toThrow("enough");
});

it("has nothing to show without a calibration, and takes one later", async () => {
  const folder = await temporaryFolder();
  const poni = join(folder, "detector.poni");
  writeFileSync(poni, formatPoni(integrator().toPoni()));
  const tool = new DiffractogramTool({ points: 20, method: { engine: "js" } });
  expect(tool.isReady).toBe(false);
  await tool.put(level(3));
  for (const doing of [tool.show(), tool.next(), tool.moveCenter(1, 1)]) {
    await expect(doing).rejects.toThrow(/calibration: there is none yet/);
  }
  await expect(tool.loadCalibration(join(folder, "none.poni"))).rejects.toThrow(/none\.poni/);
  await tool.loadCalibration(poni);
  expect(tool).toMatchObject({ isReady: true, calibration: poni });
  expect(tool.patterns.length).toBe(1);
});

it.each([
  ["an option that does not exist", { range: [] }, /did you mean ranges/],
  ["a unit that is none", { unit: "2th_degree" }, /did you mean 2th_deg/],
  ["half a point", { points: 0.5 }, /points/],
  ["no rows", { bufferSize: 0 }, /bufferSize/],
  ["a buffer that there is not", { mainPlot: 2 }, /there is no buffer 2: there is 1 range$/],
  ["three ends", { ranges: [[1, 2, 3]] }, /\[1,2,3\] is no range/],
  ["text", { ranges: [["1", 2, 3, 4]] }, /is no range/],
  ["more than a turn", { ranges: [[0, 361, null, null]] }, /at most 360/],
  ["no width", { ranges: [[10, 10, null, null]] }, /no sector/],
  ["2θ below 0", { ranges: [[0, 10, -5, 5]] }, /from 0 to 90/],
  ["2θ beyond 90 alone", { ranges: [[0, 10, 95, 120]] }, /from 0 to 90/],
  ["no list", { ranges: 3 }, /ranges: give a list/],
  ["a mask that is none", { mask: [1] }, /mask/],
  ["a limit that is none", { maskAbove: Number.NaN }, /maskAbove/],
  ["colours that are none", { colors: [[1, 2, 3]] }, /CSS/],
  ["a flag that is none", { isBuffering: "no" }, /true or false/],
])("refuses %s and stays as it is", async (_, change, message) => {
  const tool = newTool();
  const before = tool.settings;
  await expect(tool.set(change as never)).rejects.toThrow(message);
  expect(tool.settings).toBe(before);
  expect(() => new DiffractogramTool(change as never)).toThrow(message);
});

it("shows the image again when the buffer that was shown is gone", async () => {
  const tool = newTool({
    ranges: [
      [0, 9, 1, 2],
      [0, 9, 1, 2],
    ],
    mainPlot: 2,
  });
  await tool.set({ ranges: [[0, 9, 1, 2]] });
  expect(tool.settings.mainPlot).toBe(0);
});
