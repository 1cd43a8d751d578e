import type { Frame, Image } from "../../array.js";
import { type CakelabError, isCakelabError, OptionError } from "../../errors.js";
import type { AzimuthalIntegrator } from "../../integrate/azimuthal-integrator.js";
import { checkIsImage } from "../../integrate/check-image.js";
import { load } from "../../integrate/load.js";
import { reportNotice } from "../../notice.js";
import type { StreamFrame } from "../frame-stream.js";
import { configurationOf, otherKeysOf, settingsOf } from "./configuration-settings.js";
import type { DiffractogramPattern } from "./diffractogram-pattern.js";
import { type DiffractogramPeak, diffractogramPeaks } from "./diffractogram-peaks.js";
import {
  BUFFER_SETTINGS,
  changedSettings,
  DEFAULT_SETTINGS,
  type DiffractogramChanges,
  type DiffractogramSettings,
  IMAGE_SETTINGS,
  INTEGRATION_SETTINGS,
} from "./diffractogram-settings.js";
import { Listeners } from "./listeners.js";
import { moveBeam } from "./move-beam.js";
import type { PatternBuffer } from "./pattern-buffer.js";
import { appendPatterns, newBuffers } from "./pattern-buffers.js";
import { type Sector, sectorOf } from "./sector.js";
import { SectorIntegrator } from "./sector-integrator.js";
import { parseToolConfiguration, type ToolConfiguration } from "./tool-configuration.js";
import { type ToolResults, toolResults } from "./tool-results.js";

/** What a diffractogram tool begins with. */
export interface DiffractogramToolOptions extends DiffractogramChanges {
  readonly ai?: AzimuthalIntegrator;
  /** What results and configurations call the calibration: its path. */
  readonly calibration?: string;
}

/** What of a tool has changed. */
export type DiffractogramPart =
  | "settings"
  | "calibration"
  | "image"
  | "patterns"
  | "buffers"
  | "references"
  | "trouble";

/** An image that is given to a tool, and what may be said of it. */
export type ToolImage = Image & Partial<Pick<StreamFrame, "source" | "timestamp">>;

/**
 * Diffractograms of the images of a running experiment: LaVue's tool, without its windows. Whoever shows
 * it reads its properties and listens to `onChange`.
 *
 * While it is shown, each image is integrated over every range; while it collects, the profiles go into
 * buffers, too. A change of range, unit, mask, calibration or beam integrates the last image anew, and
 * one that gives the profiles another meaning empties the buffers.
 *
 * @example
 * const tool = new DiffractogramTool({ ai: await load("detector.poni"), unit: "2th_deg" });
 * tool.onResults((results) => show(results.diff_1));
 * await tool.show();
 * await tool.run(openStream("data"));
 */
export class DiffractogramTool {
  /** Diffractograms that were computed, and images of which none could be. */
  readonly counts: { computed: number; failed: number } = { computed: 0, failed: 0 };
  #settings: DiffractogramSettings;
  #ai: AzimuthalIntegrator | undefined;
  #calibration: string | undefined;
  #image: ToolImage | undefined;
  #timestamp: number | undefined;
  #isShown = false;
  #isCollecting = false;
  #patterns: readonly DiffractogramPattern[] = [];
  #peaks: readonly (readonly DiffractogramPeak[])[] | undefined;
  #references: readonly DiffractogramPattern[] = [];
  #buffers: readonly PatternBuffer[];
  #trouble: string | undefined;
  /** Keys of a configuration that are not ours. */
  #otherKeys: Readonly<Record<string, unknown>> = {};
  /** Raised by whatever changes a diffractogram. */
  #revision = 0;
  readonly #integrator = new SectorIntegrator();
  #queue: Promise<unknown> = Promise.resolve();
  #renewal: Promise<void> | undefined;
  readonly #listeners = new Listeners<readonly DiffractogramPart[]>();
  readonly #resultListeners = new Listeners<ToolResults>();

  /** @throws OptionError for an option that does not exist or cannot be. */
  constructor({ ai, calibration, ...settings }: DiffractogramToolOptions = {}) {
    this.#settings = changedSettings(DEFAULT_SETTINGS, settings);
    this.#ai = ai;
    this.#calibration = calibration;
    this.#buffers = newBuffers(this.#settings);
  }

  get settings(): DiffractogramSettings {
    return this.#settings;
  }

  get ai(): AzimuthalIntegrator | undefined {
    return this.#ai;
  }

  /** Path of the calibration. */
  get calibration(): string | undefined {
    return this.#calibration;
  }

  /** Whether there is a calibration; without one nothing can be shown. */
  get isReady(): boolean {
    return this.#ai !== undefined;
  }

  /** Whether each image is integrated. */
  get isShown(): boolean {
    return this.#isShown;
  }

  /** Whether diffractograms go into the buffers. */
  get isCollecting(): boolean {
    return this.#isCollecting;
  }

  /** The last one that came. */
  get image(): Image | undefined {
    return this.#image;
  }

  get imageName(): string {
    return this.#image?.source ?? "";
  }

  /** Seconds since 1970 of the image. */
  get timestamp(): number | undefined {
    return this.#timestamp;
  }

  /** What each range means, to be drawn on the image. */
  get sectors(): readonly Sector[] {
    return this.#settings.ranges.map((range, i) => sectorOf(range, `range ${i + 1}`));
  }

  /** A diffractogram for each range, of the last image that was integrated; none before. */
  get patterns(): readonly DiffractogramPattern[] {
    return this.#patterns;
  }

  /** The peaks of each pattern, the highest first; fitted when they are asked for. */
  get peaks(): readonly (readonly DiffractogramPeak[])[] {
    this.#peaks ??= this.#patterns.map((pattern) =>
      diffractogramPeaks(pattern, this.#settings.peakLimit),
    );
    return this.#peaks;
  }

  /** Patterns that were frozen, to be drawn behind the others. */
  get references(): readonly DiffractogramPattern[] {
    return this.#references;
  }

  /** One for each range. */
  get buffers(): readonly PatternBuffer[] {
    return this.#buffers;
  }

  /** Why the last image or change has no diffractogram; `undefined` when all is well. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  /** The state in LaVue's words; keys of a configuration that LaVue does not have are there again. */
  get configuration(): ToolConfiguration {
    return {
      ...this.#otherKeys,
      ...(this.#calibration !== undefined && { calibration: this.#calibration }),
      ...configurationOf(this.#settings),
      collect: this.#isCollecting,
      show_diff: this.#isShown,
    };
  }

  /**
   * Calls back after each change with what has changed, until the function that it returns is called.
   */
  onChange(callback: (parts: readonly DiffractogramPart[]) => void): () => void {
    return this.#listeners.add(callback);
  }

  /** Calls back with the results of each computation in LaVue's form, until what it returns is called. */
  onResults(callback: (results: ToolResults) => void): () => void {
    return this.#resultListeners.add(callback);
  }

  /**
   * Changes settings, and integrates the last image anew where they matter to it. A mask, dark or flat
   * that was changed in place is to be set again.
   *
   * @throws OptionError for a setting that does not exist or cannot be, and nothing is changed; what the
   * integration throws.
   */
  async set(changes: DiffractogramChanges): Promise<void> {
    const settings = changedSettings(this.#settings, changes);
    // The same image may have other pixels now.
    const hasImages = IMAGE_SETTINGS.some((name) => changes[name] !== undefined);
    if (this.#apply(settings) || hasImages) await this.#renew();
  }

  /**
   * Does what a configuration of LaVue's tool says: settings, then show or stop, next where there is an
   * image, reset, collect.
   *
   * @param json its text or its object.
   * @param path what messages call it.
   * @throws ConfigError, FileAccessError or FileFormatError for a calibration, OptionError.
   */
  async configure(json: string | ToolConfiguration, path?: string): Promise<void> {
    const configuration = parseToolConfiguration(json, path);
    const { calibration, show_diff, stop_diff, next, reset, collect } = configuration;
    const settings = changedSettings(this.#settings, settingsOf(configuration, this.#settings));
    const ai = calibration ? await load(calibration) : undefined;
    if (show_diff && ai === undefined) this.#neededAi();
    this.#otherKeys = { ...this.#otherKeys, ...otherKeysOf(configuration) };
    if (ai !== undefined) this.#calibrate(ai, calibration);
    if (this.#apply(settings) || ai !== undefined) await this.#renew();
    if (show_diff) await this.show();
    if (show_diff === false || stop_diff) this.stop();
    if (next && this.#image !== undefined) await this.next();
    if (reset) this.reset();
    if (collect !== undefined) this.#setCollecting(collect);
  }

  /**
   * Takes the calibration of a PONI file.
   *
   * @throws FileAccessError or FileFormatError, and the calibration stays.
   */
  async loadCalibration(path: string): Promise<void> {
    await this.setCalibration(await load(path), path);
  }

  /** Takes a calibration, also one that was changed in place; `path` is what results call it. */
  async setCalibration(ai: AzimuthalIntegrator, path?: string): Promise<void> {
    this.#calibrate(ai, path);
    await this.#renew();
  }

  /**
   * Moves the beam to a place in the image, in pixels from its top left corner: the detector is shifted
   * in its plane. The integrator that was given stays as it is.
   *
   * @throws OptionError where there is no image or no calibration yet, or the detector is not flat.
   */
  async moveCenter(x: number, y: number): Promise<void> {
    const { shape } = this.#neededImage();
    await this.setCalibration(moveBeam(this.#neededAi(), [x, y], shape), this.#calibration);
  }

  /**
   * Takes an image; while shown it is integrated, and while collecting the result is kept.
   *
   * @throws OptionError for what is no image; ShapeError and the like where it cannot be integrated.
   */
  async put(image: ToolImage): Promise<void> {
    checkIsImage("image", image);
    const timestamp = image.timestamp ?? Date.now() / 1000;
    await this.#inTurn(async () => {
      this.#image = image;
      this.#timestamp = timestamp;
      this.#tell("image");
      if (this.#isShown && this.#ai !== undefined) await this.#compute(true);
    });
  }

  /**
   * Takes the images of a series or a stream as they come. One that cannot be integrated is told to
   * `onTrouble`, or in a notice, and counted.
   *
   * @throws what the series throws; the signal's reason.
   */
  async run(
    images: AsyncIterable<Frame> | Iterable<ToolImage>,
    options: {
      readonly signal?: AbortSignal;
      readonly onTrouble?: (trouble: CakelabError) => void;
    } = {},
  ): Promise<void> {
    const { signal, onTrouble = (trouble) => reportNotice(trouble.message) } = options;
    for await (const image of images) {
      signal?.throwIfAborted();
      try {
        await this.put(image);
      } catch (error) {
        if (!isCakelabError(error)) throw error;
        onTrouble(error);
      }
    }
  }

  /**
   * From now on each image is integrated, and the last one at once.
   *
   * @throws OptionError without a calibration.
   */
  async show(): Promise<void> {
    this.#neededAi();
    if (this.#isShown) return;
    this.#isShown = true;
    this.#tell("settings");
    if (this.#image !== undefined) await this.#inTurn(() => this.#compute(false));
  }

  /** Images are no longer integrated. */
  stop(): void {
    this.#isShown = false;
    this.#tell("settings");
  }

  /**
   * Integrates the last image once more, also while stopped, and keeps the result while collecting.
   *
   * @throws OptionError without a calibration or an image.
   */
  async next(): Promise<void> {
    this.#neededAi();
    this.#neededImage();
    await this.#inTurn(() => this.#compute(true));
  }

  /** From now on diffractograms go into the buffers. */
  collect(): void {
    this.#setCollecting(true);
  }

  stopCollecting(): void {
    this.#setCollecting(false);
  }

  /** Empties the buffers. */
  reset(): void {
    for (const buffer of this.#buffers) buffer.reset();
    this.#tell("buffers");
  }

  /** Keeps the patterns of now as references, instead of those before. */
  freeze(): void {
    this.#references = this.#patterns;
    this.#tell("references");
  }

  /** Gives back the memory of its plans, which the next image would take again. */
  release(): void {
    this.#integrator.release();
  }

  clearReferences(): void {
    this.#references = [];
    this.#tell("references");
  }

  /** Whether the patterns are to be computed anew. */
  #apply(settings: DiffractogramSettings): boolean {
    const before = this.#settings;
    const isOther = (name: keyof DiffractogramSettings): boolean =>
      name === "ranges"
        ? JSON.stringify(before.ranges) !== JSON.stringify(settings.ranges)
        : before[name] !== settings[name];
    this.#settings = settings;
    if (isOther("peakLimit")) this.#peaks = undefined;
    if (BUFFER_SETTINGS.some(isOther)) {
      this.#buffers = newBuffers(settings, this.#buffers);
      this.#tell("settings", "buffers");
    } else {
      this.#tell("settings");
    }
    return INTEGRATION_SETTINGS.some(isOther);
  }

  #calibrate(ai: AzimuthalIntegrator, path: string | undefined): void {
    this.#ai = ai;
    this.#calibration = path;
    this.#revision++;
    this.#buffers = newBuffers(this.#settings, this.#buffers);
    this.#tell("calibration", "buffers");
  }

  #setCollecting(isCollecting: boolean): void {
    this.#isCollecting = isCollecting;
    this.#tell("settings");
  }

  /** Integrates the last image anew, once for all changes that are made before its turn comes. */
  async #renew(): Promise<void> {
    this.#revision++;
    if (this.#image === undefined || this.#ai === undefined) return;
    this.#renewal ??= this.#inTurn(() => {
      this.#renewal = undefined;
      return this.#compute(false);
    });
    await this.#renewal;
  }

  /** One thing after the other, so that images and buffers keep their order. */
  #inTurn<T>(job: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(job);
    this.#queue = result.catch(() => {});
    return result;
  }

  async #compute(mayCollect: boolean): Promise<void> {
    const revision = this.#revision;
    try {
      const [ai, image] = [this.#neededAi(), this.#neededImage()];
      const patterns = this.#integrator.integrate(image, ai, this.#settings, revision);
      this.#take(await patterns, undefined);
      // The patterns of then have another meaning than the buffers of now.
      if (revision !== this.#revision) return this.#compute(mayCollect);
      if (mayCollect && this.#isCollecting) {
        appendPatterns(this.#buffers, this.#patterns, this.#timestamp!);
        this.#tell("buffers");
      }
    } catch (error) {
      if (revision !== this.#revision) return this.#compute(mayCollect);
      this.counts.failed++;
      this.#take([], (error as Error).message);
      throw error;
    }
    this.counts.computed++;
    this.#tellResults();
  }

  #take(patterns: readonly DiffractogramPattern[], trouble: string | undefined): void {
    const hadTrouble = this.#trouble !== undefined;
    this.#patterns = patterns;
    this.#peaks = undefined;
    this.#trouble = trouble;
    if (hadTrouble || trouble !== undefined) this.#tell("patterns", "trouble");
    else this.#tell("patterns");
  }

  #tellResults(): void {
    if (this.#resultListeners.isEmpty) return;
    const results = toolResults({
      imageName: this.imageName,
      timestamp: this.#timestamp!,
      calibration: this.#calibration,
      unit: this.#settings.unit,
      patterns: this.#patterns,
      peaks: this.peaks,
    });
    this.#resultListeners.tell(results);
  }

  #tell(...parts: DiffractogramPart[]): void {
    this.#listeners.tell(parts);
  }

  #neededAi(): AzimuthalIntegrator {
    if (this.#ai !== undefined) return this.#ai;
    throw new OptionError("calibration", undefined, "there is none yet; load a PONI file");
  }

  #neededImage(): ToolImage {
    if (this.#image !== undefined) return this.#image;
    throw new OptionError("image", undefined, "none has come yet; put one in first");
  }
}
