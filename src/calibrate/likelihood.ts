import type { Comb } from "./comb.js";

/** Part of the points that belong to rings of the calibrant, as tried. */
const FRACTIONS = [0.15, 0.3, 0.45, 0.6, 0.75, 0.9] as const;

/** How well rings explain points. */
export interface RingScore {
  /** Mean log likelihood ratio of a point: on rings, against anywhere between them. */
  readonly score: number;
  /** Part of the points that lie on rings. */
  readonly explained: number;
}

/**
 * The likelihood of points (2θ in radians, and its slope in radians per pixel) given rings of a width
 * of `sigma` pixels, a part of the points being anywhere, against all of them being anywhere.
 *
 * Where rings are closer than they are wide a point tells nothing, and counts as such: a comb with
 * many rings does not win by having one near everything.
 */
export function ringScore(
  twoTheta: Float64Array,
  slope: Float64Array,
  comb: Comb,
  sigma: number,
): RingScore {
  const gain = new Float64Array(twoTheta.length);
  for (let i = 0; i < gain.length; i++) {
    gain[i] = pointGain(twoTheta[i]!, slope[i]!, comb, sigma);
  }
  let best: RingScore = { score: -Infinity, explained: 0 };
  for (const fraction of FRACTIONS) {
    let sum = 0;
    for (let i = 0; i < gain.length; i++) sum += Math.log(1 + fraction * gain[i]!);
    const score = sum / Math.max(gain.length, 1);
    if (score > best.score) best = { score, explained: fraction };
  }
  return best;
}

/** Density on a ring over that of anywhere, less 1; 0 where the point tells nothing. */
export function pointGain(angle: number, slope: number, comb: Comb, sigma: number): number {
  const k = comb.nearest(angle);
  if (k < 0) return 0;
  const below = comb.border[k]!;
  // Inside the first ring there should be nothing.
  if (angle < below) return -1;
  const gap = (comb.border[k + 1]! - below) / (slope * sigma);
  const trust = Math.min(Math.max((gap - 3) / 3, 0), 1);
  if (trust === 0) return 0;
  const distance = (angle - comb.twoTheta[k]!) / (slope * sigma);
  return trust * (gap * 0.3989422804014327 * Math.exp(-0.5 * distance * distance) - 1);
}
