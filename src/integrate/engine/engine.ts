import type { Image } from "../../array.js";
import type { EngineInfo } from "../result.js";

/** What an engine makes of one image: sums over pixels for each bin (see Integrate1dResult). */
export interface BinSums {
  readonly count: Float64Array;
  readonly signal: Float64Array;
  readonly normalization: Float64Array;
  readonly normalization2: Float64Array;
  /** Σ c²·variance, where errors were asked for. */
  readonly variance: Float64Array | undefined;
  /** Pixels of this image alone that did not count. */
  readonly invalidPixels: number;
}

/** A plan made ready to integrate images, one after another. */
export interface Engine {
  readonly info: EngineInfo;
  integrate(image: Image): BinSums;
}
