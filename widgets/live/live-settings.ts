import type { Geometry } from "../../src/geometry/geometry.js";
import type { IntegrateOptions } from "../../src/integrate/options.js";

/** What may change from frame to frame: a geometry and how it is caked. */
export interface LiveSettings {
  /** Lengths in metres, rotations in radians. */
  readonly geometry: Geometry;
  /** Metres. */
  readonly wavelength?: number | undefined;
  readonly nptRad: number;
  readonly nptAzim: number;
  readonly options?: LiveOptions;
}

/** The options of `integrate2d` that may change while a geometry is dragged. */
export type LiveOptions = Pick<
  IntegrateOptions,
  | "unit"
  | "radialRange"
  | "azimuthRange"
  | "polarizationFactor"
  | "correctSolidAngle"
  | "empty"
  | "method"
>;

/** A cake as it is drawn while something is dragged. */
export interface QuickCake {
  /** Bin centres in the unit; of sectors in degrees. */
  readonly radial: Float64Array;
  readonly azimuthal: Float64Array;
  /** `[azimuthal][radial]`; the `empty` option's value where no pixel lies. */
  readonly intensity: Float32Array;
  readonly shape: [nptAzim: number, nptRad: number];
  readonly unit: string;
}
