import type { ScaleName } from "../../src/figure/scale.js";
import { SCALE_NAMES } from "../../src/figure/scale.js";
import type { NumberArray, ViewArrays } from "../../src/widget-messages.js";
import {
  type LinesFigureOptions,
  linesFigure,
  oneUnit,
  type Profile,
  type ProfileSource,
  profilesOf,
} from "../show/lines-figure.js";
import { FigureView, figureTraits, pageClass } from "./figure-view.js";
import type { TraitTable } from "./trait-spec.js";
import type { PageClass, State } from "./widget.js";

/**
 * Profiles over the radial unit: one result, several, or the cakes of one image; beside each other or
 * as a waterfall.
 *
 * @throws OptionError for a cake that is not there, or profiles in different units.
 * @example
 * ```ts
 * new Lineouts(await cake(image, ai), { cakes: [1, 10], offset: 200 })
 * ```
 */
export class Lineouts extends FigureView {
  static override readonly model: PageClass = pageClass("LineoutsModel");
  static override readonly view: PageClass = pageClass("Lineouts");
  static override readonly traits: TraitTable = {
    ...figureTraits,
    scale: { type: "choice", values: SCALE_NAMES, default: "linear" },
    offset: { type: "number", default: 0 },
    unit: { type: "string", default: "2th_deg" },
    wavelength: { type: "number", nullable: true },
    distance: { type: "number", nullable: true },
    labels: { type: "list", of: { type: "string" }, default: [] },
    directions: { type: "any", nullable: true },
    marks: { type: "any", default: [] },
    hidden: { type: "list", of: { type: "integer" }, default: [] },
    radial_range: { type: "any", nullable: true },
  };

  /** Of the intensities. */
  declare scale: ScaleName;
  /** Lifts each profile above the one before by this much. */
  declare offset: number;
  declare labels: readonly string[];
  /** Lines that are not drawn, counted from 0. */
  declare hidden: readonly number[];

  #source: ProfileSource;
  readonly #options: LinesFigureOptions;

  constructor(source: ProfileSource, options: LinesFigureOptions = {}) {
    const { title = "", width = 640, height = 320, offset = 0, scale = "linear" } = options;
    const { marks = [], radialRange = null } = options;
    const profiles = profilesOf(source, options);
    super(
      {
        ...{ title, width, height, offset, scale, marks, radialRange },
        ...stateOf(source, profiles, options),
      },
      arraysOf(profiles),
    );
    this.#source = source;
    this.#options = options;
  }

  /** What is shown; setting another one shows that. */
  get results(): ProfileSource {
    return this.#source;
  }
  set results(source: ProfileSource) {
    const profiles = profilesOf(source, this.#options);
    const state = stateOf(source, profiles, this.#options);
    this.#source = source;
    this.set(state);
    this.setArrays(arraysOf(profiles));
  }

  override get svg(): string {
    const { title, width, height, scale, offset, labels } = this;
    return linesFigure(this.#source, {
      ...this.#options,
      ...{ width, height, scale, offset, labels },
      ...(title === "" ? {} : { title }),
    }).svg;
  }
}

/** The traits that follow from what is shown. */
function stateOf(
  source: ProfileSource,
  profiles: readonly Profile[],
  options: LinesFigureOptions,
): State {
  const first = Array.isArray(source) ? source[0] : source;
  const { wavelength, dist } = first?.provenance?.geometry ?? {};
  return {
    unit: oneUnit(profiles),
    wavelength: wavelength ?? null,
    distance: dist ?? null,
    labels: profiles.map(({ label }) => label),
    directions: directionsOf(source, options),
    description: linesFigure(source, options).description,
  };
}

/** Directions of cakes, degrees clockwise from North; null for other profiles. */
function directionsOf(source: ProfileSource, { cakes }: LinesFigureOptions): number[] | null {
  if (!("centers" in source)) return null;
  return cakes === undefined ? source.centers : cakes.map((number) => source.centers[number - 1]!);
}

/** One axis where all profiles share it, else one each. */
function arraysOf(profiles: readonly Profile[]): ViewArrays {
  const array = (data: Profile["x"]): NumberArray => {
    const numbers = data instanceof Float64Array ? data : Float64Array.from(data);
    return { data: numbers, shape: [numbers.length] };
  };
  const shared = profiles.every(({ x }) => x === profiles[0]!.x);
  const axes = shared ? profiles.slice(0, 1) : profiles;
  return {
    ...Object.fromEntries(axes.map(({ x }, i) => [`x${i}`, array(x)])),
    ...Object.fromEntries(profiles.map(({ y }, i) => [`y${i}`, array(y)])),
  };
}
