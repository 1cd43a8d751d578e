import type { Comb } from "./comb.js";
import { SIZE } from "./parameters.js";
import type { Segments } from "./segment-fit.js";
import { refineOnSegments, type SegmentRefinement } from "./segment-refinement.js";

/** How well parameters are known, and what the rings say that were left out. */
export interface Uncertainty {
  /** Covariance of the parameters, row-major; 0 for those that were held. */
  readonly covariance: Float64Array;
  /** Misfit of each segment in pixels, in a geometry refined without its ring. */
  readonly heldOut: Float64Array;
}

/** Refinements that each leave some rings out. */
const GROUPS = 10;

/**
 * Covariance of a refinement: of the fit or, where larger, of a jackknife over rings (Efron & Stein
 * 1981, doi:10.1214/aos/1176345462), which sees what counting statistics does not: a ring that lies on
 * another phase's, a profile that is not quite right.
 */
export function estimateUncertainty(
  segments: Segments,
  comb: Comb,
  fit: SegmentRefinement,
  options: { readonly fixed: ArrayLike<number>; readonly pixel: number },
): Uncertainty {
  const group = groupsOf(segments, comb);
  const groups = group.reduce((most, g) => Math.max(most, g), -1) + 1;
  const covariance = fit.covariance!.slice();
  const heldOut = fit.misfit.slice();
  if (groups < 3) return { covariance, heldOut };
  const estimates: Float64Array[] = [];
  for (let left = 0; left < groups; left++) {
    const without = refineOnSegments(segments, comb, fit.parameters, {
      ...options,
      floor: fit.floor,
      use: (i) => group[i] !== left,
    });
    if (without.covariance === undefined) continue;
    estimates.push(without.parameters);
    for (let i = 0; i < group.length; i++) {
      if (group[i] === left) heldOut[i] = without.misfit[i]!;
    }
  }
  const scale = (estimates.length - 1) / estimates.length;
  const mean = fit.parameters.map(
    (_, j) => estimates.reduce((sum, p) => sum + p[j]!, 0) / estimates.length,
  );
  const grow = new Float64Array(SIZE).fill(1);
  for (let j = 0; j < SIZE; j++) {
    const formal = covariance[j * (SIZE + 1)]!;
    if (formal === 0) continue;
    const jackknife = scale * estimates.reduce((sum, p) => sum + (p[j]! - mean[j]!) ** 2, 0);
    grow[j] = Math.sqrt(Math.max(jackknife / formal, 1));
  }
  // Larger errors, the same correlations.
  for (let i = 0; i < SIZE; i++) {
    for (let j = 0; j < SIZE; j++) covariance[i * SIZE + j]! *= grow[i]! * grow[j]!;
  }
  return { covariance, heldOut };
}

/** Rings in groups, neighbours in different ones; sectors of the image where there are too few rings. */
function groupsOf({ ring, count, y, x }: Segments, comb: Comb): Int32Array {
  const used = Array.from(comb.twoTheta.keys()).filter((k) => ring.includes(k));
  if (used.length >= 4) {
    const place = new Map(used.map((k, n) => [k, n % GROUPS]));
    return Int32Array.from(ring, (k) => place.get(k)!);
  }
  const [midY, midX] = [y, x].map((v) => v.reduce((sum, value) => sum + value, 0) / count);
  return Int32Array.from({ length: count }, (_, i) => {
    const turn = Math.atan2(y[i]! - midY!, x[i]! - midX!) / (2 * Math.PI) + 0.5;
    return Math.min(Math.floor(turn * GROUPS), GROUPS - 1);
  });
}
