import type { Frame, Image } from "../../array.js";
import { isCakelabError, OptionError } from "../../errors.js";
import type { AzimuthalIntegrator } from "../../integrate/azimuthal-integrator.js";
import { checkIsImage } from "../../integrate/check-image.js";
import { load } from "../../integrate/load.js";
import { reportNotice } from "../../notice.js";
import { configurationOf, otherKeysOf, settingsOf } from "./configuration-settings.js";
import { CurrentPatterns } from "./current-patterns.js";
import type { DiffractogramPattern } from "./diffractogram-pattern.js";
import type { DiffractogramPeak } from "./diffractogram-peaks.js";
import {
  changedSettings,
  DEFAULT_SETTINGS,
  type DiffractogramChanges,
  type DiffractogramSettings,
  differences,
  IMAGE_SETTINGS,
} from "./diffractogram-settings.js";
import { Listeners } from "./listeners.js";
import { moveBeam } from "./move-beam.js";
import type { PatternBuffer } from "./pattern-buffer.js";
import { appendPatterns, newBuffers } from "./pattern-buffers.js";
import { type Sector, sectorOf } from "./sector.js";
import { parseToolConfiguration, type ToolConfiguration } from "./tool-configuration.js";
import type { DiffractogramPart, ToolImage, ToolRunOptions } from "./tool-parts.js";
import { type ToolResults, toolResults } from "./tool-results.js";

/** What a diffractogram tool begins with. */
export interface DiffractogramToolOptions extends DiffractogramChanges {
  readonly ai?: AzimuthalIntegrator;
  /** What results and configurations call the calibration: its path. */
  readonly calibration?: string;
}

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
  #settings: DiffractogramSettings;
  #ai: AzimuthalIntegrator | undefined;
  #calibration: string | undefined;
  #image: ToolImage | undefined;
  #timestamp: number | undefined;
  #isShown = false;
  #isCollecting = false;
  #references: readonly DiffractogramPattern[] = [];
  #buffers: readonly PatternBuffer[];
  /** Keys of a configuration that are not ours. */
  #otherKeys: Readonly<Record<string, unknown>> = {};
  readonly #current: CurrentPatterns;
  readonly #listeners = new Listeners<readonly DiffractogramPart[]>();
  readonly #resultListeners = new Listeners<ToolResults>();

  /** @throws OptionError for an option that does not exist or cannot be. */
  constructor({ ai, calibration, ...settings }: DiffractogramToolOptions = {}) {
    this.#settings = changedSettings(DEFAULT_SETTINGS, settings);
    this.#ai = ai;
    this.#calibration = calibration;
    this.#buffers = newBuffers(this.#settings);
    this.#current = new CurrentPatterns(
      () => ({ ai: this.#neededAi(), image: this.#neededImage(), settings: this.#settings }),
      (hasTrouble) => this.#tell("patterns", ...(hasTrouble ? (["trouble"] as const) : [])),
    );
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
    return this.#current.patterns;
  }

  /** The peaks of each pattern, the highest first; fitted when they are asked for. */
  get peaks(): readonly (readonly DiffractogramPeak[])[] {
    return this.#current.peaks(this.#settings.peakLimit);
  }

  /** Patterns that were frozen, to be drawn behind the others. */
  get references(): readonly DiffractogramPattern[] {
    return this.#references;
  }

  /** One for each range. */
  get buffers(): readonly PatternBuffer[] {
    return this.#buffers;
  }

  /** Diffractograms that were computed, and images of which none could be. */
  get counts(): { readonly computed: number; readonly failed: number } {
    return this.#current.counts;
  }

  /** Why the last image or change has no diffractogram; `undefined` when all is well. */
  get trouble(): string | undefined {
    return this.#current.trouble;
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

  /** Calls back after each change with what has changed, until what it returns is called. */
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
   * Does what a configuration of LaVue's tool says, its text or its object: settings, then show or stop,
   * next where there is an image, reset, collect.
   *
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
    await this.#current.inTurn(async () => {
      this.#image = image;
      this.#timestamp = timestamp;
      this.#tell("image");
      if (this.#isShown && this.#ai !== undefined) {
        await this.#current.compute(() => this.#collectAndTell());
      }
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
    options: ToolRunOptions = {},
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
    if (this.#image !== undefined) await this.#current.renew(() => this.#tellResults());
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
    await this.#current.inTurn(() => this.#current.compute(() => this.#collectAndTell()));
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
    this.#references = this.patterns;
    this.#tell("references");
  }

  /** Gives back the memory of its plans, which the next image would take again. */
  release(): void {
    this.#current.release();
  }

  clearReferences(): void {
    this.#references = [];
    this.#tell("references");
  }

  /** Whether the patterns are to be computed anew. */
  #apply(settings: DiffractogramSettings): boolean {
    const changed = differences(this.#settings, settings);
    this.#settings = settings;
    if (changed.peakLimit) this.#current.forgetPeaks();
    if (changed.buffers) this.#buffers = newBuffers(settings, this.#buffers);
    this.#tell("settings", ...(changed.buffers ? (["buffers"] as const) : []));
    return changed.patterns;
  }

  #calibrate(ai: AzimuthalIntegrator, path: string | undefined): void {
    this.#ai = ai;
    this.#calibration = path;
    this.#current.outdate();
    this.#buffers = newBuffers(this.#settings, this.#buffers);
    this.#tell("calibration", "buffers");
  }

  #setCollecting(isCollecting: boolean): void {
    this.#isCollecting = isCollecting;
    this.#tell("settings");
  }

  async #renew(): Promise<void> {
    this.#current.outdate();
    if (this.#image === undefined || this.#ai === undefined) return;
    await this.#current.renew(() => this.#tellResults());
  }

  #collectAndTell(): void {
    if (this.#isCollecting) {
      appendPatterns(this.#buffers, this.patterns, this.#timestamp!);
      this.#tell("buffers");
    }
    this.#tellResults();
  }

  #tellResults(): void {
    if (this.#resultListeners.isEmpty) return;
    const { imageName, calibration, patterns, peaks } = this;
    const of = { imageName, calibration, patterns, peaks, unit: this.#settings.unit };
    this.#resultListeners.tell(toolResults({ ...of, timestamp: this.#timestamp! }));
  }

  #tell(...parts: DiffractogramPart[]): void {
    this.#listeners.tell(parts);
  }

  #neededAi(): AzimuthalIntegrator {
    return needed(this.#ai, "calibration", "there is none yet; load a PONI file");
  }

  #neededImage(): ToolImage {
    return needed(this.#image, "image", "none has come yet; put one in first");
  }
}

function needed<Value>(value: Value | undefined, what: string, message: string): Value {
  if (value !== undefined) return value;
  throw new OptionError(what, value, message);
}
