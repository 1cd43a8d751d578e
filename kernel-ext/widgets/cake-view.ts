import type { Cakes } from "../../src/cake/cakes.js";
import type { Integrate2dResult } from "../../src/integrate/result.js";
import type { CakeRows, ViewArrays } from "../../src/widget-messages.js";
import { type CakeFigureOptions, cakeFigure } from "../show/cake-figure.js";
import { ColorView, colorState, colorTraits } from "./color-view.js";
import { pageClass } from "./figure-view.js";
import type { TraitTable } from "./trait-spec.js";
import type { PageClass, State } from "./widget.js";

/** How cakes are shown on the page. */
export interface CakeViewOptions extends CakeFigureOptions {
  /** Whether the profile under the cursor is drawn below. Default true. */
  readonly profile?: boolean;
}

/**
 * A caked image: the radial unit to the right; cakes from 1 downwards, or the azimuth of an
 * `Integrate2dResult` upwards. Its cursor is that of images and lineouts beside it.
 *
 * @throws OptionError for a radial range without a point.
 * @example
 * ```ts
 * new CakeView(await cake(image, ai, { cakes: 36 }), { scale: "log" })
 * ```
 */
export class CakeView extends ColorView {
  static override readonly model: PageClass = pageClass("CakeViewModel");
  static override readonly view: PageClass = pageClass("CakeView");
  static override readonly traits: TraitTable = {
    ...colorTraits,
    height: { type: "number", default: 340 },
    unit: { type: "string", default: "2th_deg" },
    wavelength: { type: "number", nullable: true },
    distance: { type: "number", nullable: true },
    rows: { type: "any", default: { kind: "azimuth", azimuthal: [] } },
    radial_range: { type: "any", nullable: true },
    profile: { type: "boolean", default: true },
  };

  /** Shown at first, in the radial unit; null: all that there is. */
  declare radialRange: readonly [low: number, high: number] | null;
  /** Whether the profile under the cursor is drawn below. */
  declare profile: boolean;

  #cakes: Cakes | Integrate2dResult;
  readonly #options: CakeViewOptions;

  constructor(cakes: Cakes | Integrate2dResult, options: CakeViewOptions = {}) {
    const { title = "", width = 640, height = 340, radialRange = null, profile } = options;
    super(
      {
        ...colorState(options),
        ...{ title, width, height, radialRange, profile },
        reduce: options.reduce,
        ...stateOf(cakes, options),
      },
      arraysOf(cakes),
    );
    this.#cakes = cakes;
    this.#options = options;
  }

  /** What is shown; setting another one shows that. */
  get cakes(): Cakes | Integrate2dResult {
    return this.#cakes;
  }
  set cakes(cakes: Cakes | Integrate2dResult) {
    const state = stateOf(cakes, this.#options);
    this.#cakes = cakes;
    this.set(state);
    this.setArrays(arraysOf(cakes));
  }

  override get svg(): string {
    const { limits: _former, profile: _below, ...options } = this.#options;
    return cakeFigure(this.#cakes, { ...options, ...this.look }).svg;
  }
}

/** The traits that follow from what is shown. */
function stateOf(cakes: Cakes | Integrate2dResult, options: CakeViewOptions): State {
  const { wavelength, dist } = cakes.provenance?.geometry ?? {};
  return {
    unit: cakes.unit,
    wavelength: wavelength ?? null,
    distance: dist ?? null,
    rows: rowsOf(cakes),
    description: cakeFigure(cakes, options).description,
  };
}

function rowsOf(cakes: Cakes | Integrate2dResult): CakeRows {
  return "centers" in cakes
    ? { kind: "cakes", centers: cakes.centers }
    : { kind: "azimuth", azimuthal: [...cakes.azimuthal] };
}

function arraysOf(cakes: Cakes | Integrate2dResult): ViewArrays {
  const { radial } = cakes;
  const axis = { data: radial, shape: [radial.length] };
  if (!("centers" in cakes)) {
    return { radial: axis, intensity: { data: cakes.intensity, shape: cakes.shape } };
  }
  const data = new Float64Array(cakes.intensity.length * radial.length);
  for (const [row, profile] of cakes.intensity.entries()) data.set(profile, row * radial.length);
  return { radial: axis, intensity: { data, shape: [cakes.intensity.length, radial.length] } };
}
