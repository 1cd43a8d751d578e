import { bins, type PeakTruth, simulated } from "../../peaks/simulated.js";

/** Bins of the patterns. */
export const radial: Float64Array = bins(3, 4, 501);
/** Width of their peaks. */
export const FWHM = 0.03;

export const peakAt = (center: number, area = 60): PeakTruth => [area, center, FWHM, 0.4];

/** A pattern with noise of counts. */
export const frame = (peaks: readonly PeakTruth[], seed: number): ReturnType<typeof simulated> =>
  simulated(radial, peaks, { seed });
