import type { Comb } from "./comb.js";
import { pointGain } from "./likelihood.js";

/** Largest 2θ that is looked for at the farthest point. */
const WIDEST = (70 * Math.PI) / 180;
const FRACTION = 0.6;
const MISSED = Math.log(1 - FRACTION);

/**
 * Distances, best first, at which points at distances `radii` from the beam's centre lie on rings, for
 * a detector that is not tilted; all in units of `pixel`, in which rings are `sigma` wide.
 */
export function scanDistances(
  radii: Float64Array,
  comb: Comb,
  sigma: number,
  most: number,
): number[] {
  const largest = radii.reduce((top, r) => Math.max(top, r), 0);
  if (!(largest > 10) || comb.twoTheta.length < 2) return [];
  const histogram = new Float64Array(Math.ceil(largest / 2) + 1);
  for (const r of radii) histogram[Math.round(r / 2)]!++;
  const least = largest / Math.tan(WIDEST);
  const furthest = largest / Math.tan(comb.twoTheta[Math.min(1, comb.twoTheta.length - 1)]!);
  const step = Math.max((0.7 * sigma) / largest, 0.002);
  const steps = Math.ceil(Math.log(furthest / least) / step);
  const scores = new Float64Array(Math.max(steps, 0));
  for (let n = 0; n < steps; n++) {
    const dist = least * Math.exp(n * step);
    let sum = 0;
    for (let bin = 1; bin < histogram.length; bin++) {
      const weight = histogram[bin]!;
      if (weight === 0) continue;
      const r = 2 * bin;
      const slope = dist / (dist * dist + r * r);
      const gain = pointGain(Math.atan2(r, dist), slope, comb, sigma);
      // Most places are far from any ring: their logarithm is known.
      if (gain !== 0) sum += weight * (gain < -0.9999 ? MISSED : Math.log(1 + FRACTION * gain));
    }
    scores[n] = sum;
  }
  const peaks = Array.from(scores.keys()).filter((n) => {
    return scores[n]! >= (scores[n - 1] ?? -Infinity) && scores[n]! > (scores[n + 1] ?? -Infinity);
  });
  peaks.sort((a, b) => scores[b]! - scores[a]!);
  return peaks.slice(0, most).map((n) => least * Math.exp(n * step));
}
