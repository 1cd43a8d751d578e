import type { Image } from "../array.js";
import { version } from "../version.js";
import { binCenters } from "./axis.js";
import { meanIntensity, pixelDeviation, standardError } from "./bin-values.js";
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
    return this.#result(image, await this.#engine.integrate(image, signal));
  }

  /** Gives the plan's memory back after the images at work; it integrates no more. */
  release(): void {
    this.#engine.release?.();
  }

  #result(image: Image, sums: BinSums): Integrate1dResult | Integrate2dResult {
    const { axes } = this.#layout;
    const { empty, nptAzim, npt, unit } = this.#settings;
    const { count, signal, normalization, normalization2, variance } = sums;
    const result: Integrate1dResult = {
      radial: binCenters(axes.radial),
      intensity: meanIntensity(count, signal, normalization, empty),
      // Sums without the image's signal may be the plan's own; whoever gets a result may write into it.
      count: count.slice(),
      sumSignal: signal,
      sumNormalization: normalization.slice(),
      sumNormalization2: normalization2.slice(),
      unit: unit.name,
      engine: this.#engine.info,
      provenance: this.#provenance(image, sums.invalidPixels),
    };
    if (variance !== undefined) {
      result.sumVariance = variance;
      result.sigma = standardError(count, variance, normalization, empty);
      result.std = pixelDeviation(count, variance, normalization2, empty);
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
