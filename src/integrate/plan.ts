import type { Image } from "../array.js";
import { OptionError } from "../errors.js";
import { version } from "../version.js";
import { binCenters } from "./axis.js";
import { checkImage } from "./check-image.js";
import { dummyOf } from "./dummy.js";
import type { BinSums, Engine } from "./engine/engine.js";
import { jsEngine } from "./engine/js/js-engine.js";
import type { PlanData, Setup } from "./plan-data.js";
import type { EngineInfo, Integrate1dResult, Integrate2dResult, Provenance } from "./result.js";
import type { Settings } from "./settings.js";

const DEGREE = Math.PI / 180;

/** What a plan costs and how it computes. */
export interface PlanDescription {
  readonly engine: EngineInfo;
  readonly shape: readonly [number, number];
  readonly npt: number;
  readonly nptAzim: number | undefined;
  /** Fractions of pixels that the plan holds, two for each pair of neighbouring bins. */
  readonly entries: number;
  readonly maskedPixels: number;
  readonly bytes: number;
  /** The largest relative error that the encoding adds to an intensity. */
  readonly errorBound: number;
}

/** An integration made ready for any number of images of one shape. */
export class Plan {
  readonly #data: PlanData;
  readonly #settings: Settings;
  readonly #setup: Setup;
  readonly #engine: Engine;

  constructor(setup: Setup, settings: Settings, data: PlanData) {
    this.#setup = setup;
    this.#settings = settings;
    this.#data = data;
    this.#engine = newEngine(setup, settings, data);
  }

  describe(): PlanDescription {
    const { shape, pixels, maskedPixels, mask, normalization } = this.#data;
    const { npt, nptAzim } = this.#settings;
    const { pixel, bin, weight, nextWeight } = pixels;
    const parts = [pixel, bin, weight, nextWeight, mask, normalization];
    return {
      engine: this.#engine.info,
      shape,
      npt,
      nptAzim,
      entries: 2 * bin.length,
      maskedPixels,
      bytes: parts.reduce((sum, part) => sum + part.byteLength, 0),
      errorBound: 0,
    };
  }

  /**
   * Integrates an image of the plan's shape.
   *
   * @throws ShapeError for one of another shape; OptionError for what is no image.
   */
  async integrate(image: Image): Promise<Integrate1dResult | Integrate2dResult> {
    checkImage("image", image, this.#data.shape);
    return this.#result(image, this.#engine.integrate(image));
  }

  #result(image: Image, sums: BinSums): Integrate1dResult | Integrate2dResult {
    const { axes } = this.#data;
    const { empty, nptAzim, npt, unit } = this.#settings;
    const { count, signal, normalization, normalization2, variance } = sums;
    const perBin = (f: (bin: number) => number): Float64Array => {
      const values = new Float64Array(count.length);
      for (let bin = 0; bin < values.length; bin++) values[bin] = count[bin]! > 0 ? f(bin) : empty;
      return values;
    };
    const result: Integrate1dResult = {
      radial: binCenters(axes.radial),
      intensity: perBin((bin) => signal[bin]! / normalization[bin]!),
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
      result.sigma = perBin((bin) => Math.sqrt(variance[bin]!) / Math.abs(normalization[bin]!));
      result.std = perBin((bin) => Math.sqrt(variance[bin]! / normalization2[bin]!));
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
    const { azimuth } = this.#data.axes;
    return (
      this.#settings.azimuthRange ?? (azimuth && [azimuth.low / DEGREE, azimuth.high / DEGREE])
    );
  }

  #provenance(image: Image, invalidPixels: number): Provenance {
    const { geometry, detector, wavelength } = this.#setup;
    const { axes, hasDetectorMask, maskedPixels, shape } = this.#data;
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

function newEngine({ detector }: Setup, settings: Settings, data: PlanData): Engine {
  const { engine } = settings.method;
  if (engine !== "auto" && engine !== "js") {
    throw new OptionError(
      "engine",
      engine,
      `the ${engine} engine is not part of this version; choose js or auto`,
    );
  }
  return jsEngine(data, settings, detector);
}
