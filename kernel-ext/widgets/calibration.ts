import type { Image } from "../../src/array.js";
import { type Calibrant, calibrantNames } from "../../src/calibrant/calibrants.js";
import { latticeText } from "../../src/calibrate/calibrant-text.js";
import { calibrate } from "../../src/calibrate/calibrate.js";
import { usableCounts } from "../../src/calibrate/counts.js";
import { fitPoints, outlyingPoints, type PointsFit } from "../../src/calibrate/fit-points.js";
import type { CalibrateOptions, CalibrationStart, FixName } from "../../src/calibrate/options.js";
import { PARAMETERS } from "../../src/calibrate/parameters.js";
import { pickCrest, REACH } from "../../src/calibrate/pick-crest.js";
import { planeOf } from "../../src/calibrate/plane.js";
import { calibrationReport } from "../../src/calibrate/report.js";
import type { CalibrationResult } from "../../src/calibrate/result.js";
import { findRidges, type Ridges } from "../../src/calibrate/ridges.js";
import { type CalibrationSetup, calibrationSetup } from "../../src/calibrate/setup.js";
import type {
  CalibrationMessageToKernel,
  CalibrationMessageToPage,
  CalibrationSummary,
  PickedTriple,
} from "../../src/calibration-messages.js";
import type { Detector } from "../../src/detector/detector.js";
import { CalibrationError, OptionError } from "../../src/errors.js";
import type { PaintOptions } from "../../src/figure/paint.js";
import { formatPoni } from "../../src/geometry/format-poni.js";
import type { Geometry } from "../../src/geometry/geometry.js";
import { writeAtomic } from "../../src/host/write-atomic.js";
import { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import { load } from "../../src/integrate/load.js";
import { calibrationFigure } from "../show/calibration-figure.js";
import type { FigureOptions } from "../show/figure.js";
import { residualsOf, type Shown, smallCake } from "./calibration-overview.js";
import {
  calibrantOf,
  firstGeometry,
  heldStart,
  type Spacing,
  spacingsOf,
  wholeStart,
} from "./calibration-start.js";
import { calibrationSummary } from "./calibration-summary.js";
import { ColorView, colorState, colorTraits } from "./color-view.js";
import { pageClass } from "./figure-view.js";
import { poniText } from "./poni-text.js";
import type { TraitTable } from "./trait-spec.js";
import type { PageClass, State } from "./widget.js";

/** Options of `calibrate`, and how it looks. */
export interface CalibrationOptions
  extends Omit<CalibrateOptions, "signal" | "onProgress">,
    FigureOptions,
    Omit<PaintOptions, "mask"> {
  /** The name under which the page's button saves. Default `calibration.poni`. */
  readonly file?: string;
  /** The name of the report. Default `calibration.html`. */
  readonly reportFile?: string;
}

const GEOMETRY = ["dist", "poni1", "poni2", "rot1", "rot2", "rot3"] as const;
/** Light of a synchrotron, as in Dioptas. */
const POLARIZATION = 0.99;

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
  static override readonly traits: TraitTable = {
    ...colorTraits,
    width: { type: "number", default: 1100 },
    height: { type: "number", default: 440 },
    ...Object.fromEntries(GEOMETRY.map((name) => [name, { type: "number", default: 0 }])),
    wavelength: { type: "number", default: 1e-10 },
    polarization_factor: { type: "number", nullable: true },
    fix: { type: "list", of: { type: "string" }, default: [] },
    calibrant: { type: "string", default: "" },
    max_rings: { type: "integer", nullable: true },
    points: { type: "any", default: [] },
    ring: { type: "integer", default: 0 },
    poni: { type: "string", default: "" },
    calibrants: { type: "list", of: { type: "string" }, default: [] },
    lattice: { type: "string", default: "" },
    spacings: { type: "any", default: [] },
    progress: { type: "string", default: "" },
    failure: { type: "any", nullable: true },
    summary: { type: "any", nullable: true },
    file: { type: "string", default: "calibration.poni" },
    report_file: { type: "string", default: "calibration.html" },
  };

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
  readonly #start: CalibrationStart | undefined;
  readonly #correctSolidAngle: boolean | undefined;
  #detector: Detector;
  #mask: Image | undefined;
  #ridges: Ridges | undefined;
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
    this.#start = given.start;
    this.#correctSolidAngle = given.correctSolidAngle;
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
    this.#ridges = undefined;
    this.set({
      ...Object.fromEntries(GEOMETRY.map((name) => [name, ai[name]])),
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
    this.#ridges = undefined;
    this.setArrays(arraysOf(this.#image, mask));
  }

  /**
   * Finds the geometry by itself: without start values, unless some were given or are held.
   *
   * @throws CalibrationError where no trustworthy geometry is found; the page says so too.
   */
  run(): Promise<CalibrationResult> {
    const held = heldStart(this.#geometry, this.fix, this.#plane);
    const start = Object.keys(held).length > 0 ? held : this.#start;
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
    this.#ridges ??= findRidges(
      usableCounts(this.#image, [this.#mask?.data, this.#detector.mask(this.#image.shape)]),
    );
    const found = pickCrest(this.#ridges, place, ring);
    if (found.length === 0) {
      const at = place.map((value) => value.toFixed(0)).join(", ");
      throw new CalibrationError(
        "no-rings",
        `points: no ring is within ${REACH} pixels of row, column ${at}; click on the crest of one`,
      );
    }
    const picked = found.map(({ row, column }): PickedTriple => [row, column, ring]);
    const others = this.points.filter((point) => !picked.some((one) => isSame(one, point)));
    this.set({ points: [...others, ...picked], ring: next ? ring + 1 : ring });
    return picked.length;
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
    const outlying = outlyingPoints(this.#fit().misfit);
    const left = this.points.filter((_, i) => !outlying[i]);
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
    switch (message.do) {
      case "run":
      case "refine":
        // What is refused is told by a trait, so that it is seen when the page is opened later, too.
        return this[message.do]().catch(() => undefined);
      case "fitPoints":
        return this.#answer(() => {
          this.fitPoints();
          return "fitted to the points; refine improves it";
        });
      case "removeOutliers":
        return this.#answer(() => `${this.removeOutliers()} outliers removed`);
      case "pick":
        return this.#answer(() => {
          const { ring } = this;
          const count = this.pick([message.row, message.column], { next: message.next });
          return `${count} points of ring ${ring + 1}`;
        });
      case "overview":
        return this.#overview();
      case "save":
        return this.#answer(async () => {
          await this.save(message.path);
          return `saved as ${message.path}`;
        });
      case "load":
        return this.#answer(async () => {
          await this.load(message.path);
          return `${message.path} is shown; refine improves it`;
        });
      case "report":
        return this.#answer(async () => {
          await this.report(message.path);
          return `report written as ${message.path}`;
        });
      default:
        return super.handleMessage(content, buffers);
    }
  }

  get #geometry(): Geometry {
    const { dist, poni1, poni2, rot1, rot2, rot3 } = this;
    return { dist, poni1, poni2, rot1, rot2, rot3 };
  }

  get #plane() {
    return planeOf(this.#detector, this.#image.shape);
  }

  get #isResultShown(): boolean {
    const ai = this.#result?.ai;
    return (
      ai !== undefined &&
      GEOMETRY.every((name) => ai[name] === this[name]) &&
      ai.wavelength === this.wavelength
    );
  }

  #options(start: CalibrationStart): CalibrateOptions {
    const { wavelength, polarizationFactor, maxRings } = this;
    const fix = this.fix.filter((name) => name !== "wavelength");
    return {
      ...{ wavelength, polarizationFactor, fix },
      calibrant: calibrantOf(this.calibrant, this.#own),
      detector: this.#detector,
      refineWavelength: !this.fix.includes("wavelength"),
      start,
      ...(maxRings === null ? {} : { rings: maxRings }),
      ...(this.#mask === undefined ? {} : { mask: this.#mask }),
      ...(this.#correctSolidAngle === undefined
        ? {}
        : { correctSolidAngle: this.#correctSolidAngle }),
    };
  }

  #setup(): CalibrationSetup {
    return calibrationSetup(this.#image, this.#options(wholeStart(this.#geometry)));
  }

  #fit(): PointsFit {
    const points = this.points.map(([row, column, ring]) => ({ row, column, ring }));
    return fitPoints(points, this.#setup());
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
      const result = await calibrate(this.#image, {
        ...this.#options(start),
        onProgress: ({ label }) => {
          this.progress = label;
        },
      });
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
      this.#say(await work(), false);
    } catch (error) {
      this.#say(textOf(error), true);
    }
  }

  #say(text: string, failed: boolean): void {
    const message: CalibrationMessageToPage = { do: "told", text, failed };
    this.send(message as unknown as State);
  }

  #tell([message, numbers]: Shown): void {
    this.send(message as unknown as State, [numbers]);
  }
}

/** The options of `calibrate` among a view's, checked. */
function setupOf(
  image: Image,
  options: CalibrationOptions,
): { readonly given: CalibrateOptions; readonly setup: CalibrationSetup } {
  const { title, width, height, file, reportFile, ...others } = options;
  const { scale, colormap, limits, percentiles, ...given } = others;
  return { given, setup: calibrationSetup(image, given) };
}

function fixOf({ fix = [], refineWavelength = false }: CalibrationOptions): FixName[] {
  const others = fix.filter((name) => name !== "wavelength");
  return refineWavelength ? others : [...others, "wavelength"];
}

function arraysOf(image: Image, mask: Image | undefined) {
  return mask === undefined ? { image } : { image, mask };
}

function isSame(a: PickedTriple, b: PickedTriple): boolean {
  return a[0] === b[0] && a[1] === b[1];
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
