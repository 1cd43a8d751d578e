import type { Comb } from "./comb.js";
import type { Counts } from "./counts.js";
import type { Plane } from "./plane.js";
import { type RingPixels, ringPixels } from "./ring-pixels.js";
import { measureProfile, type RingProfile } from "./ring-profile.js";
import { fitSegments, type SegmentFitOptions, type Segments } from "./segment-fit.js";
import { refineOnSegments, type SegmentRefinement } from "./segment-refinement.js";

/** The last round of a refinement. */
export interface Refinement {
  readonly fit: SegmentRefinement;
  readonly segments: Segments;
  readonly profile: RingProfile;
}

export interface RefineOptions {
  readonly counts: Counts;
  readonly plane: Plane;
  readonly comb: Comb;
  readonly fixed: Uint8Array;
  /** Beam centre (y, x) in metres that is held; default none. */
  readonly center?: readonly [number, number] | undefined;
  /** Number of rings that may be used, from the innermost. */
  readonly rings: number;
  readonly efficiency: SegmentFitOptions["efficiency"];
}

/** Widest ring that is expected before widths are measured, in pixels. */
const FIRST_REACH = 9;
/** Shortest segment in pixels along the ring. */
const SHORTEST = 8;
const MOST_SEGMENTS = 24000;
/** Steps of each round's profile fits, which begin anew where rings are expected. */
const PASSES = [2, 3] as const;
/** Pixels of the first round: enough to place rings for the second, which takes all. */
const FIRST_PIXELS = 200000;

/** Height over its error that a segment should have. */
const SIGNAL = 12;

/**
 * Refines a geometry on profile fits of ring segments, in two rounds: the second has the pixels
 * that lie on the rings in the geometry of the first.
 */
export function refine(start: Float64Array, options: RefineOptions): Refinement {
  const { counts, plane, comb, fixed, efficiency } = options;
  const count = comb.twoTheta.length;
  let parameters = start;
  let segmentCount = new Int32Array(count).fill(72);
  let reach = reachOf(parameters, options, (gap) => Math.min(FIRST_REACH, gap));
  const share = Math.min(1, FIRST_PIXELS / counts.data.length);
  const pixelsOf = (share: number): RingPixels =>
    ringPixels(counts, plane, parameters, comb, { reach, segments: segmentCount, share });
  let pixels = pixelsOf(share);
  let profile = measureProfile(counts, pixels, comb);
  let segments: Segments | undefined;
  let fit: SegmentRefinement | undefined;
  for (let round = 0; round < PASSES.length; round++) {
    if (round > 0) {
      const { fwhm } = profile;
      reach = reachOf(parameters, options, (gap, k) => {
        return gap < 0.4 * fwhm[k]! ? 0 : Math.min(1.8 * fwhm[k]! + 1, gap);
      });
      pixels = pixelsOf(1);
      profile = measureProfile(counts, pixels, comb);
    }
    segments = fitSegments(counts, plane, parameters, comb, pixels, profile, {
      passes: PASSES[round]!,
      efficiency,
    });
    fit = refineOnSegments(segments, comb, parameters, {
      fixed,
      pixel: plane.pixel,
      center: options.center,
    });
    parameters = fit.parameters;
    if (round === 0) segmentCount = divide(segments, segmentCount, parameters, share, options);
  }
  return { fit: fit!, segments: segments!, profile };
}

/** How far pixels of each ring reach, from half the gap to the nearer neighbour in pixels. */
function reachOf(
  parameters: Float64Array,
  { plane, comb, rings }: RefineOptions,
  reach: (halfGap: number, ring: number) => number,
): Float64Array {
  const radius = radiiOf(parameters, comb, plane);
  return Float64Array.from(comb.twoTheta, (_, k) => {
    if (k >= rings) return 0;
    const below = k === 0 ? Infinity : radius[k]! - radius[k - 1]!;
    const above = k + 1 === radius.length ? Infinity : radius[k + 1]! - radius[k]!;
    return reach(Math.min(below, above) / 2, k);
  });
}

/** Typical radius of each ring in pixels: that of an untilted detector as far away along the beam. */
function radiiOf(p: Float64Array, comb: Comb, plane: Plane): Float64Array {
  const direct = p[0]! / (Math.cos(p[3]!) * Math.cos(p[4]!));
  return comb.twoTheta.map((angle) => (direct * Math.tan(Math.min(angle, 1.5))) / plane.pixel);
}

/** How many segments each ring is worth: as many as are still seen well, none shorter than a few pixels. */
function divide(
  segments: Segments,
  before: Int32Array,
  parameters: Float64Array,
  share: number,
  { plane, comb }: RefineOptions,
): Int32Array<ArrayBuffer> {
  const signals: number[][] = Array.from(before, () => []);
  for (let i = 0; i < segments.count; i++) signals[segments.ring[i]!]!.push(segments.signal[i]!);
  const radius = radiiOf(parameters, comb, plane);
  const counts = before.map((number, k) => {
    const sorted = signals[k]!.sort((a, b) => a - b);
    // A ring that few segments showed needs longer ones.
    const typical =
      sorted.length < 0.2 * number ? 4 : sorted[sorted.length >> 1]! / Math.sqrt(share);
    const wanted = number * (typical / SIGNAL) ** 2;
    const most = (2 * Math.PI * radius[k]!) / SHORTEST;
    return Math.round(Math.max(Math.min(wanted, most, 720), 18));
  });
  const total = counts.reduce((sum, n) => sum + n, 0);
  const scale = Math.min(1, MOST_SEGMENTS / total);
  return Int32Array.from(counts, (n) => Math.max(18, Math.round(n * scale)));
}
