import type { Image } from "../../array.js";
import type { EngineInfo } from "../result.js";

/** What an engine makes of one image: sums over pixels for each bin (see Integrate1dResult), all its own. */
export interface BinSums {
  readonly count: Float64Array;
  readonly signal: Float64Array;
  readonly normalization: Float64Array;
  readonly normalization2: Float64Array;
  /** Σ c²·variance, where errors were asked for. */
  readonly variance: Float64Array | undefined;
  /** What follows from the sums, of an engine that computes it faster than JavaScript (see bin-values.ts). */
  readonly quotients?: Quotients;
  /** Pixels of this image alone that did not count. */
  readonly invalidPixels: number;
}

/** Means of the bins and, with a variance, their errors; the plan's `empty` where nothing counts. */
export interface Quotients {
  readonly intensity: Float64Array;
  readonly sigma: Float64Array | undefined;
  readonly std: Float64Array | undefined;
}

/** How an engine holds the fractions of pixels in bins, and what that costs. */
export interface Encoding {
  /** `"pairs"`: float64 weights; `"stream"`, `"runs"`, `"trios"`: 16-bit weights, in the order of pixels; `"sub-rows"`: float32 weights, by bin. */
  readonly name: string;
  /** Fractions held. */
  readonly entries: number;
  readonly bytes: number;
  /** Largest error of a weight, as a fraction of a pixel; 0 where weights are float64. */
  readonly weightError: number;
  /**
   * By how much rounded weights can change the intensity of a bin of at least one pixel, at most: a
   * fraction of what its pixels' own intensities differ from it, or for the gpu engine of itself. Real
   * images stay far below, because roundings average out.
   */
  readonly intensityError: number;
}

/** A plan made ready to integrate images, one after another. */
export interface Engine {
  readonly info: EngineInfo;
  readonly encoding: Encoding;
  /** Sums an image that has the plan's shape; a call waits for the one before it. */
  integrate(image: Image, signal?: AbortSignal): Promise<BinSums>;
  /** Gives back memory that the collector would find late, or never; no call may follow. */
  release?(): void;
}
