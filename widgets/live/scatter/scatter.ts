import type { Split } from "../../../src/integrate/options.js";
import type { FrameJob } from "../frame-job.js";

/** Rows of an image, ready to be summed: dark subtracted, NaN where a pixel does not count. */
export interface Band {
  readonly firstRow: number;
  readonly rows: number;
  readonly values: Float32Array;
  /** What values are divided by besides solid angle and polarization: a flat; none is 1. */
  readonly weights: Float32Array | undefined;
}

/**
 * Adds the pixels of a band to the bins that they cover, without a table of bins: as quick for a new
 * geometry as for the last one.
 *
 * A pixel counts as a box in (radial, χ): around the mean of its corners, and as wide as evenly filled
 * boxes are that scatter as far as the pixel does in either direction.
 *
 * @returns for each bin, `[azimuthal][radial]`, Σ c·value and Σ c·normalization side by side; valid
 * until the next call.
 */
export type Scatter = (job: FrameJob) => Float32Array;

/** A scatter whose pixels may change. */
export interface OpenScatter {
  readonly mode: "webasm" | "js";
  readonly scatter: Scatter;
  /** Other values for the pixels of the band. */
  setValues(values: Float32Array): void;
}

/**
 * Half the width of a box as a part of √(a² + b²), where a pixel's sides measure a and b: evenly
 * filled, it then scatters as far as the pixel. A bounding box reaches farther.
 */
export const SPREAD: Readonly<Record<Split, number>> = { no: 0, bbox: 0.64, full: 0.5 };
