import { solveCholesky } from "../fit/cholesky.js";
import type { Comb } from "./comb.js";
import { SIZE } from "./parameters.js";
import type { Segments } from "./segment-fit.js";
import { CAUCHY, type SegmentRefinement } from "./segment-refinement.js";

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
 *
 * What a geometry would be without some of the rings is one Gauss–Newton step away.
 */
export function estimateUncertainty(
  segments: Segments,
  comb: Comb,
  fit: SegmentRefinement,
): Uncertainty {
  const covariance = fit.covariance!.slice();
  const heldOut = fit.misfit.slice();
  const free = Array.from({ length: SIZE }, (_, j) => j).filter((j) => covariance[j * (SIZE + 1)]);
  const group = groupsOf(segments, comb);
  const groups = group.reduce((most, g) => Math.max(most, g), -1) + 1;
  const steps: Float64Array[] = [];
  for (let left = 0; left < groups; left++) {
    const step = stepWithout(left, group, fit, free);
    if (step === undefined) continue;
    steps.push(step);
    for (let i = 0; i < group.length; i++) {
      if (group[i] !== left) continue;
      for (let j = 0; j < SIZE; j++) {
        heldOut[i]! += fit.sigma[i]! * fit.jacobian[i * SIZE + j]! * step[j]!;
      }
    }
  }
  if (steps.length < 3) return { covariance, heldOut };
  const grow = new Float64Array(SIZE).fill(1);
  for (const j of free) {
    const mean = steps.reduce((sum, step) => sum + step[j]!, 0) / steps.length;
    const squares = steps.reduce((sum, step) => sum + (step[j]! - mean) ** 2, 0);
    const jackknife = ((steps.length - 1) / steps.length) * squares;
    grow[j] = Math.sqrt(Math.max(jackknife / covariance[j * (SIZE + 1)]!, 1));
  }
  // Larger errors, the same correlations.
  for (let i = 0; i < SIZE; i++) {
    for (let j = 0; j < SIZE; j++) covariance[i * SIZE + j]! *= grow[i]! * grow[j]!;
  }
  return { covariance, heldOut };
}

/** How the parameters change when the segments of a group are left out. */
function stepWithout(
  left: number,
  group: Int32Array,
  { residuals, jacobian }: SegmentRefinement,
  free: readonly number[],
): Float64Array | undefined {
  const n = free.length;
  const normal = new Float64Array(n * n);
  const step = new Float64Array(n);
  // What holds the beam's centre comes after the segments and belongs to no group.
  for (let i = 0; i < residuals.length; i++) {
    if (group[i] === left) continue;
    const weight = 1 / (1 + (residuals[i]! / CAUCHY) ** 2);
    for (let a = 0; a < n; a++) {
      const weighted = weight * jacobian[i * SIZE + free[a]!]!;
      step[a]! -= weighted * residuals[i]!;
      for (let b = 0; b <= a; b++) normal[a * n + b]! += weighted * jacobian[i * SIZE + free[b]!]!;
    }
  }
  for (let a = 0; a < n; a++) for (let b = 0; b < a; b++) normal[b * n + a] = normal[a * n + b]!;
  if (!solveCholesky(normal, step, n)) return undefined;
  const all = new Float64Array(SIZE);
  free.forEach((j, a) => {
    all[j] = step[a]!;
  });
  return all;
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
