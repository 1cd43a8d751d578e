import { PEAK_COLUMNS, type TrackedPeaks } from "./tracked-peaks.js";

const CENTER = PEAK_COLUMNS.indexOf("center");

/** Where a peak is in each direction; NaN where it is not known. */
export interface PeakPositions {
  readonly centers: Float64Array;
  /** Standard errors. */
  readonly sigmas: Float64Array;
}

/** Positions of a peak in each direction of a frame. */
export function positionsOf(tracked: TrackedPeaks, place: number): PeakPositions {
  const { peaks, values, errors } = tracked;
  const count = tracked.directions?.length ?? 1;
  const centers = new Float64Array(count);
  const sigmas = new Float64Array(count);
  for (let direction = 0; direction < count; direction++) {
    const at = (direction * peaks.length + place) * PEAK_COLUMNS.length + CENTER;
    centers[direction] = values[at]!;
    sigmas[direction] = errors[at]!;
  }
  return { centers, sigmas };
}

/**
 * Mean positions of a peak over some frames, weighted by their errors, such as those before a load is
 * put on: the reference of `peakStrain`.
 *
 * @param frames with the same directions; those in which the peak is not active or not fitted count not.
 */
export function meanPositions(frames: readonly TrackedPeaks[], id: number): PeakPositions {
  const count = frames.reduce((most, { directions }) => Math.max(most, directions?.length ?? 1), 1);
  const sums = new Float64Array(count);
  const weights = new Float64Array(count);
  for (const frame of frames) {
    const place = frame.peaks.findIndex((peak) => peak.id === id);
    if (place < 0) continue;
    const { centers, sigmas } = positionsOf(frame, place);
    for (let direction = 0; direction < centers.length; direction++) {
      const weight = 1 / sigmas[direction]! ** 2;
      if (!Number.isFinite(weight * centers[direction]!)) continue;
      sums[direction]! += weight * centers[direction]!;
      weights[direction]! += weight;
    }
  }
  return {
    centers: sums.map((sum, i) => sum / weights[i]!),
    sigmas: weights.map((weight) => (weight > 0 ? 1 / Math.sqrt(weight) : Number.NaN)),
  };
}
