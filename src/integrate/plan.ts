import type { Image } from "../array.js";
import { nextTurn } from "../host/next-turn.js";
import { version } from "../version.js";
import { binCenters } from "./axis.js";
import { deviations, means, standardErrors } from "./bin-values.js";
import { checkImage } from "./check-image.js";
import { dummyOf } from "./dummy.js";
import type { BinSums, Encoding, Engine } from "./engine/engine.js";
import type { Prepared } from "./engine/prepare-with.js";
import type { PlanLayout, Setup } from "./plan-data.js";
import type { EngineInfo, Integrate1dResult, Integrate2dResult, Provenance } from "./result.js";
import type { Settings } from "./settings.js";

const DEGREE = Math.PI / 180;

/** What a plan costs and how it computes. */
export interface PlanDescription {
  readonly engine: EngineInfo;
  readonly shape: readonly [number, number];
  readonly npt: number;
  readonly nptAzim: number | undefined;
  readonly maskedPixels: number;
  /** How fractions of pixels are held, their number, memory and error. */
  readonly encoding: Encoding;
}

/** An integration made ready for any number of images of one shape. */
export class Plan {
  readonly #setup: Setup;
  readonly #settings: Settings;
  readonly #layout: PlanLayout;
  readonly #engine: Engine;

  constructor(setup: Setup, settings: Settings, { layout, engine }: Prepared) {
    this.#setup = setup;
    this.#settings = settings;
    this.#layout = layout;
    this.#engine = engine;
  }

  describe(): PlanDescription {
    const { shape, maskedPixels } = this.#layout;
    const { npt, nptAzim } = this.#settings;
    const { info, encoding } = this.#engine;
    return { engine: info, shape, npt, nptAzim, maskedPixels, encoding };
  }

  /**
   * Integrates an image of the plan's shape.
   *
   * @throws ShapeError for one of another shape; OptionError for what is no image.
   */
  async integrate(
    image: Image,
    signal?: AbortSignal,
  ): Promise<Integrate1dResult | Integrate2dResult> {
    checkImage("image", image, this.#layout.shape);
    // Frame after frame, nothing else in this thread would hear that it is to stop.
    await nextTurn();
    return this.#result(image, await this.#engine.integrate(image, signal));
  }

  /** Gives the plan's memory back after the images at work; it integrates no more. */
  release(): void {
    this.#engine.release?.();
  }

  #result(image: Image, sums: BinSums): Integrate1dResult | Integrate2dResult {
    const { axes } = this.#layout;
    const { empty, nptAzim, npt, unit } = this.#settings;
    const { count, signal, normalization, normalization2, variance, quotients } = sums;
    const result: Integrate1dResult = {
      radial: binCenters(axes.radial),
      intensity: quotients?.intensity ?? means(signal, normalization, count, empty),
      count,
      sumSignal: signal,
      sumNormalization: normalization,
      sumNormalization2: normalization2,
      unit: unit.name,
      engine: this.#engine.info,
      provenance: this.#provenance(image, sums.invalidPixels),
    };
    if (variance !== undefined) {
      result.sumVariance = variance;
      result.sigma = quotients?.sigma ?? standardErrors(variance, normalization, count, empty);
      result.std = quotients?.std ?? deviations(variance, normalization2, count, empty);
    }
    if (nptAzim === undefined) return result;
    const [low, high] = this.#azimuthRange!;
    return {
      ...result,
      shape: [nptAzim, npt],
      azimuthal: binCenters({ low, high, bins: nptAzim }),
    };
  }

  /** In degrees: as given, to the last bit, or as found. */
  get #azimuthRange(): readonly [number, number] | undefined {
    const { azimuth } = this.#layout.axes;
    return (
      this.#settings.azimuthRange ?? (azimuth && [azimuth.low / DEGREE, azimuth.high / DEGREE])
    );
  }

  #provenance(image: Image, invalidPixels: number): Provenance {
    const { geometry, detector, wavelength } = this.#setup;
    const { axes, hasDetectorMask, maskedPixels, shape } = this.#layout;
    const settings = this.#settings;
    const dummy = dummyOf(image.data, detector, settings);
    const { dist, poni1, poni2, rot1, rot2, rot3 } = geometry;
    const { name, pixel1, pixel2, orientation, config } = detector;
    return {
      software: `cakelab ${version}`,
      geometry: { dist, poni1, poni2, rot1, rot2, rot3, wavelength },
      detector: { name, pixel1, pixel2, shape: [shape[0], shape[1]], orientation, config },
      unit: settings.unit.name,
      radialRange: [axes.radial.low, axes.radial.high],
      azimuthRange: this.#azimuthRange,
      split: settings.method.split,
      algorithm: settings.method.algorithm,
      polarizationFactor: settings.polarizationFactor,
      correctSolidAngle: settings.correctSolidAngle,
      normalizationFactor: settings.normalizationFactor,
      errorModel: settings.variance === undefined ? settings.errorModel : "variance",
      dummy: dummy?.value,
      deltaDummy: dummy?.delta,
      hasUserMask: settings.mask !== undefined,
      hasDetectorMask,
      hasDark: settings.dark !== undefined,
      hasFlat: settings.flat !== undefined,
      maskedPixels,
      invalidPixels,
    };
  }
}
