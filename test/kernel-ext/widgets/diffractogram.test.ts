import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Displayed, setDisplaySink } from "../../../kernel-ext/display.js";
import { Diffractogram } from "../../../kernel-ext/widgets/index.js";
import type { FrameMessage, FrameWish } from "../../../src/diffractogram-messages.js";
import { type ArrayHeader, unpackArrays } from "../../../src/widget-messages.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { FakePage } from "./fake-page.js";
import { feeder, image, OPTIONS, SIDE } from "./frame-feeder.js";

describe("Diffractogram", () => {
  let page: FakePage;
  const views: Diffractogram[] = [];
  const make = (...of: ConstructorParameters<typeof Diffractogram>): Diffractogram => {
    const view = new Diffractogram(...of);
    views.push(view);
    return view;
  };
  beforeEach(() => {
    page = new FakePage();
  });
  afterEach(() => {
    for (const view of views.splice(0)) view.close();
    page.close();
  });

  const WISH: FrameWish = {
    ...{ do: "frame", have: -1, image: -1, factor: 1, rows: 1e9, buffer: null, peaks: true },
    heat: { generation: 0, count: 0 },
    track: { generation: 0, count: 0 },
  };
  const wish = (view: Diffractogram, more: Partial<FrameWish> = {}) =>
    page.say(view.modelId, { method: "custom", content: { ...WISH, ...more } });
  /** What the page was sent since it was asked last. */
  const frames = () =>
    page.take().flatMap(({ content, buffers }) => {
      const data = content.data as { method: string; content: FrameMessage };
      if (data.method !== "custom" || data.content.do !== "frame") return [];
      const headers = data.content.arrays as ArrayHeader[];
      return [{ ...data.content, arrays: unpackArrays(headers, buffers) }];
    });
  const until = (isSo: () => boolean) =>
    expect.poll(isSo, { interval: 2, timeout: 5000 }).toBe(true);
  const shown = async (view: Diffractogram) => {
    await wish(view);
    return frames().at(-1)?.status.shown ?? -1;
  };
  const soon = (view: Diffractogram, count: number) =>
    expect.poll(() => shown(view), { interval: 5 }).toBe(count);

  it("integrates each frame that comes, and sends the newest when the page asks", async () => {
    const { source, put } = feeder();
    const view = make(source, OPTIONS);
    await until(() => view.isRunning);
    await wish(view);
    const [empty] = frames();
    expect(empty).toMatchObject({ frame: null, shape: [0, 0], peaks: [] });
    await wish(view, { have: empty!.revision, track: empty!.track });
    put(3);
    await until(() => view.results?.imagename === "data/frame_2.tif");
    // One question has one answer, whatever has come meanwhile.
    const [first, ...others] = frames();
    expect(others).toEqual([]);
    expect(first!.frame!.name).toBe("frame_0.tif");
    expect(first!.arrays.image!.shape).toEqual([SIDE, SIDE]);
    await wish(view, { have: first!.revision, image: first!.image });
    const [newest] = frames();
    expect(newest!.frame).toEqual({ name: "frame_2.tif", number: 102, timestamp: 1002 });
    expect(newest!.status).toMatchObject({ received: 3, shown: 3, dropped: 0, bad: 0 });
    const { x0, y0, y1 } = newest!.arrays;
    expect([x0!.shape, y0!.shape, y1!.shape]).toEqual([[80], [80], [80]]);
    expect(y0!.data[40]).toBeCloseTo(view.patterns[0]!.intensity[40]!, 3);
    expect(newest!.peaks![0]!.length).toBeGreaterThan(2);
    // What is there already is not sent again.
    await wish(view, { have: newest!.revision, image: newest!.image, track: newest!.track });
    expect(frames()).toEqual([]);
  });

  it("sends as many pixels as the page can show, and all of them when it wants them", async () => {
    const { source, put } = feeder();
    const view = make(source, OPTIONS);
    put(1);
    await soon(view, 1);
    await wish(view, { rows: 30 });
    const [small] = frames();
    expect([small!.factor, small!.arrays.image!.shape]).toEqual([3, [32, 32]]);
    const mean = [0, 1, 2, SIDE, SIDE + 1, SIDE + 2, 2 * SIDE, 2 * SIDE + 1, 2 * SIDE + 2];
    const expected = mean.reduce((sum, i) => sum + image.data[i]!, 0) / 9;
    expect(small!.arrays.image!.data[0]).toBeCloseTo(expected, 4);
    const has = { have: small!.revision, image: small!.image, factor: 3, track: small!.track };
    await wish(view, { ...has, rows: 30 });
    expect(frames()).toEqual([]);
    await wish(view, has);
    expect(frames()[0]!.arrays.image!.shape).toEqual([SIDE, SIDE]);
  });

  it("stops, steps and shows; a source that can wait waits", async () => {
    const { source, put, waiting } = feeder();
    const view = make(source, { ...OPTIONS, show: false });
    put(5);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(await shown(view)).toBe(0);
    await view.next();
    expect(await shown(view)).toBe(1);
    expect(view.results!.imagename).toBe("data/frame_0.tif");
    await view.next();
    expect(view.results!.imagename).toBe("data/frame_1.tif");
    expect(waiting.length).toBeGreaterThanOrEqual(2);
    view.show();
    await soon(view, 5);
    view.stop();
    expect(view.isRunning).toBe(false);
    put(1);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(await shown(view)).toBe(5);
  });

  it("lets the frames of a detector that sends pass by while it is stopped", async () => {
    const { source, put, waiting } = feeder("tcp://127.0.0.1:1");
    const view = make(source, { ...OPTIONS, show: false });
    put(4);
    await until(() => waiting.length === 0 && view.image !== undefined);
    await new Promise((resolve) => setTimeout(resolve, 30));
    await wish(view);
    expect(frames()[0]!.status).toMatchObject({ received: 4, shown: 0, dropped: 6, bad: 1 });
    await view.next();
    expect(view.results!.imagename).toBe("data/frame_3.tif");
  });

  it("keeps the diffractograms in buffers, which the page follows row by row", async () => {
    const { source, put } = feeder();
    const view = make(source, { ...OPTIONS, collect: true, bufferSize: 3 });
    expect(view.buffering).toBe(true);
    put(2);
    await soon(view, 2);
    await wish(view, { buffer: 1, rows: 0 });
    const [all] = frames();
    expect(all!.arrays.image).toBeUndefined();
    expect(all!.heat).toMatchObject({ buffer: 1, first: 0, kept: 0, count: 2, columns: 80 });
    expect([...all!.arrays.times!.data]).toEqual([1000, 1001]);
    put(2);
    await until(() => view.buffers[1]!.appended === 4);
    await soon(view, 4);
    await wish(view, { buffer: 1, heat: all!.heat! });
    const [more] = frames();
    expect(more!.heat).toMatchObject({ first: 2, kept: 1, count: 4 });
    expect(more!.arrays.heat!.data.length).toBe(2 * 80);
    view.reset();
    await wish(view, { buffer: 1, heat: more!.heat! });
    expect(frames()[0]!.heat).toMatchObject({ first: 0, count: 0 });
  });

  it("integrates what is there anew when a setting changes, here or on the page", async () => {
    const { source, put } = feeder();
    const view = make(source, OPTIONS);
    put(1);
    await soon(view, 1);
    view.npt = 50;
    await until(() => view.patterns[0]?.radial.length === 50);
    await page.say(view.modelId, {
      method: "update",
      state: { unit: "q_A^-1", ranges: [[0, 90, null, null]] },
    });
    await until(() => view.patterns.length === 1 && view.patterns[0]!.unit === "q_A^-1");
    expect(view.configuration.diff_units).toBe("q [1/A]");
    page.take();
    expect(() => {
      view.ranges = [[0, 0, 1, 1]];
    }).toThrow(/no sector/);
    expect(() => {
      view.unit = "furlong";
    }).toThrow(/unit/);
    expect(view.ranges).toEqual([[0, 90, null, null]]);
  });

  it("does what LaVue's configuration says, and writes one", async () => {
    const folder = await temporaryFolder();
    const poni = join(folder, "a.poni");
    await OPTIONS.ai!.save(poni);
    const { source, put } = feeder();
    const view = make(source, {
      configuration: JSON.stringify({
        ...{ calibration: poni, diff_number: 2, diff_ranges: [[0, 90, 2, 18]] },
        ...{ diff_units: "2th [deg]", buffering: true, buffer_size: 7, collect: true },
        show_diff: true,
      }),
    });
    put(2);
    await soon(view, 2);
    expect(view.ranges).toEqual([
      [0, 90, 2, 18],
      [null, null, null, null],
    ]);
    expect([view.buffering, view.bufferSize, view.buffers[0]!.length]).toEqual([true, 7, 2]);
    expect(view.results).toMatchObject({ nrdiffs: 2, calibration: poni, unit: "2th_deg" });
    view.configuration = { main_plot: "buffer 2", show_diff: false };
    await until(() => view.mainPlot === 2 && !view.isRunning);
    expect(view.configuration).toMatchObject({ calibration: poni, main_plot: "buffer 2" });
    expect(() => {
      view.configuration = { main_plot: "attic" };
    }).toThrow(/main_plot/);
  });

  it("follows peaks from the next frame on, in every range", async () => {
    const { source, put } = feeder();
    const view = make(source, { ...OPTIONS, npt: 300 });
    put(1);
    await soon(view, 1);
    const [strongest] = [...view.results!.peaks_1![0]];
    await page.say(view.modelId, {
      method: "custom",
      content: { do: "track", position: strongest! + 0.05 },
    });
    put(2);
    await soon(view, 3);
    const { timestamps, peaks } = view.evolution;
    expect([...timestamps]).toEqual([1001, 1002]);
    for (const [range, history] of peaks[0]!.entries()) {
      const away = view.results![`peaks_${range + 1}`]![0].map((one) =>
        Math.abs(one - history.position[1]!),
      );
      expect(Math.min(...away)).toBeLessThan(0.05);
      expect(history.positionSigma[1]).toBeGreaterThan(0);
      expect(history.fwhm[1]).toBeGreaterThan(0.1);
    }
    // What is known of one stays when another is put beside it.
    view.track(view.results!.peaks_1![0][1]!);
    put(1);
    await soon(view, 4);
    expect([...view.evolution.timestamps]).toEqual([1001, 1002, 1003]);
    expect(view.evolution.peaks[1]![0]!.position[0]).toBeNaN();
    expect(view.evolution.peaks[1]![0]!.position[2]).toBeGreaterThan(0);
    view.tracked = view.tracked.slice(1);
    expect(view.evolution.peaks).toHaveLength(1);
    expect(view.evolution.peaks[0]![0]!.position[2]).toBeGreaterThan(0);
    expect(() => {
      view.tracked = [{ position: Number.NaN, d0: null }];
    }).toThrow(/tracked/);
  });

  it("moves the beam, and back", async () => {
    const { source, put } = feeder();
    const view = make(source, OPTIONS);
    put(1);
    await soon(view, 1);
    const before = [...view.patterns[0]!.intensity];
    await view.moveCenter(50, 40);
    const { centerX, centerY } = view.ai!.getFit2d();
    expect([centerX, centerY]).toEqual([expect.closeTo(40.5, 6), expect.closeTo(50.5, 6)]);
    expect([...view.patterns[0]!.intensity]).not.toEqual(before);
    await view.undoCenter();
    expect([...view.patterns[0]!.intensity]).toEqual(before);
  });

  it("keeps reference curves", async () => {
    const { source, put } = feeder();
    const view = make(source, OPTIONS);
    put(1);
    await soon(view, 1);
    const frozen = view.patterns[1]!.intensity[20]!;
    view.freeze();
    put(1, 3);
    await soon(view, 2);
    page.take();
    await page.say(view.modelId, { method: "custom", content: { do: "arrays" } });
    const [sent] = page.take();
    const { arrays } = (sent!.content.data as { content: { arrays: ArrayHeader[] } }).content;
    const told = unpackArrays(arrays, sent!.buffers);
    expect(told.y1!.data[20]).toBe(frozen);
    expect(view.patterns[1]!.intensity[20]).toBeCloseTo(3 * frozen, 6);
    view.clear();
    expect(view.get("references")).toEqual([]);
  });

  it("says what is wrong, and goes on", async () => {
    const { source, put, end } = feeder();
    const view = make(
      (async function* () {
        yield { data: new Uint16Array(4), shape: [2, 2] as [number, number] };
        yield* source;
      })(),
      OPTIONS,
    );
    await until(() => view.trouble !== "");
    expect(view.trouble).toMatch(/2 × 2|shape/);
    put(1);
    await until(() => view.trouble === "");
    end(new Error("the cable is out"));
    await view.ended;
    expect([view.isEnded, view.isRunning, view.trouble]).toEqual([true, false, "the cable is out"]);
  });

  it("opens addresses, and says when there is nothing", async () => {
    const folder = await temporaryFolder();
    const npy = join(folder, "a.npy");
    const header = "{'descr': '<u2', 'fortran_order': False, 'shape': (96, 96), }";
    const padded = header.padEnd(117, " ");
    writeFileSync(
      npy,
      Buffer.concat([
        Buffer.from([0x93, ...Buffer.from("NUMPY"), 1, 0, 118, 0]),
        Buffer.from(`${padded}\n`),
        Buffer.from(Uint16Array.from(image.data).buffer),
      ]),
    );
    const view = make(npy, OPTIONS);
    await view.ended;
    expect([view.trouble, view.results?.imagename]).toEqual(["", npy]);
    const none = make(join(folder, "nothing-*.tif"), OPTIONS);
    await none.ended;
    expect(none.trouble).toContain("nothing-*.tif");
  });

  it("ends with its closing, an interrupt, and a page that closes it", async () => {
    const one = feeder("tcp://127.0.0.1:1");
    const view = make(one.source, OPTIONS);
    await until(() => view.isRunning);
    for (const interrupt of page.interrupts) interrupt();
    expect(view.isRunning).toBe(false);
    view.close();
    expect([one.isOver(), page.interrupts.size]).toEqual([true, 0]);
    await view.ended;
    const two = feeder("tcp://127.0.0.1:1");
    const other = make(two.source, OPTIONS);
    await until(() => other.isRunning);
    await page.send("comm_close", { comm_id: other.modelId, data: {} });
    two.put(1);
    await until(two.isOver);
  });

  it("shows itself as a picture of what there is", async () => {
    const { source, put, end } = feeder();
    const view = make(source, { ...OPTIONS, title: "Tensile <test>" });
    expect(view.svg).toContain("no frame has come yet");
    put(1);
    const bundle = await view.mimeBundle();
    expect(view.svg).toContain("range 2");
    expect(view.svg).not.toContain("<test>");
    expect(JSON.stringify(Object.keys(bundle))).toContain("widget-view");
    const displayed: Displayed[] = [];
    setDisplaySink((one) => {
      displayed.push(one);
      return undefined;
    });
    end();
    await view.ended;
    await until(() => displayed.length > 0);
    setDisplaySink(undefined);
    expect(displayed[0]!.update).toBe(true);
    expect(Object.keys(await displayed[0]!.bundle)).toContain("image/png");
  });
});
