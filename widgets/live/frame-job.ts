import type { Geometry } from "../../src/geometry/geometry.js";
import type { RadialFormula } from "../../src/geometry/radial-formula.js";
import type { Axis } from "../../src/integrate/axis.js";
import type { Split } from "../../src/integrate/options.js";

/** One frame to be computed, every choice made: what the page tells its kernels and workers. */
export interface FrameJob {
  readonly geometry: Geometry;
  readonly formula: RadialFormula;
  readonly radial: Axis;
  /** In radians. */
  readonly azimuth: Axis;
  readonly split: Split;
  readonly correctSolidAngle: boolean;
  readonly polarizationFactor: number | undefined;
}
