import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ScanMap } from "../../../kernel-ext/widgets/index.js";
import type { Image } from "../../../src/array.js";
import type { Scan, ScanUpdate } from "../../../src/scan/scan.js";
import { projectSlice } from "../../../src/tomography/project-slice.js";
import type { ScanMessageToPage } from "../../../src/widget-messages.js";
import { FakePage } from "./fake-page.js";

const BINS = 8;

type SliceMessage = Extract<ScanMessageToPage, { do: "slice" }>;

/** A scan of 2 × 3 points that grows when it is told to. */
function liveScan(points = 6, bins = BINS) {
  const hearers = new Set<(update: ScanUpdate) => void>();
  const intensity = new Float32Array(points * bins).fill(Number.NaN);
  const pointer = new Int32Array(points).fill(-1);
  const scan = {
    ...{ title: "a scan", shape: [points / 3, 3] as const, unit: "2th_deg" },
    slow: {
      name: "sy",
      unit: "mm",
      positions: Float64Array.from({ length: points / 3 }, (_, i) => i),
    },
    fast: { name: "sx", positions: Float64Array.of(0, 1, 2) },
    radial: Float64Array.from({ length: bins }, (_, i) => 1 + i),
    ...{ intensity, pointer, frames: points, framesDone: 0, isRunning: true, failed: [] },
    frame: async (index: number): Promise<Image> => {
      if (index === 13) throw new Error("frame 13 is gone");
      return { data: Uint8Array.of(index, 1), shape: [1, 2] };
    },
    onUpdate: (hear: (update: ScanUpdate) => void) => {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
  } satisfies Scan;
  const put = (point: number, values: (bin: number) => number, isRunning = true): void => {
    for (let bin = 0; bin < bins; bin++) intensity[point * bins + bin] = values(bin);
    pointer[point] = point + 10;
    Object.assign(scan, { framesDone: scan.framesDone + 1, isRunning });
    for (const hear of hearers) hear({ framesDone: scan.framesDone, points: [point], isRunning });
  };
  return { scan, put, hearers };
}

describe("ScanMap", () => {
  let page: FakePage;
  beforeEach(() => {
    page = new FakePage();
    vi.useFakeTimers();
  });
  afterEach(() => {
    page.close();
    vi.useRealTimers();
  });

  it("maps its ranges, less the background", () => {
    const { scan, put } = liveScan();
    put(1, (bin) => bin);
    const view = new ScanMap(scan, { ranges: [[1, 3]], background: [1, 1] });
    expect(view.map.shape).toEqual([2, 3]);
    expect([...view.map.data]).toEqual([NaN, 1, NaN, NaN, NaN, NaN]);
    view.background = null;
    view.ranges = [
      [8, 8],
      [2, 2],
    ];
    expect(view.maps.map(({ data }) => data[1])).toEqual([7, 1]);
    expect(String(view)).toMatch(/^a scan: 2 points of sy × 3 of sx, 2θ from 1 to 8 °, 1 of 6 fr/);
    expect(view.svg).toContain("sy / mm");
  });

  it("refuses ranges that are none", () => {
    const { scan } = liveScan();
    expect(() => new ScanMap(scan, { ranges: [] })).toThrow(/give 1 to 3 of them/);
    expect(() => new ScanMap(scan, { ranges: [[2, 1]] })).toThrow(/\[low, high\]/);
    expect(() => new ScanMap(scan, { background: [Number.NaN, 1] })).toThrow(/background/);
    const view = new ScanMap(scan);
    expect(() => {
      view.ranges = [
        [1, 2],
        [1, 2],
        [1, 2],
        [1, 2],
      ];
    }).toThrow(/give 1 to 3/);
    expect(view.ranges).toEqual([[1, 8]]);
  });

  it("sends patterns once, and only new ones after", async () => {
    const { scan, put } = liveScan();
    const view = new ScanMap(scan);
    put(0, () => 1);
    vi.advanceTimersByTime(1000);
    page.take();
    await page.say(view.modelId, { method: "custom", content: { do: "arrays" } });
    const [all] = page.take();
    expect(all!.buffers.at(-1)!.byteLength).toBe(4 * 6 * BINS);
    for (const point of [2, 4]) put(point, (bin) => point + bin);
    expect(page.take()).toEqual([]);
    vi.advanceTimersByTime(250);
    const [news, traits] = page.take();
    expect(news!.content.data).toEqual({ method: "custom", content: { do: "points" } });
    const [points, frames, patterns] = news!.buffers;
    expect([...new Int32Array(points!.buffer)]).toEqual([2, 4]);
    expect([...new Int32Array(frames!.buffer)]).toEqual([12, 14]);
    expect([...new Float32Array(patterns!.buffer).subarray(0, 2)]).toEqual([2, 3]);
    expect(patterns!.byteLength).toBe(4 * 2 * BINS);
    expect((traits!.content.data as { state: object }).state).toEqual({ frames_done: 3 });
    put(5, () => 1, false);
    expect(page.takeData().at(-1)).toMatchObject({ state: { frames_done: 4, is_running: false } });
  });

  it("answers with images, and with why there is none", async () => {
    const { scan } = liveScan();
    const view = new ScanMap(scan);
    page.take();
    await page.say(view.modelId, { method: "custom", content: { do: "frame", index: 12 } });
    const [image] = page.take();
    expect(image!.content.data).toMatchObject({
      content: {
        do: "frame",
        index: 12,
        arrays: [{ name: "image", type: "uint8", shape: [1, 2] }],
      },
    });
    expect([...image!.buffers[0]!]).toEqual([12, 1]);
    await page.say(view.modelId, { method: "custom", content: { do: "frame", index: 13 } });
    expect(page.takeData()).toEqual([
      { method: "custom", content: { do: "no frame", index: 13, text: "frame 13 is gone" } },
    ]);
  });

  it("computes the maps of a large scan itself", async () => {
    const { scan, put } = liveScan(3 * 3000, 2000);
    put(7, (bin) => bin);
    const view = new ScanMap(scan);
    page.take();
    await page.say(view.modelId, { method: "custom", content: { do: "arrays" } });
    const [all] = page.take();
    const size = all!.buffers.reduce((sum, { byteLength }) => sum + byteLength, 0);
    expect(size).toBeLessThan(200_000);
    const ask = (content: object) => page.say(view.modelId, { method: "custom", content });
    const asked = { do: "maps", quantity: "intensity", request: 5, background: null };
    await ask({ ...asked, ranges: [[0, 3]] });
    const [maps] = page.take();
    expect(maps!.content.data).toMatchObject({ content: { do: "maps", request: 5 } });
    expect(new Float32Array(maps!.buffers[0]!.buffer)[7]).toBe(1);
    await ask({ do: "pattern", point: 7 });
    expect(new Float32Array(page.take()[0]!.buffers[0]!.buffer)[1999]).toBe(1999);
    put(8, () => 1);
    vi.advanceTimersByTime(250);
    expect(page.takeData()[0]).toMatchObject({ content: { do: "changed" } });
  });

  it("gives the slice of a scan that rotates the sample", async () => {
    const [turns, width] = [60, 41];
    const inDisc = (i: number) => Math.hypot((i % width) - 26, Math.floor(i / width) - 18) < 6;
    const slice: Image = {
      data: Float32Array.from({ length: width * width }, (_, i) => (inDisc(i) ? 1 : 0)),
      shape: [width, width],
    };
    const angles = Float64Array.from({ length: turns }, (_, i) => 3 * i);
    const sums = projectSlice(slice, angles);
    const scan: Scan = {
      ...{
        title: "",
        shape: [turns, width] as const,
        unit: "2th_deg",
        radial: Float64Array.of(1, 2),
      },
      slow: { name: "rotation", positions: angles },
      fast: { name: "sx", positions: Float64Array.from({ length: width }, (_, i) => i) },
      intensity: Float32Array.from(
        { length: 2 * turns * width },
        (_, i) => 3 + (i % 2) * sums.data[i >> 1]!,
      ),
      pointer: Int32Array.from({ length: turns * width }, (_, i) => i),
      ...{ frames: turns * width, framesDone: turns * width, isRunning: false, failed: [] },
    };
    const view = new ScanMap(scan, { ranges: [[2, 2]], background: [1, 1] });
    page.take();
    await page.say(view.modelId, { method: "custom", content: { do: "slice" } });
    const [told] = page.take();
    const { words, arrays } = (told!.content.data as { content: SliceMessage }).content;
    expect(words).toMatch(/axis of rotation is at point (20|19\.9\d*|20\.0\d*)$/);
    const [rows, columns] = arrays[0]!.shape as [number, number];
    const { buffer, byteOffset } = told!.buffers[0]!;
    const found = new Float32Array(buffer.slice(byteOffset));
    const middle = found[18 * columns + 26]!;
    expect([rows, columns]).toEqual([width, width]);
    expect(middle).toBeGreaterThan(0.7);
    expect(Math.abs(found[30 * columns + 10]!)).toBeLessThan(0.15 * middle);
  });

  it("hears no more once it is closed", () => {
    const { scan, hearers } = liveScan();
    const view = new ScanMap(scan);
    expect(hearers.size).toBe(1);
    view.close();
    expect(hearers.size).toBe(0);
  });
});
