import type { Image } from "../../src/array.js";
import { type Calibrant, calibrantNames } from "../../src/calibrant/calibrants.js";
import { latticeText } from "../../src/calibrate/calibrant-text.js";
import { calibrateOn } from "../../src/calibrate/calibrate.js";
import type { PointsFit } from "../../src/calibrate/fit-points.js";
import { type ImageCrests, imageCrests } from "../../src/calibrate/image-crests.js";
import type { CalibrateOptions, CalibrationStart, FixName } from "../../src/calibrate/options.js";
import { PARAMETERS } from "../../src/calibrate/parameters.js";
import { pickCrest, REACH } from "../../src/calibrate/pick-crest.js";
import { planeOf } from "../../src/calibrate/plane.js";
import { calibrationReport } from "../../src/calibrate/report.js";
import type { CalibrationResult } from "../../src/calibrate/result.js";
import { type CalibrationSetup, calibrationSetup } from "../../src/calibrate/setup.js";
import type {
  CalibrationMessageToKernel,
  CalibrationSummary,
  PickedTriple,
} from "../../src/calibration-messages.js";
import type { Detector } from "../../src/detector/detector.js";
import { CalibrationError, OptionError } from "../../src/errors.js";
import { formatPoni } from "../../src/geometry/format-poni.js";
import type { Geometry } from "../../src/geometry/geometry.js";
import { writeAtomic } from "../../src/host/write-atomic.js";
import { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import { load } from "../../src/integrate/load.js";
import type { Progress } from "../../src/integrate/options.js";
import { calibrationFigure } from "../show/calibration-figure.js";
import { answerOf } from "./calibration-answers.js";
import {
  arraysOf,
  type CalibrationOptions,
  fixOf,
  POLARIZATION,
  runOptions,
  setupOf,
} from "./calibration-options.js";
import { residualsOf, type Shown, smallCake } from "./calibration-overview.js";
import { fitTriples, withoutOutliers, withPoints } from "./calibration-points.js";
import {
  calibrantOf,
  firstGeometry,
  heldStart,
  type Spacing,
  spacingsOf,
  wholeStart,
} from "./calibration-start.js";
import { calibrationSummary } from "./calibration-summary.js";
import { calibrationTraits, GEOMETRY_TRAITS } from "./calibration-traits.js";
import { ColorView, colorState } from "./color-view.js";
import { pageClass } from "./figure-view.js";
import { poniText } from "./poni-text.js";
import type { TraitTable } from "./trait-spec.js";
import type { PageClass, State } from "./widget.js";

/**
 * The calibration of a detector on the image of a calibrant: by itself, from start values, or from
 * points that are picked on its rings; rings are seen on the image, on its cake, and what is left.
 *
 * @throws OptionError, ShapeError for options that `calibrate` refuses.
 * @example
 * ```ts
 * const calibration = new Calibration(image, {
 *   calibrant: "CeO2", wavelength: 1.2423e-11, detector: detector({ pixel1: 172e-6 }),
 * });
 * calibration                      // shown: sliders, rings, buttons
 * await calibration.run();         // what the button "calibrate" does
 * await calibration.save("CeO2.poni");
 * ```
 */
export class Calibration extends ColorView {
  static override readonly model: PageClass = pageClass("CalibrationModel");
  static override readonly view: PageClass = pageClass("Calibration");
  static override readonly traits: TraitTable = calibrationTraits;

  /** Metres; rotations in radians. What is shown, whatever it comes from. */
  declare dist: number;
  declare poni1: number;
  declare poni2: number;
  declare rot1: number;
  declare rot2: number;
  declare rot3: number;
  declare wavelength: number;
  /** Null: rings are not corrected for it. */
  declare polarizationFactor: number | null;
  /** What is held while fitting; the wavelength too, unless its name is missing. */
  declare fix: readonly FixName[];
  /** A name of `calibrantNames()`, or of the calibrant that was given. */
  declare calibrant: string;
  /** How many rings are used; null: all that can be told apart. */
  declare maxRings: number | null;
  /** Points that were picked: row, column, and the ring's number from 0. */
  declare points: readonly PickedTriple[];
  /** The ring that the next click is for, from 0. */
  declare ring: number;
  /** Why the last run was refused; null: it was not. */
  declare readonly failure: { readonly reason: string; readonly text: string } | null;
  declare file: string;
  declare reportFile: string;
  declare private summary: CalibrationSummary | null;
  declare private progress: string;
  declare private spacings: readonly Spacing[];
  declare private lattice: string;

  readonly #image: Image;
  readonly #own: Calibrant | undefined;
  readonly #given: CalibrateOptions;
  #detector: Detector;
  #mask: Image | undefined;
  #crests: ImageCrests | undefined;
  #result: CalibrationResult | undefined;
  #running: Promise<CalibrationResult> | undefined;

  constructor(image: Image, options: CalibrationOptions) {
    const { given, setup } = setupOf(image, options);
    const { title = "", width = 1100, height = 440, calibrant } = options;
    const polarizationFactor =
      options.polarizationFactor === undefined ? POLARIZATION : options.polarizationFactor;
    const geometry = firstGeometry(setup);
    const { detector } = setup;
    const name = setup.calibrant.name;
    super(
      {
        ...colorState({ scale: "sqrt", ...options }),
        ...{ title, width, height, polarizationFactor },
        ...geometry,
        wavelength: setup.wavelength,
        fix: fixOf(options),
        calibrant: name,
        maxRings: options.rings ?? null,
        calibrants: [...new Set([...calibrantNames(), name])],
        ...{ file: options.file, reportFile: options.reportFile },
        poni: poniText(new AzimuthalIntegrator({ ...geometry, detector })) ?? "",
        lattice: latticeText(setup.calibrant),
        spacings: spacingsOf(setup),
        description: `Calibration with ${name} on an image of ${image.shape.join(" × ")} pixels.`,
      },
      arraysOf(image, options.mask),
    );
    this.#image = image;
    this.#own = typeof calibrant === "string" ? undefined : calibrant;
    this.#given = given;
    this.#detector = detector;
    this.#mask = options.mask;
    this.observe(() => this.#showRings(), ["calibrant", "wavelength"] as never);
  }

  /** An integrator with the geometry that is shown; setting one moves the sliders to it. */
  get ai(): AzimuthalIntegrator {
    return new AzimuthalIntegrator({
      ...this.#geometry,
      detector: this.#detector,
      wavelength: this.wavelength,
    });
  }
  set ai(ai: AzimuthalIntegrator) {
    planeOf(ai.detector, this.#image.shape);
    this.#detector = ai.detector;
    this.#crests = undefined;
    this.set({
      ...Object.fromEntries(GEOMETRY_TRAITS.map((name) => [name, ai[name]])),
      ...(ai.wavelength === undefined ? {} : { wavelength: ai.wavelength }),
      poni: poniText(ai) ?? "",
    });
  }

  /** The last result; its `ai` is what is shown until something is moved. */
  get result(): CalibrationResult | undefined {
    return this.#result;
  }

  /** Pixels that do not count, non-zero = masked, in addition to the detector's gaps. */
  get mask(): Image | undefined {
    return this.#mask;
  }
  set mask(mask: Image | undefined) {
    this.#mask = mask;
    this.#crests = undefined;
    this.setArrays(arraysOf(this.#image, mask));
  }

  /**
   * Finds the geometry by itself: without start values, unless some were given or are held.
   *
   * @throws CalibrationError where no trustworthy geometry is found; the page says so too.
   */
  run(): Promise<CalibrationResult> {
    const plane = planeOf(this.#detector, this.#image.shape);
    const held = heldStart(this.#geometry, this.fix, plane);
    const start = Object.keys(held).length > 0 ? held : this.#given.start;
    return this.#calibrate({ ...start, rot3: this.rot3 });
  }

  /**
   * Refines the geometry that is shown.
   *
   * @throws CalibrationError as `run` does.
   */
  refine(): Promise<CalibrationResult> {
    return this.#calibrate(wholeStart(this.#geometry));
  }

  /**
   * Picks the crest at a place as points of a ring, by default the current one, which counts up.
   *
   * @param place (row, column) in pixels, 0 = first centre.
   * @param options.ring from 0; the innermost by default first.
   * @returns how many points there are on it.
   * @throws CalibrationError where no crest is near.
   */
  pick(
    place: readonly [row: number, column: number],
    options: { readonly ring?: number; readonly next?: boolean } = {},
  ): number {
    const { ring = this.ring, next = true } = options;
    const found = pickCrest(this.#findCrests().ridges, place, ring);
    if (found.length === 0) {
      const at = place.map((value) => value.toFixed(0)).join(", ");
      throw new CalibrationError(
        "no-rings",
        `points: no ring is within ${REACH} pixels of row, column ${at}; click on the crest of one`,
      );
    }
    this.set({ points: withPoints(this.points, found), ring: next ? ring + 1 : ring });
    return found.length;
  }

  /**
   * Moves the geometry so that the picked points lie on their rings; `refine` then improves it.
   *
   * @throws CalibrationError where they do not determine it; the message says what is missing.
   */
  fitPoints(): AzimuthalIntegrator {
    this.set(this.#fit().geometry as never);
    return this.ai;
  }

  /** Removes picked points that are far from their rings when the others lie on them; how many. */
  removeOutliers(): number {
    const left = withoutOutliers(this.points, this.#fit());
    const removed = this.points.length - left.length;
    this.points = left;
    return removed;
  }

  /** Writes what is shown as a PONI file that pyFAI and Dioptas read, whole or not at all. */
  async save(path: string = this.file): Promise<void> {
    if (this.#result !== undefined && this.#isResultShown) return this.#result.save(path);
    const comment = `Calibrant: ${this.lattice}\nAdjusted by hand`;
    await writeAtomic(path, formatPoni(this.ai.toPoni(), { comment }));
  }

  /** Shows the geometry of a PONI file, to refine it. */
  async load(path: string): Promise<void> {
    this.ai = await load(path);
  }

  /**
   * Writes the result as an HTML page with figures.
   *
   * @throws OptionError while there is none.
   */
  async report(path: string = this.reportFile): Promise<void> {
    if (this.#result === undefined) {
      throw new OptionError("report", path, "there is no result yet; calibrate or refine first");
    }
    const title = this.title || "Calibration";
    const mask = this.#mask;
    const options = { title, ...(mask === undefined ? {} : { mask }) };
    await writeAtomic(path, calibrationReport(this.#result, this.#image, options));
  }

  override get svg(): string {
    const { wavelength, title, width, scale, colormap, percentiles } = this;
    const angles = this.#setup().comb.twoTheta.slice(0, this.maxRings ?? undefined);
    return calibrationFigure(this.#image, this.ai, [...angles], {
      ...(title === "" ? {} : { title }),
      ...{ width, scale, colormap, percentiles },
      ...(this.#mask === undefined ? {} : { mask: this.#mask }),
      description: `${this.description} Rings at ${Number((wavelength * 1e10).toPrecision(6))} Å, ${this.dist.toFixed(5)} m away.`,
    }).svg;
  }

  protected override handleMessage(
    content: Record<string, unknown>,
    buffers: readonly Uint8Array[],
  ): unknown {
    const message = content as CalibrationMessageToKernel;
    if (message.do === "overview") return this.#overview();
    const answer = answerOf(this, message);
    return answer === undefined ? super.handleMessage(content, buffers) : this.#answer(answer);
  }

  get #geometry(): Geometry {
    const { dist, poni1, poni2, rot1, rot2, rot3 } = this;
    return { dist, poni1, poni2, rot1, rot2, rot3 };
  }

  get #isResultShown(): boolean {
    const ai = this.#result?.ai;
    return (
      ai !== undefined &&
      GEOMETRY_TRAITS.every((name) => ai[name] === this[name]) &&
      ai.wavelength === this.wavelength
    );
  }

  #options(start: CalibrationStart): CalibrateOptions {
    const calibrant = calibrantOf(this.calibrant, this.#own);
    const { correctSolidAngle } = this.#given;
    return runOptions(this, {
      ...{ start, calibrant, correctSolidAngle },
      ...{ detector: this.#detector, mask: this.#mask },
    });
  }

  #setup(): CalibrationSetup {
    return calibrationSetup(this.#image, this.#options(wholeStart(this.#geometry)));
  }

  #fit(): PointsFit {
    return fitTriples(this.points, this.#setup());
  }

  #findCrests(): ImageCrests {
    this.#crests ??= imageCrests(this.#image, this.#detector, this.#mask);
    return this.#crests;
  }

  #calibrate(start: CalibrationStart): Promise<CalibrationResult> {
    this.#running ??= this.#work(start).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #work(start: CalibrationStart): Promise<CalibrationResult> {
    this.set({ progress: "beginning", failure: null });
    try {
      const onProgress = ({ label }: Progress): void => {
        this.progress = label;
      };
      const options = { ...this.#options(start), onProgress };
      const result = await calibrateOn(this.#image, options, () => this.#findCrests());
      this.#result = result;
      this.set({
        ...Object.fromEntries(PARAMETERS.map((name) => [name, result.ai[name]])),
        rot3: result.ai.rot3,
        summary: calibrationSummary(result),
      });
      this.#tell(residualsOf(result, this.#image.shape));
      return result;
    } catch (error) {
      const reason = error instanceof CalibrationError ? error.reason : "failed";
      this.set({ failure: { reason, text: textOf(error) } });
      throw error;
    } finally {
      this.progress = "";
    }
  }

  async #overview(): Promise<void> {
    try {
      this.#tell(await smallCake(this.ai, this.#image, this.#mask));
      if (this.#result !== undefined) this.#tell(residualsOf(this.#result, this.#image.shape));
    } catch (error) {
      this.#say(textOf(error), true);
    }
  }

  #showRings(): void {
    try {
      const setup = this.#setup();
      this.set({ spacings: spacingsOf(setup), lattice: latticeText(setup.calibrant) });
    } catch (error) {
      this.#say(textOf(error), true);
    }
  }

  async #answer(work: () => string | Promise<string>): Promise<void> {
    try {
      const text = await work();
      if (text !== "") this.#say(text, false);
    } catch (error) {
      this.#say(textOf(error), true);
    }
  }

  #say(text: string, failed: boolean): void {
    this.#tell([{ do: "told", text, failed }]);
  }

  #tell([message, ...numbers]: Shown): void {
    this.send(message as unknown as State, numbers);
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
