import type { Image } from "../../src/array.js";
import { type Calibrant, calibrant } from "../../src/calibrant/calibrants.js";
import { ringsOn } from "../../src/calibrant/rings-on.js";
import { OptionError, ShapeError } from "../../src/errors.js";
import type { SectorLayout } from "../../src/figure/compass.js";
import { pictureWidth } from "../../src/figure/picture.js";
import type { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import type { Region, Ring, ViewArrays } from "../../src/widget-messages.js";
import {
  describeImage,
  type ImageFigureOptions,
  imageFigure,
  layoutOf,
} from "../show/image-figure.js";
import { ColorView, colorState, colorTraits } from "./color-view.js";
import { pageClass } from "./figure-view.js";
import { poniText } from "./poni-text.js";
import type { TraitTable } from "./trait-spec.js";
import type { PageClass } from "./widget.js";

export interface ImageViewOptions extends ImageFigureOptions {
  /** Rings of a calibrant, by its name or itself. Needs `ai` with a wavelength. */
  readonly rings?: string | Calibrant;
  /** Parts of the image to draw; the user changes them. */
  readonly regions?: readonly Region[];
}

/**
 * A detector image as it lies in its file, row 0 at the top: zoom, values under the cursor, levels,
 * rings, cakes and regions.
 *
 * @throws OptionError for rings without a geometry or wavelength.
 * @example
 * ```ts
 * new ImageView(await readImage("frame.tif"), { ai, cakes: { cakes: 36 }, scale: "log" })
 * ```
 */
export class ImageView extends ColorView {
  static override readonly model: PageClass = pageClass("ImageViewModel");
  static override readonly view: PageClass = pageClass("ImageView");
  static override readonly traits: TraitTable = {
    ...colorTraits,
    poni: { type: "string", nullable: true },
    rings: { type: "any", default: [] },
    sectors: { type: "any", nullable: true },
    regions: { type: "any", default: [] },
    picked: { type: "any", nullable: true },
  };

  /** Drawn over the image. */
  declare rings: readonly Ring[];
  declare sectors: SectorLayout | null;
  /** What was drawn, here or on the page. */
  declare regions: readonly Region[];
  /** The pixel that was clicked last, on whole numbers at centres. */
  declare picked: readonly [row: number, column: number] | null;

  readonly #options: ImageFigureOptions;
  #image: Image;

  constructor(image: Image, options: ImageViewOptions = {}) {
    const { ai, cakes, rings, regions = [], mask, title = "", width = 640 } = options;
    const [rows, columns] = image.shape;
    const height = options.height ?? Math.round((pictureWidth(width) * rows) / columns);
    super(
      {
        ...colorState(options),
        ...{ title, width, height, regions },
        reduce: options.reduce,
        poni: ai === undefined ? null : poniText(ai),
        rings: rings === undefined ? [] : ringsOf(rings, ai, image),
        sectors: cakes === undefined ? null : layoutOf(cakes),
        description: describeImage(image, options),
      },
      arraysOf(image, mask),
    );
    this.#image = image;
    this.#options = options;
  }

  /**
   * The image; setting another one of the same shape shows it.
   *
   * @throws ShapeError for one of another shape: mask, rings and regions are of the first.
   */
  get image(): Image {
    return this.#image;
  }
  set image(image: Image) {
    const { shape } = this.#image;
    if (image.shape[0] !== shape[0] || image.shape[1] !== shape[1]) {
      throw new ShapeError("image", shape, image.shape, "make another ImageView for it");
    }
    this.#image = image;
    this.description = describeImage(image, this.#options);
    this.setArrays(arraysOf(image, this.#options.mask));
  }

  override get svg(): string {
    const { limits: _former, ...options } = this.#options;
    return imageFigure(this.#image, { ...options, ...this.look }).svg;
  }
}

function arraysOf(image: Image, mask: Image | undefined): ViewArrays {
  return mask === undefined ? { image } : { image, mask };
}

function ringsOf(
  rings: string | Calibrant,
  ai: AzimuthalIntegrator | undefined,
  image: Image,
): Ring[] {
  if (ai === undefined) {
    throw new OptionError("rings", rings, "rings need to know where the detector is; give ai");
  }
  return ringsOn(typeof rings === "string" ? calibrant(rings) : rings, ai, image.shape);
}
