import type { Orientation } from "../detector/detector.js";
import type { Geometry } from "../geometry/geometry.js";
import type { Algorithm, EngineName, ErrorModel, Split } from "./options.js";

/** What was applied to get a result: enough to write a file header, or to do it again. */
export interface Provenance {
  /** Such as `"cakelab 0.1.0"`. */
  readonly software: string;
  /** Lengths in metres, rotations in radians. */
  readonly geometry: Geometry & { readonly wavelength: number | undefined };
  readonly detector: {
    readonly name: string;
    readonly pixel1: number;
    readonly pixel2: number;
    readonly shape: readonly [number, number];
    readonly orientation: Orientation;
    readonly config: Readonly<Record<string, unknown>>;
  };
  /** Of an integration in MIDAS' own geometry: `geometry` is then without its distortion. */
  readonly midas?: MidasProvenance;
  readonly unit: string;
  readonly radialRange: readonly [number, number];
  /** Degrees; `undefined` where azimuth was not limited. */
  readonly azimuthRange: readonly [number, number] | undefined;
  readonly split: Split;
  readonly algorithm: Algorithm;
  readonly polarizationFactor: number | undefined;
  readonly correctSolidAngle: boolean;
  readonly normalizationFactor: number;
  readonly errorModel: ErrorModel | "variance" | undefined;
  readonly dummy: number | undefined;
  readonly deltaDummy: number | undefined;
  readonly hasUserMask: boolean;
  readonly hasDetectorMask: boolean;
  readonly hasDark: boolean;
  readonly hasFlat: boolean;
  /** Pixels that never count: masks, flat and dark values that are not usable. */
  readonly maskedPixels: number;
  /** Pixels of this image alone that did not count: dummy, NaN, ±Infinity. */
  readonly invalidPixels: number;
}

/** What MIDAS' own geometry adds to a PONI's. */
export interface MidasProvenance {
  /** The parameter file; empty where there was none. */
  readonly parameters: string;
  readonly mode: string;
  /** The coefficients of the distortion that are not 0. */
  readonly distortion: readonly string[];
  readonly ImTransOpt: readonly number[];
}

/** Which engine computed a result, and in which of its modes. */
export interface EngineInfo {
  readonly name: EngineName;
  readonly mode: string;
}

/**
 * A diffraction profile. Every array has one value for each radial bin; sums run over pixels p with
 * the fraction c of each that lies in the bin: intensity = Σ c·signal / Σ c·normalization.
 */
export interface Integrate1dResult {
  /** Bin centres, in `unit`. */
  radial: Float64Array;
  intensity: Float64Array;
  /** Standard error of the intensity (pyFAI's sem): √(Σ c²·variance) / Σ c·normalization. */
  sigma?: Float64Array;
  /** Standard deviation of a pixel: √(Σ c²·variance / Σ (c·normalization)²). */
  std?: Float64Array;
  /** Pixels in each bin, fractions counted: Σ c. */
  count: Float64Array;
  sumSignal: Float64Array;
  sumNormalization: Float64Array;
  /** Σ (c·normalization)². */
  sumNormalization2: Float64Array;
  sumVariance?: Float64Array;
  /** pyFAI's name of the radial unit. */
  unit: string;
  engine: EngineInfo;
  provenance: Provenance;
}

/** Profiles of equal sectors: arrays are row-major `[azimuthal bin][radial bin]`. */
export interface Integrate2dResult extends Integrate1dResult {
  shape: [nptAzim: number, nptRad: number];
  /** Centres of the azimuthal bins, in degrees. */
  azimuthal: Float64Array;
}
