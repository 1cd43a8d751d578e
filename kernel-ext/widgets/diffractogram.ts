import type { Image } from "../../src/array.js";
import type {
  DiffractogramMessageToKernel,
  SectorRange,
  TrackedPeak,
} from "../../src/diffractogram-messages.js";
import type { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import { DiffractogramTool } from "../../src/stream/diffractogram/diffractogram-tool.js";
import type { PatternBuffer } from "../../src/stream/diffractogram/pattern-buffer.js";
import {
  parseToolConfiguration,
  type ToolConfiguration,
} from "../../src/stream/diffractogram/tool-configuration.js";
import type { ToolResults } from "../../src/stream/diffractogram/tool-results.js";
import { kernelSession } from "../protocol/session.js";
import { diffractogramFigure } from "../show/diffractogram-figure.js";
import { BeamMoves } from "./beam-moves.js";
import { ColorView } from "./color-view.js";
import { workFor } from "./diffractogram-answers.js";
import {
  checkedTraits,
  type DiffractogramOptions,
  diffractogramTraits,
  type FrameSource,
  firstTraits,
  givenSettings,
  SETTING_TRAITS,
  sameSettings,
  settingsOf,
  traitsOf,
} from "./diffractogram-options.js";
import { pageClass } from "./figure-view.js";
import type { LiveScene } from "./frame-answer.js";
import { FrameDesk } from "./frame-desk.js";
import { ImageMask } from "./image-mask.js";
import { LatestResults } from "./latest-results.js";
import { listedPeaks } from "./listed-peaks.js";
import { LiveFrames } from "./live-frames.js";
import { type PeakEvolutions, PeakTracks } from "./peak-tracks.js";
import { poniText } from "./poni-text.js";
import { referenceArrays, referenceNames } from "./reference-curves.js";
import { sameValue } from "./same-value.js";
import type { TraitTable } from "./trait-spec.js";
import type { PageClass, State } from "./widget.js";
import type { Observer, TraitName } from "./widget-types.js";

/** How long a cell waits for a first frame, so that its picture is not empty. */
const FIRST_MS = 500;

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
  /** CSS colours of the ranges, over and over again; none: colours that can be told apart. */
  declare colors: readonly string[];
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
  readonly #frames: LiveFrames;
  readonly #desk: FrameDesk;
  readonly #mask = new ImageMask();
  readonly #beam: BeamMoves;
  readonly #ends: (() => void)[] = [];
  readonly #latest: LatestResults;
  /** Whether someone listens to the results. */
  #isHeard = false;

  constructor(source: FrameSource, options: DiffractogramOptions = {}) {
    const { ai, configuration, collect = false, show = true } = options;
    const given = parseToolConfiguration(configuration ?? {}, "configuration");
    const tool = new DiffractogramTool({ ...(ai && { ai }), ...givenSettings(options) });
    super(firstTraits(options, tool), {});
    this.#tool = tool;
    this.#latest = new LatestResults(tool);
    this.#beam = new BeamMoves(tool);
    this.#frames = new LiveFrames(tool, this.#tracks, {
      onFrame: () => this.#desk.news(),
      onTrouble: (error) => this.#say(error),
      onEnd: () => {
        this.set({ isRunning: false, isEnded: true });
        this.#desk.news();
        this.#renew();
      },
      isGone: () => this.isClosed,
    });
    this.#desk = new FrameDesk(
      (revision) => this.#scene(revision),
      (message, buffers) => this.send(message as unknown as State, buffers),
    );
    if (collect) tool.collect();
    this.#followTool();
    this.#followTraits();
    this.#arrangeTracks();
    const end = kernelSession()?.onInterrupt(() => this.stop());
    if (end !== undefined) this.#ends.push(end);
    void this.#begin(source, show, given, options.stream);
  }

  /** The integrator of the moment, whose beam may have been moved; setting one takes that. */
  get ai(): AzimuthalIntegrator | undefined {
    return this.#tool.ai;
  }
  set ai(ai: AzimuthalIntegrator | undefined) {
    if (ai === undefined) throw this.traitError("ai", ai, "give an integrator");
    this.set({ moves: 0 });
    void this.#try(() => this.#beam.take(ai));
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
  get evolution(): PeakEvolutions {
    return this.#tracks.evolution;
  }

  /** Settles when the source has no more frames, or the view is closed. */
  get ended(): Promise<void> {
    return this.#frames.ended;
  }

  /** Integrates each frame that comes, from now on. */
  show(): void {
    if (this.#frames.isOver) return;
    if (!this.#tool.isReady) {
      this.#say(new Error("there is no calibration yet: give ai, or one in a configuration"));
      return;
    }
    void this.#try(() => this.#tool.show());
    this.#frames.start();
    this.set({ isRunning: true });
  }

  /** Leaves what is seen as it is. Sources wait, but for detectors that send: their frames pass by. */
  stop(): void {
    this.#frames.stop();
    this.#tool.stop();
    this.set({ isRunning: false });
    this.#renew();
  }

  /** Integrates one frame more while stopped: the next one, or of a detector that sends the newest. */
  next(): Promise<void> {
    return this.#frames.step();
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
    await this.#beam.moveTo(row, column);
    this.set({ moves: this.#beam.count });
  }

  /** Moves the beam back to where it was before. */
  async undoCenter(): Promise<void> {
    await this.#beam.undo();
    this.set({ moves: this.#beam.count });
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
    this.#isHeard ||= names === undefined || [names].flat().includes("results" as K);
    super.observe(callback, names);
  }

  /** Ends the watching, gives the source back, and removes the view. */
  override close(): void {
    this.#frames.close();
    this.#desk.close();
    for (const end of this.#ends.splice(0)) end();
    super.close();
  }

  override async mimeBundle(): Promise<Record<string, unknown>> {
    // Not for ever: a detector may begin tomorrow.
    await this.#frames.first(FIRST_MS);
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
      const given = next.configuration as string | object;
      next.configuration = parseToolConfiguration(given, "configuration");
    }
  }

  protected override handleMessage(
    content: Record<string, unknown>,
    buffers: readonly Uint8Array[],
  ): unknown {
    const message = content as unknown as DiffractogramMessageToKernel;
    if (message.do === "frame") return this.#desk.ask(message);
    const work = workFor(this, message);
    return work === undefined ? super.handleMessage(content, buffers) : this.#try(work);
  }

  async #begin(
    source: FrameSource,
    show: boolean,
    configuration: ToolConfiguration,
    stream: DiffractogramOptions["stream"],
  ): Promise<void> {
    try {
      await this.#configure(configuration);
      if (show && configuration.show_diff === undefined) this.show();
      await this.#frames.begin(source, stream);
    } catch (error) {
      this.#frames.end(error);
    }
  }

  #say(error: unknown): void {
    const trouble = error instanceof Error ? error.message : String(error ?? "");
    if (trouble !== this.trouble) this.set({ trouble });
  }

  /** What takes time, and may fail: that is said in the view. */
  async #try(work: () => void | Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#say(error);
    }
  }

  #followTool(): void {
    const tool = this.#tool;
    const end = tool.onChange((parts) => {
      const { ai } = tool;
      if (parts.includes("patterns")) this.#latest.note();
      if (parts.includes("patterns") && this.#isHeard) this.#tellResults();
      if (parts.includes("calibration")) this.set({ poni: ai ? poniText(ai) : null });
      if (parts.includes("references")) this.#showReferences();
      if (parts.includes("settings")) this.set({ configuration: tool.configuration });
      if (!this.#frames.isTaking) this.#desk.news();
    });
    this.#ends.push(end);
  }

  #followTraits(): void {
    const tool = this.#tool;
    const follow = (names: readonly string[], work: () => unknown): void =>
      this.observe(work, names as never);
    follow(SETTING_TRAITS, () => {
      const settings = settingsOf((name) => this.get(name));
      if (!sameSettings(settings, tool.settings)) void this.#try(() => tool.set(settings));
      this.#arrangeTracks();
    });
    follow(["collect"], () => {
      if (this.collect && !tool.isCollecting) tool.collect();
      else if (!this.collect && tool.isCollecting) tool.stopCollecting();
    });
    follow(["tracked"], () => {
      this.#arrangeTracks();
      this.#desk.news();
    });
    follow(["configuration"], () => {
      const given = this.configuration;
      if (!sameValue(given, tool.configuration)) void this.#try(() => this.#configure(given));
    });
  }

  /** Does what a configuration says; of running, the watch knows more than the tool. */
  async #configure({ next, ...configuration }: ToolConfiguration): Promise<void> {
    const tool = this.#tool;
    await tool.configure(configuration);
    const { settings, isCollecting: collect } = tool;
    this.set({ ...traitsOf(settings), collect, configuration: tool.configuration });
    if (configuration.show_diff === true) this.show();
    else if (configuration.show_diff === false || configuration.stop_diff) this.stop();
    if (next) await this.next();
  }

  #arrangeTracks(): void {
    this.tracked = this.#tracks.arrange(this.tracked, this.ranges, this.unit, this.#tool.ai);
  }

  #showReferences(): void {
    const { references } = this.#tool;
    const referenceUnit = references[0]?.unit ?? this.unit;
    this.set({ references: referenceNames(references), referenceUnit });
    this.setArrays(referenceArrays(references));
  }

  #tellResults(): void {
    this.set({ results: this.#latest.make() });
  }

  #scene(revision: number): LiveScene {
    const { image, ai, settings, patterns, buffers } = this.#tool;
    const { frame, status, imageRevision } = this.#frames;
    return {
      ...{ revision, imageRevision, frame, status, image, patterns, buffers },
      track: this.#tracks.rows,
      mask: image && this.#mask.of(image.shape, ai?.detector, settings.mask),
      peaks: () => this.#tool.peaks.map(listedPeaks),
    };
  }

  /** The picture for where no kernel is follows what is seen. */
  #renew(): void {
    if (this.#frames.frame !== null) void this.renewStill().catch(() => undefined);
  }
}
