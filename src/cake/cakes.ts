import type { EngineInfo, Provenance } from "../integrate/result.js";

export type CakeOrder = "clockwise" | "anticlockwise";

/** What a set of cakes was made with: the integration, and how its sectors were laid. */
export interface CakeProvenance extends Provenance {
  readonly cakes: number;
  readonly npt: number;
  readonly firstCakeAngle: number;
  readonly order: CakeOrder;
}

/**
 * Profiles of equal sectors with a direction, numbered as xrdfit numbers them.
 *
 * Directions are degrees clockwise from North: up in the image as it is displayed, first row at the
 * top.
 */
export interface Cakes {
  /** Bin centres, in `unit`. */
  radial: Float64Array;
  /** `intensity[cake][point]`; cake 1 of xrdfit is index 0. */
  intensity: Float64Array[];
  /** Standard errors, where an error model was asked for. */
  sigma?: Float64Array[];
  /** Pixels in each bin, fractions counted. */
  count: Float64Array[];
  /** Direction of each cake's centre. */
  centers: number[];
  /** Direction of the centre of cake 1. */
  firstCakeAngle: number;
  order: CakeOrder;
  unit: string;
  engine: EngineInfo;
  provenance: CakeProvenance;
}
