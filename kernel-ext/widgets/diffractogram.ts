import type { Image } from "../../src/array.js";
import type {
  DiffractogramMessageToKernel,
  FrameName,
  FrameWish,
  ListedPeak,
  SectorRange,
  TrackedPeak,
} from "../../src/diffractogram-messages.js";
import type { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import { DiffractogramTool } from "../../src/stream/diffractogram/diffractogram-tool.js";
import type { PatternBuffer } from "../../src/stream/diffractogram/pattern-buffer.js";
import type { ToolConfiguration } from "../../src/stream/diffractogram/tool-configuration.js";
import { parseToolConfiguration } from "../../src/stream/diffractogram/tool-configuration.js";
import { type ToolResults, toolResults } from "../../src/stream/diffractogram/tool-results.js";
import { openStream } from "../../src/stream/open-stream.js";
import type { NumberArray, ViewArrays } from "../../src/widget-messages.js";
import { kernelSession } from "../protocol/session.js";
import { diffractogramFigure } from "../show/diffractogram-figure.js";
import { ColorView, colorState } from "./color-view.js";
import {
  checkedTraits,
  type DiffractogramOptions,
  diffractogramTraits,
  type FrameSource,
  givenSettings,
  SETTING_TRAITS,
  settingsOf,
  trackedOf,
  traitsOf,
} from "./diffractogram-options.js";
import { pageClass } from "./figure-view.js";
import { answerTo, hasNews, type LiveScene } from "./frame-answer.js";
import { FrameRate } from "./frame-rate.js";
import { FrameWatch, type WatchedFrame } from "./frame-watch.js";
import { ImageMask } from "./image-mask.js";
import { inUnit } from "./in-unit.js";
import { type PeakHistory, PeakTracks } from "./peak-tracks.js";
import { poniText } from "./poni-text.js";
import { sameValue } from "./same-value.js";
import type { TraitTable } from "./trait-spec.js";
import type { PageClass, State } from "./widget.js";
import type { Observer, TraitName } from "./widget-types.js";

/** How long a cell waits for a first frame, so that its picture is not empty. */
const FIRST_MS = 500;
/** Between two looks at the counts of a source. */
const LOOK_MS = 500;

/**
 * Live diffractograms of a running experiment: the newest image with its sectors, a profile for each of
 * them, their buffers in time, and peaks that are fitted in every frame.
 *
 * Frames are taken in the background: cells run meanwhile, until `stop()`, `close()` or an interrupt.
 *
 * @param source an address for `openStream` (a folder, files, `tcp://127.0.0.1:60439`), a stream, or
 * frames one after the other.
 * @throws OptionError, ConfigError for options that cannot be. What goes wrong later is said in the view.
 * @example
 * ```ts
 * new Diffractogram("tcp://127.0.0.1:60439", {
 *   ai, ranges: [[-10, 10, null, null], [80, 100, null, null]], unit: "2th_deg",
 *   stream: { shape: [2048, 2048] },
 * })
 * ```
 */
export class Diffractogram extends ColorView {
  static override readonly model: PageClass = pageClass("DiffractogramModel");
  static override readonly view: PageClass = pageClass("Diffractogram");
  static override readonly traits: TraitTable = diffractogramTraits;

  /** Sectors: azimuth from and to, 2θ from and to, degrees whatever the unit; null: open. */
  declare ranges: readonly SectorRange[];
  declare unit: string;
  /** Radial bins. */
  declare npt: number;
  declare correctSolidAngle: boolean;
  /** Whether the buffers in time are there. */
  declare buffering: boolean;
  /** The most rows of a buffer. */
  declare bufferSize: number;
  /** Whether diffractograms go into the buffers. */
  declare collect: boolean;
  /** 0: the image; otherwise a buffer, from 1. */
  declare mainPlot: number;
  /** The peaks that are fitted in each frame. */
  declare tracked: readonly TrackedPeak[];
  /** Whether frames are integrated as they come. */
  declare readonly isRunning: boolean;
  /** Whether there are no more frames. */
  declare readonly isEnded: boolean;
  /** What went wrong last; empty while all is well. */
  declare readonly trouble: string;
  /** The state in the words of LaVue's tool; setting one, or its text, does what it says. */
  declare configuration: ToolConfiguration;
  /** What LaVue's tool would tell of the last image; null before the first. */
  declare readonly results: ToolResults | null;

  readonly #tool: DiffractogramTool;
  readonly #tracks = new PeakTracks();
  readonly #rate = new FrameRate();
  readonly #before: AzimuthalIntegrator[] = [];
  readonly #ends: (() => void)[] = [];
  readonly #mask = new ImageMask();
  /** Settles when the source has no more frames, or the view is closed. */
  readonly ended: Promise<void>;
  #tellEnd: () => void = () => undefined;
  #watch: FrameWatch | undefined;
  #wantsToRun: boolean;
  readonly #steps: (() => void)[] = [];
  /** Functions to call when there is a first picture. */
  readonly #firsts: (() => void)[] = [];
  #wish: FrameWish | undefined;
  #revision = 0;
  #imageRevision = 0;
  #shown = 0;
  /** What was told of already: the sum of the counts, and the patterns that results are of. */
  readonly #told: { counts: number; patterns: unknown } = { counts: 0, patterns: undefined };
  /** Whether someone listens to the results. */
  #isHeard = false;
  /** What the patterns are of. */
  #integrated: { readonly imageName: string; readonly timestamp: number } | undefined;
  #frame: FrameName | undefined;
  #isTaking = false;
  #isOver = false;
  #trackedUnit = "";

  constructor(source: FrameSource, options: DiffractogramOptions = {}) {
    const { title = "", width = 1200, height = 400, ai, collect = false, show = true } = options;
    const { configuration, peaks = [] } = options;
    const given =
      configuration === undefined
        ? undefined
        : parseToolConfiguration(configuration, "configuration");
    const { mask: _mask, ...look } = options;
    const tool = new DiffractogramTool({ ...(ai && { ai }), ...givenSettings(options) });
    super(
      {
        ...colorState(look),
        ...{ title, width, height, collect, tracked: trackedOf(peaks) },
        ...traitsOf(tool.settings),
        configuration: tool.configuration,
        poni: ai === undefined ? null : poniText(ai),
        description: `${title || "Diffractograms"}: live image, ${tool.settings.ranges.length} sectors and their profiles.`,
      },
      {},
    );
    this.#tool = tool;
    this.#wantsToRun = show;
    this.ended = new Promise((resolve) => {
      this.#tellEnd = resolve;
    });
    if (collect) tool.collect();
    this.#followTool();
    this.#followTraits();
    this.#restartTracks();
    const interrupts = kernelSession()?.onInterrupt(() => this.stop());
    if (interrupts !== undefined) this.#ends.push(interrupts);
    const timer = setInterval(() => this.#look(), LOOK_MS);
    timer.unref();
    this.#ends.push(() => clearInterval(timer));
    void this.#begin(source, options, given);
  }

  /** The integrator of the moment, whose beam may have been moved; setting one takes that. */
  get ai(): AzimuthalIntegrator | undefined {
    return this.#tool.ai;
  }
  set ai(ai: AzimuthalIntegrator) {
    this.#before.length = 0;
    this.#do(() => this.#tool.setCalibration(ai));
  }

  /** The image of the moment. */
  get image(): Image | undefined {
    return this.#tool.image;
  }

  /** The diffractograms of the moment, one for each range. */
  get patterns(): DiffractogramTool["patterns"] {
    return this.#tool.patterns;
  }

  /** The diffractograms in time, a buffer for each range. */
  get buffers(): readonly PatternBuffer[] {
    return this.#tool.buffers;
  }

  /** What became of the peaks that are followed: seconds since 1970, and [peak][range] the values. */
  get evolution(): { timestamps: Float64Array; peaks: PeakHistory[][] } {
    const peaks = this.tracked.map((_, peak) =>
      this.ranges.map((_range, range) => this.#tracks.history(peak, range)),
    );
    return { timestamps: this.#tracks.timestamps, peaks };
  }

  /** Integrates each frame that comes, from now on. */
  show(): void {
    this.#wantsToRun = true;
    if (this.#isOver || !this.#tool.isReady) return;
    this.#do(() => this.#tool.show());
    this.#watch?.start();
    this.set({ isRunning: true });
  }

  /** Leaves what is seen as it is. Sources wait, but for detectors that send: their frames pass by. */
  stop(): void {
    this.#wantsToRun = false;
    this.#watch?.stop();
    this.#tool.stop();
    this.set({ isRunning: false });
    this.#renew();
  }

  /** Integrates one frame more while stopped: the next one, or of a detector that sends the newest. */
  async next(): Promise<void> {
    if (this.isRunning || this.#isOver || this.#watch === undefined) return;
    if (this.#watch.passesBy && this.#tool.image !== undefined) {
      await this.#take(undefined);
      return;
    }
    const taken = new Promise<void>((resolve) => this.#steps.push(resolve));
    this.#watch.step();
    await taken;
  }

  /** Empties the buffers. */
  reset(): void {
    this.#tool.reset();
  }

  /** Keeps the diffractograms of now as reference curves. */
  freeze(): void {
    this.#tool.freeze();
  }

  /** Removes the reference curves. */
  clear(): void {
    this.#tool.clearReferences();
  }

  /**
   * Moves the beam to a pixel, on whole numbers at centres, and integrates anew; the tilts stay.
   *
   * @throws OptionError before the first image, and for a detector that is not flat.
   */
  async moveCenter(row: number, column: number): Promise<void> {
    const before = this.#tool.ai;
    await this.#tool.moveCenter(column + 0.5, row + 0.5);
    if (before !== undefined) this.#before.push(before);
    this.set({ moves: this.#before.length });
  }

  /** Moves the beam back to where it was before. */
  async undoCenter(): Promise<void> {
    const ai = this.#before.pop();
    if (ai === undefined) return;
    await this.#tool.setCalibration(ai, this.#tool.calibration);
    this.set({ moves: this.#before.length });
  }

  /** Fits a peak in each frame from the next one on; `position` in the unit of the diffractograms. */
  track(position: number): void {
    const isKnown = this.tracked.some((peak) => peak.position === position);
    if (!isKnown) this.tracked = [...this.tracked, { position, d0: null }];
  }

  override get(name: string): unknown {
    if (name === "results") this.#tellResults();
    return super.get(name);
  }

  override observe<K extends TraitName<this>>(
    callback: Observer<this, K>,
    names?: K | readonly K[],
  ): void {
    const isOfResults = names === undefined || [names].flat().includes("results" as K);
    this.#isHeard ||= isOfResults;
    super.observe(callback, names);
  }

  /** Ends the watching, gives the source back, and removes the view. */
  override close(): void {
    this.#isOver = true;
    this.#watch?.close();
    this.#tool.stop();
    for (const end of this.#ends.splice(0)) end();
    for (const go of this.#steps.splice(0)) go();
    this.#tellEnd();
    super.close();
  }

  override async mimeBundle(): Promise<Record<string, unknown>> {
    // Not for ever: a detector may begin tomorrow.
    const patience = new Promise((resolve) => setTimeout(resolve, FIRST_MS));
    const first = new Promise((resolve) => this.#firsts.push(resolve as () => void));
    if (this.#shown === 0 && !this.#isOver) await Promise.race([first, patience]);
    return super.mimeBundle();
  }

  override get svg(): string {
    return diffractogramFigure(this.#tool, this.description, {
      ...this.look,
      plotHeight: Math.min(this.height, 320),
    });
  }

  protected override reconcile(next: State, changed: ReadonlySet<string>, first: boolean): void {
    checkedTraits(next);
    if (changed.has("configuration") && !first) {
      next.configuration = parseToolConfiguration(
        next.configuration as string | object,
        "configuration",
      );
    }
  }

  protected override handleMessage(
    content: Record<string, unknown>,
    buffers: readonly Uint8Array[],
  ): unknown {
    const message = content as DiffractogramMessageToKernel | { do: "arrays" | "still" };
    switch (message.do) {
      case "frame":
        this.#wish = message;
        return this.#answer();
      case "show":
        return this.show();
      case "stop":
        return this.stop();
      case "next":
        return void this.next();
      case "reset":
        return this.reset();
      case "freeze":
        return this.freeze();
      case "clear":
        return this.clear();
      case "center":
        return this.#do(() => this.moveCenter(message.row, message.column));
      case "undo center":
        return this.#do(() => this.undoCenter());
      case "track":
        return this.track(message.position);
      default:
        return super.handleMessage(content, buffers);
    }
  }

  async #begin(
    source: FrameSource,
    { stream = {} }: DiffractogramOptions,
    configuration: ToolConfiguration | undefined,
  ): Promise<void> {
    try {
      if (configuration !== undefined) await this.#configure(configuration);
      const isAddress = typeof source === "string" || isAddresses(source);
      const frames = isAddress
        ? await openStream(source, { onTrouble: (error) => this.#fail(error), ...stream })
        : source;
      if (this.#isOver) {
        await (frames as { close?: () => Promise<void> }).close?.();
        return;
      }
      this.#watch = new FrameWatch(frames, {
        take: (frame) => this.#take(frame),
        pass: (frame) => this.#pass(frame),
        end: (error) => this.#end(error),
      });
      if (this.#wantsToRun) this.show();
      if (!this.#tool.isReady) this.#fail(new Error("There is no calibration yet; give ai."));
    } catch (error) {
      this.#end(error);
    }
  }

  /** Peaks are found for results, which takes longer than all the rest: only where someone asks. */
  #tellResults(): void {
    const { patterns, peaks, calibration, settings } = this.#tool;
    const of = this.#integrated;
    if (of === undefined || patterns === this.#told.patterns) return;
    this.#told.patterns = patterns;
    const { unit } = settings;
    this.set({ results: toolResults({ ...of, calibration, unit, patterns, peaks }) });
  }

  /** Takes a frame; without one, what there is. */
  async #take(frame: WatchedFrame | undefined): Promise<void> {
    if (this.isClosed) return this.close();
    this.#isTaking = true;
    try {
      if (frame !== undefined) await this.#put(frame);
      if (!this.#tool.isShown) await this.#tool.next();
      this.#tracks.take(this.#frame?.timestamp ?? 0, this.#tool.patterns);
      if (this.trouble !== "") this.set({ trouble: "" });
    } catch (error) {
      this.#fail(error);
    }
    this.#isTaking = false;
    this.#shown++;
    this.#rate.count();
    this.#news();
    for (const go of this.#steps.splice(0)) go();
    for (const go of this.#firsts.splice(0)) go();
  }

  async #pass(frame: WatchedFrame): Promise<void> {
    if (this.isClosed) return this.close();
    await this.#put(frame).catch((error) => this.#fail(error));
  }

  async #put(frame: WatchedFrame): Promise<void> {
    const { index, number = index ?? this.#shown, source = `frame ${number}` } = frame;
    const { timestamp = Date.now() / 1000 } = frame;
    this.#frame = { name: source.replace(/^.*[\\/](?=[^\\/])/, ""), number, timestamp };
    this.#imageRevision++;
    await this.#tool.put({ ...frame, source, timestamp });
  }

  #end(error: unknown): void {
    this.#isOver = true;
    this.#tool.stop();
    this.set({ isRunning: false, isEnded: true });
    if (error !== undefined) this.#fail(error);
    for (const go of this.#steps.splice(0)) go();
    this.#news();
    this.#renew();
    this.#tellEnd();
  }

  #fail(error: unknown): void {
    this.set({ trouble: error instanceof Error ? error.message : String(error) });
  }

  /** What takes time, and may fail: that is said in the view. */
  async #do(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#fail(error);
    }
  }

  #followTool(): void {
    const tool = this.#tool;
    this.#ends.push(
      tool.onChange((parts) => {
        if (parts.includes("patterns")) {
          this.#integrated = { imageName: tool.imageName, timestamp: tool.timestamp ?? 0 };
          if (this.#isHeard) this.#tellResults();
        }
        if (parts.includes("calibration")) {
          this.set({ poni: tool.ai === undefined ? null : poniText(tool.ai) });
        }
        if (parts.includes("references")) this.#showReferences();
        if (parts.includes("settings")) this.set({ configuration: tool.configuration });
        if (!this.#isTaking) this.#news();
      }),
    );
  }

  #followTraits(): void {
    const tool = this.#tool;
    this.observe(() => {
      const settings = settingsOf(this.#wireSettings());
      const isOther = Object.entries(settings).some(
        ([name, value]) => !sameValue(value, tool.settings[name as keyof typeof tool.settings]),
      );
      const isElsewhere =
        !sameValue(settings.ranges, tool.settings.ranges) || settings.unit !== tool.settings.unit;
      if (isOther) void this.#do(() => tool.set(settings));
      if (isElsewhere) this.#restartTracks();
    }, SETTING_TRAITS as never);
    this.observe(
      () => {
        if (this.collect !== tool.isCollecting) {
          if (this.collect) tool.collect();
          else tool.stopCollecting();
        }
      },
      ["collect"] as never,
    );
    this.observe(
      () => {
        this.#tracks.follow(this.tracked);
        this.#news();
      },
      ["tracked"] as never,
    );
    this.observe(
      () => {
        const { configuration } = this;
        if (sameValue(configuration, tool.configuration)) return;
        void this.#do(() => this.#configure(configuration));
      },
      ["configuration"] as never,
    );
  }

  #wireSettings(): State {
    return {
      ...{ ranges: this.ranges, unit: this.unit, npt: this.npt, buffering: this.buffering },
      ...{ correct_solid_angle: this.correctSolidAngle, buffer_size: this.bufferSize },
      main_plot: this.mainPlot,
    };
  }

  /** Does what a configuration says; of running, the watch knows more than the tool. */
  async #configure({ next, ...configuration }: ToolConfiguration): Promise<void> {
    const tool = this.#tool;
    await tool.configure(configuration);
    this.set({ ...traitsOf(tool.settings), collect: tool.isCollecting });
    this.set({ configuration: tool.configuration });
    if (configuration.show_diff === true) this.show();
    else if (configuration.show_diff === false || configuration.stop_diff) this.stop();
    if (next) await this.next();
  }

  /** In another unit peaks are elsewhere; those of which no angle is known are followed no more. */
  #restartTracks(): void {
    const [from, to] = [this.#trackedUnit, this.unit];
    this.#trackedUnit = to;
    if (from !== "" && from !== to) {
      this.tracked = this.tracked.flatMap(({ position, d0 }) => {
        const moved = inUnit(position, from, to, this.#tool.ai);
        return Number.isFinite(moved) ? [{ position: moved, d0 }] : [];
      });
    }
    this.#tracks.begin(this.tracked, this.ranges.length);
  }

  #showReferences(): void {
    const { references } = this.#tool;
    const one = references.length === 1;
    this.set({
      references: references.map((_, i) => (one ? "frozen" : `frozen ${i + 1}`)),
      referenceUnit: references[0]?.unit ?? this.unit,
    });
    const list = (data: Float64Array): NumberArray => ({ data, shape: [data.length] });
    const arrays: [string, NumberArray][] = references.flatMap(({ radial, intensity }, i) => [
      [`x${i}`, list(radial)],
      [`y${i}`, list(intensity)],
    ]);
    this.setArrays(Object.fromEntries(arrays) as ViewArrays);
  }

  #news(): void {
    this.#revision++;
    this.#answer();
  }

  /** Counts change without frames, too: bad ones, and those that pass by. */
  #look(): void {
    const { received, dropped, bad } = this.#counts;
    const sum = received + dropped + bad + (this.#rate.perSecond > 0 ? 0.5 : 0);
    if (sum === this.#told.counts) return;
    this.#told.counts = sum;
    this.#news();
  }

  get #counts(): { received: number; dropped: number; bad: number } {
    return this.#watch?.counts ?? { received: 0, dropped: 0, bad: 0 };
  }

  /** Tells the page what is new, if it waits for that. */
  #answer(): void {
    const wish = this.#wish;
    if (wish === undefined || this.isClosed) return;
    const scene = this.#scene;
    if (!hasNews(wish, scene)) return;
    this.#wish = undefined;
    const { message, buffers } = answerTo(wish, scene);
    this.send(message as unknown as State, buffers);
  }

  get #scene(): LiveScene {
    const { image, ai, settings, patterns, buffers } = this.#tool;
    return {
      ...{ revision: this.#revision, imageRevision: this.#imageRevision },
      ...{ image, patterns, buffers, track: this.#tracks.rows },
      frame: this.#frame ?? null,
      status: { ...this.#counts, shown: this.#shown, rate: this.#rate.perSecond },
      mask: image && this.#mask.of(image.shape, ai?.detector, settings.mask),
      peaks: () => this.#listedPeaks,
    };
  }

  get #listedPeaks(): ListedPeak[][] {
    return this.#tool.peaks.map((peaks) =>
      peaks.map(({ position, value, width, sigma }) => ({
        position,
        value,
        width: finiteOr(width),
        sigma: finiteOr(sigma.position),
      })),
    );
  }

  /** The picture for where no kernel is follows what is seen. */
  #renew(): void {
    if (this.#shown > 0) void this.renewStill().catch(() => undefined);
  }
}

function finiteOr(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function isAddresses(source: FrameSource): source is readonly string[] {
  return Array.isArray(source) && source.every((one) => typeof one === "string");
}
