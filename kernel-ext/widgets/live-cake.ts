import type { Image } from "../../src/array.js";
import { type Calibrant, calibrant } from "../../src/calibrant/calibrants.js";
import { ringsOn } from "../../src/calibrant/rings-on.js";
import { detectorData } from "../../src/detector/detector-data.js";
import { OptionError } from "../../src/errors.js";
import { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import type { IntegrateOptions } from "../../src/integrate/options.js";
import type { Integrate2dResult } from "../../src/integrate/result.js";
import { resolveSettings } from "../../src/integrate/settings.js";
import { packLive } from "../../src/live-arrays.js";
import { liveMask } from "../../src/mask/live-mask.js";
import type { Region } from "../../src/widget-messages.js";
import { cakeFigure } from "../show/cake-figure.js";
import { type ImageFigureOptions, imageFigure } from "../show/image-figure.js";
import { ColorView, colorState, colorTraits } from "./color-view.js";
import { pageClass } from "./figure-view.js";
import type { TraitTable } from "./trait-spec.js";
import type { PageClass } from "./widget.js";

/** Options of `integrate2d`, and how it looks. */
export interface LiveCakeOptions
  extends Omit<IntegrateOptions, "filename" | "signal" | "onProgress">,
    Omit<ImageFigureOptions, "ai" | "cakes"> {
  /** Radial bins. Default 1000. */
  readonly nptRad?: number;
  /** Azimuthal bins: cakes. Default 36. */
  readonly nptAzim?: number;
  /** Rings of a calibrant over the image, by its name or itself. */
  readonly rings?: string | Calibrant;
}

/** A line of a calibrant: its spacing in metres. */
interface Spacing {
  readonly label: string;
  readonly d: number;
}

const GEOMETRY = ["dist", "poni1", "poni2", "rot1", "rot2", "rot3"] as const;

/**
 * An image, its cake and its lineout side by side, which are integrated anew on the page, on the user's
 * own machine, while distance, centre, tilt, cakes or ranges are dragged.
 *
 * What was dragged is here when it rests: `ai` is the geometry of the moment.
 *
 * @throws OptionError, ShapeError for options that `integrate2d` refuses.
 * @example
 * ```ts
 * const live = new LiveCake(image, ai, { nptRad: 1000, nptAzim: 36, unit: "2th_deg", rings: "CeO2" });
 * live
 * const cake = await live.result();
 * await live.save("better.poni");
 * ```
 */
export class LiveCake extends ColorView {
  static override readonly model: PageClass = pageClass("LiveCakeModel");
  static override readonly view: PageClass = pageClass("LiveCake");
  static override readonly traits: TraitTable = {
    ...colorTraits,
    width: { type: "number", default: 1200 },
    height: { type: "number", default: 480 },
    dist: { type: "number", default: 1 },
    poni1: { type: "number", default: 0 },
    poni2: { type: "number", default: 0 },
    rot1: { type: "number", default: 0 },
    rot2: { type: "number", default: 0 },
    rot3: { type: "number", default: 0 },
    wavelength: { type: "number", nullable: true },
    npt_rad: { type: "integer", default: 1000 },
    npt_azim: { type: "integer", default: 36 },
    unit: { type: "string", default: "q_nm^-1" },
    radial_range: { type: "any", nullable: true },
    azimuth_range: { type: "any", nullable: true },
    polarization_factor: { type: "number", nullable: true },
    correct_solid_angle: { type: "boolean", default: true },
    mask_above: { type: "number", nullable: true },
    mask_regions: { type: "any", default: [] },
    method: { type: "any", default: {} },
    image_options: { type: "any", default: {} },
    detector: { type: "any", nullable: true },
    spacings: { type: "any", default: [] },
  };

  /** Metres; rotations in radians. */
  declare dist: number;
  declare poni1: number;
  declare poni2: number;
  declare rot1: number;
  declare rot2: number;
  declare rot3: number;
  declare wavelength: number | null;
  declare nptRad: number;
  declare nptAzim: number;
  declare unit: string;
  declare radialRange: readonly [low: number, high: number] | null;
  declare azimuthRange: readonly [low: number, high: number] | null;
  declare polarizationFactor: number | null;
  declare correctSolidAngle: boolean;
  /** Pixels above are masked, besides the mask that was given. */
  declare maskAbove: number | null;
  /** Parts of the image that are masked. */
  declare maskRegions: readonly Region[];

  readonly #image: Image;
  readonly #integrator: AzimuthalIntegrator;
  readonly #options: LiveCakeOptions;
  #cake: Integrate2dResult | undefined;

  constructor(image: Image, ai: AzimuthalIntegrator, options: LiveCakeOptions = {}) {
    const { title = "", width = 1200, height = 480, rings, nptRad = 1000, nptAzim = 36 } = options;
    const settings = resolveSettings(image.shape, nptRad, nptAzim, integration(options));
    const { unit, radialRange, azimuthRange, polarizationFactor, correctSolidAngle } = settings;
    const { mask, dark, flat, variance } = settings;
    const { arrays, fields } = packLive(
      {
        image,
        ...(mask === undefined ? {} : { mask }),
        ...(dark === undefined ? {} : { dark }),
        ...(flat === undefined ? {} : { flat }),
        ...(variance === undefined ? {} : { variance }),
      },
      detectorData(ai.detector, image.shape),
    );
    const { split, algorithm } = settings.method;
    super(
      {
        ...colorState(options),
        ...{ title, width, height, nptRad, nptAzim, correctSolidAngle },
        reduce: options.reduce,
        ...geometryOf(ai),
        unit: unit.name,
        radialRange: radialRange ?? null,
        azimuthRange: azimuthRange ?? null,
        polarizationFactor: polarizationFactor ?? null,
        method: { split, algorithm },
        imageOptions: imageOptions(options),
        detector: fields,
        spacings: rings === undefined ? [] : spacingsOf(rings, ai, image),
        description: `${title || "Live cake"}: an image of ${image.shape.join(" × ")} pixels, its cake of ${nptAzim} × ${nptRad} bins and its lineout.`,
      },
      arrays,
    );
    this.#image = image;
    this.#integrator = ai;
    this.#options = options;
  }

  /** An integrator with the geometry of the moment; setting one moves the detector on the page. */
  get ai(): AzimuthalIntegrator {
    const { dist, poni1, poni2, rot1, rot2, rot3 } = this;
    return new AzimuthalIntegrator({
      ...{ dist, poni1, poni2, rot1, rot2, rot3 },
      detector: this.#integrator.detector,
      wavelength: this.wavelength ?? undefined,
    });
  }
  set ai(ai: AzimuthalIntegrator) {
    this.set(geometryOf(ai));
  }

  /** The cake of the moment, integrated here: what the page shows when it rests. */
  async result(): Promise<Integrate2dResult> {
    const { unit, polarizationFactor, correctSolidAngle, radialRange, azimuthRange } = this;
    const hand = { above: this.maskAbove, regions: this.maskRegions };
    const mask = liveMask(this.#image, this.#options.mask, hand);
    this.#cake = await this.ai.integrate2d(this.#image, this.nptRad, this.nptAzim, {
      ...unchanging(this.#options),
      ...{ unit, polarizationFactor, correctSolidAngle },
      ...(radialRange === null ? {} : { radialRange }),
      ...(azimuthRange === null ? {} : { azimuthRange }),
      ...(mask === undefined ? {} : { mask }),
    });
    return this.#cake;
  }

  /** Writes the geometry of the moment as a PONI file, whole or not at all. */
  async save(path: string): Promise<void> {
    await this.ai.save(path);
  }

  override async mimeBundle(): Promise<Record<string, unknown>> {
    // A picture without a cake is better than none.
    await this.result().catch(() => undefined);
    return super.mimeBundle();
  }

  override get svg(): string {
    const { width, height, title } = this;
    const look = { ...this.#colors, width: Math.min(width, 640), title };
    if (this.#cake !== undefined) {
      return cakeFigure(this.#cake, { ...look, height: Math.min(height, 340) }).svg;
    }
    return imageFigure(this.#image, look).svg;
  }

  get #colors() {
    const { scale, colormap, percentiles } = this;
    return { scale, colormap, percentiles };
  }
}

/** The options that `integrate2d` takes. */
function integration(options: LiveCakeOptions): IntegrateOptions {
  const { nptRad, nptAzim, rings, title, width, height, ...others } = options;
  const { scale, colormap, limits, percentiles, reduce, ...rest } = others as typeof others &
    Record<string, unknown>;
  return rest;
}

/** Those of them that no one changes on the page. */
function unchanging(options: LiveCakeOptions): IntegrateOptions {
  const { mask, radialRange, azimuthRange, ...others } = integration(options);
  return others;
}

/** What the page needs to know of pixels that do not count, and of the monitor. */
function imageOptions({ dummy, deltaDummy, normalizationFactor, errorModel }: LiveCakeOptions) {
  return {
    ...(dummy === undefined ? {} : { dummy }),
    ...(deltaDummy === undefined ? {} : { deltaDummy }),
    ...(normalizationFactor === undefined ? {} : { normalizationFactor }),
    ...(errorModel === undefined ? {} : { errorModel }),
  };
}

function geometryOf(ai: AzimuthalIntegrator): Record<string, number | null> {
  const geometry = Object.fromEntries(GEOMETRY.map((name) => [name, ai[name]]));
  return { ...geometry, wavelength: ai.wavelength ?? null };
}

/** Spacings stay when distance and wavelength change. */
function spacingsOf(rings: string | Calibrant, ai: AzimuthalIntegrator, image: Image): Spacing[] {
  const { wavelength } = ai;
  if (wavelength === undefined) {
    throw new OptionError("rings", rings, "rings need the wavelength; set ai.wavelength in metres");
  }
  return ringsOn(typeof rings === "string" ? calibrant(rings) : rings, ai, image.shape).map(
    ({ label, twoTheta }) => ({ label, d: wavelength / (2 * Math.sin(twoTheta / 2)) }),
  );
}
