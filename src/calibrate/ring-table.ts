import type { Comb } from "./comb.js";
import type { Segments } from "./segment-fit.js";
import type { SegmentRefinement } from "./segment-refinement.js";

/** A ring of the calibrant and how it lies in the refined geometry. */
export interface RingRow {
  /** Number of the ring, from 0. */
  readonly ring: number;
  /** Spacing in ångströms. */
  readonly d: number;
  /** Radians. */
  readonly twoTheta: number;
  /** Number of its segments that were used. */
  readonly segments: number;
  /** Mean distance outside the calculated ring, in pixels, and its standard error. */
  readonly misfit: number;
  readonly sigma: number;
  /** Root mean square of the segments' misfits, in pixels. */
  readonly rms: number;
  /** The mean misfit as a strain of the spacing, in 10⁻⁶. */
  readonly strain: number;
}

/** One row for each ring that was seen. */
export function ringTable(
  segments: Segments,
  { misfit, sigma }: SegmentRefinement,
  comb: Comb,
  /** Radians per pixel at each segment. */
  slope: Float64Array,
): RingRow[] {
  const rows: RingRow[] = [];
  for (let k = 0; k < comb.twoTheta.length; k++) {
    let [number, weights, sum, squares, slopes] = [0, 0, 0, 0, 0];
    for (let i = 0; i < segments.count; i++) {
      if (segments.ring[i] !== k) continue;
      const weight = 1 / (sigma[i]! * sigma[i]! * (1 + (misfit[i]! / (2.5 * sigma[i]!)) ** 2));
      number++;
      weights += weight;
      sum += weight * misfit[i]!;
      slopes += weight * slope[i]!;
      squares += misfit[i]! * misfit[i]!;
    }
    if (number === 0) continue;
    const mean = sum / weights;
    const twoTheta = comb.twoTheta[k]!;
    rows.push({
      ring: k,
      d: comb.d[k]!,
      twoTheta,
      segments: number,
      misfit: mean,
      sigma: 1 / Math.sqrt(weights),
      rms: Math.sqrt(squares / number),
      // Δd/d = −Δθ / tan θ.
      strain: ((-0.5 * mean * (slopes / weights)) / Math.tan(twoTheta / 2)) * 1e6,
    });
  }
  return rows;
}
