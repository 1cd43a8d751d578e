import { OptionError } from "../errors.js";
import type { Integrate1dResult } from "../integrate/result.js";

/** The bins that hold at least one pixel: formats without a word for "no value" leave the others out. */
export function filledBins({ radial, intensity }: Integrate1dResult): number[] {
  return Array.from(radial.keys()).filter((bin) => Number.isFinite(intensity[bin]!));
}

/** The standard errors of a result, which some formats cannot do without. */
export function sigmaOf(result: Integrate1dResult, format: string): Float64Array {
  if (result.sigma === undefined) {
    throw new OptionError(
      "errorModel",
      undefined,
      `${format} needs standard errors, and this result has none; integrate with errorModel "poisson" or give the variance of the pixels`,
    );
  }
  return result.sigma;
}
