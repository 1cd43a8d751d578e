import { invertCholesky } from "../fit/cholesky.js";
import type { Comb } from "./comb.js";
import type { Counts } from "./counts.js";
import type { Plane } from "./plane.js";
import type { RingPixels } from "./ring-pixels.js";
import type { RingProfile } from "./ring-profile.js";
import { twoThetaAt } from "./two-theta.js";

/** Pieces of rings and where they are, one entry each. */
export interface Segments {
  readonly count: number;
  readonly ring: Int16Array;
  /** Where the ring's crest is, in metres of the detector's plane. */
  readonly y: Float64Array;
  readonly x: Float64Array;
  /** Standard error of its place across the ring, in pixels. */
  readonly sigma: Float64Array;
  /** How far outside the expected place it was, in pixels. */
  readonly shift: Float64Array;
  /** Height over its standard error. */
  readonly signal: Float64Array;
}

const LN2 = Math.LN2;
/** Base, slope, three heights (the ring's and its neighbours'), shift. */
const SIZE = 6;
const BASE = 0;
const SLOPE = 1;
const HEIGHT = 2;
const SHIFT = 5;
/** A slope of the background of so much of it per pixel is usual. */
const USUAL_SLOPE = 0.02;
/** Part of a ring's height by which its form may differ from the profile. */
const MISFIT = 0.02;
/** Standard errors beyond which a pixel counts ever less. */
const CAUCHY = 4;
const PASSES = 4;

/**
 * Where pieces of rings are, by fitting the profile to raw pixels: a straight background, the ring and
 * its neighbours, all moved by one shift; Poisson weights of the fitted model, outliers weighted down.
 *
 * Pixels count where they are: nothing is binned, so nothing is biased by bins.
 */
export function fitSegments(
  counts: Counts,
  plane: Plane,
  parameters: Float64Array,
  comb: Comb,
  pixels: RingPixels,
  profile: RingProfile,
): Segments {
  const { first, ring } = pixels;
  const total = ring.length;
  const centers = segmentCenters(counts, plane, pixels, profile);
  const angle = new Float64Array(total);
  const slope = new Float64Array(total);
  twoThetaAt(parameters, centers.y, centers.x, angle, slope);
  const kept: number[] = [];
  const shift = new Float64Array(total);
  const sigma = new Float64Array(total);
  const signal = new Float64Array(total);
  const fit = segmentFitter(counts, pixels, profile);
  for (let s = 0; s < total; s++) {
    if (first[s + 1]! - first[s]! < 12) continue;
    const k = ring[s]!;
    const perPixel = slope[s]! * plane.pixel;
    const below = k > 0 ? (comb.twoTheta[k - 1]! - comb.twoTheta[k]!) / perPixel : -Infinity;
    const above =
      k + 1 < comb.twoTheta.length
        ? (comb.twoTheta[k + 1]! - comb.twoTheta[k]!) / perPixel
        : Infinity;
    const result = fit(s, below, above);
    if (result === undefined) continue;
    [shift[s], sigma[s], signal[s]] = [result.shift, result.sigma, result.signal];
    kept.push(s);
  }
  return place(kept, { ...centers, angle, slope, ring, shift, sigma, signal }, parameters, comb, plane);
}

interface FitResult {
  readonly shift: number;
  readonly sigma: number;
  readonly signal: number;
}

function segmentFitter({ data }: Counts, pixels: RingPixels, { fwhm, eta }: RingProfile) {
  const { index, offset, first, ring } = pixels;
  const normal = new Float64Array(SIZE * SIZE);
  const right = new Float64Array(SIZE);
  const row = new Float64Array(SIZE);
  const p = new Float64Array(SIZE);
  return (s: number, below: number, above: number): FitResult | undefined => {
    const [start, end] = [first[s]!, first[s + 1]!];
    const width = fwhm[ring[s]!]!;
    let [lowest, highest] = [Infinity, -Infinity];
    let [edges, edgeSum, middles, middleSum] = [0, 0, 0, 0];
    for (let n = start; n < end; n++) {
      const u = offset[n]!;
      lowest = Math.min(lowest, u);
      highest = Math.max(highest, u);
      if (Math.abs(u) < 0.35 * width) {
        middles++;
        middleSum += data[index[n]!]!;
      } else if (Math.abs(u) > 0.8 * width) {
        edges++;
        edgeSum += data[index[n]!]!;
      }
    }
    // Both flanks must be there: a ring cut by a gap looks as if it were elsewhere.
    if (middles < 2 || lowest > -0.5 * width || highest < 0.5 * width) return undefined;
    p.fill(0);
    p[BASE] = edges > 0 ? edgeSum / edges : 0.5 * (middleSum / middles);
    p[HEIGHT] = Math.max(middleSum / middles - p[BASE]!, 0.1);
    const usesBelow = -below < highest - lowest + 1.2 * width;
    const usesAbove = above < highest - lowest + 1.2 * width;
    let covariance: Float64Array | undefined;
    let chi2 = 0;
    let weights = 0;
    for (let pass = 0; pass < PASSES; pass++) {
      normal.fill(0);
      right.fill(0);
      chi2 = 0;
      weights = 0;
      const moved = p[SHIFT]!;
      for (let n = start; n < end; n++) {
        const u = offset[n]!;
        row[BASE] = 1;
        row[SLOPE] = u;
        let derivative = 0;
        let peaks = 0;
        for (let j = 0; j < 3; j++) {
          row[HEIGHT + j] = 0;
          if ((j === 1 && !usesBelow) || (j === 2 && !usesAbove)) continue;
          const t = (u - moved - (j === 0 ? 0 : j === 1 ? below : above)) / width;
          const gauss = Math.exp(-4 * LN2 * t * t);
          const lorentz = 1 / (1 + 4 * t * t);
          const value = eta * lorentz + (1 - eta) * gauss;
          row[HEIGHT + j] = value;
          peaks += p[HEIGHT + j]! * value;
          derivative +=
            (p[HEIGHT + j]! * 8 * t * (eta * lorentz * lorentz + (1 - eta) * LN2 * gauss)) / width;
        }
        row[SHIFT] = derivative;
        const model = p[BASE]! + p[SLOPE]! * u + peaks;
        const variance = Math.max(model, 0.3) + (MISFIT * peaks) ** 2;
        const residual = data[index[n]!]! - model;
        const ratio = residual * residual / variance;
        const robust = 1 / (1 + ratio / (CAUCHY * CAUCHY));
        const weight = robust / variance;
        chi2 += ratio * robust;
        weights += robust;
        for (let a = 0; a < SIZE; a++) {
          const weighted = weight * row[a]!;
          if (weighted === 0) continue;
          right[a]! += weighted * residual;
          for (let b = 0; b <= a; b++) normal[a * SIZE + b]! += weighted * row[b]!;
        }
      }
      for (let a = 0; a < SIZE; a++) {
        for (let b = 0; b < a; b++) normal[b * SIZE + a] = normal[a * SIZE + b]!;
      }
      const usual = USUAL_SLOPE * Math.max(p[BASE]!, 1);
      normal[SLOPE * SIZE + SLOPE]! += 1 / (usual * usual);
      right[SLOPE]! -= p[SLOPE]! / (usual * usual);
      // A neighbour that is not in sight keeps its height of nothing.
      const loose = 1e-6 / Math.max(p[BASE]! + p[HEIGHT]!, 1) ** 2;
      for (let j = 1; j < 3; j++) {
        const unseen = (j === 1 && !usesBelow) || (j === 2 && !usesAbove);
        normal[(HEIGHT + j) * (SIZE + 1)]! += unseen ? 1 : loose;
      }
      covariance = invertCholesky(normal, SIZE);
      if (covariance === undefined) return undefined;
      for (let a = 0; a < SIZE; a++) {
        let step = 0;
        for (let b = 0; b < SIZE; b++) step += covariance[a * SIZE + b]! * right[b]!;
        if (a === SHIFT) step = Math.min(Math.max(step, -0.4 * width), 0.4 * width);
        p[a]! += step;
      }
      if (!(p[HEIGHT]! > 0) || Math.abs(p[SHIFT]!) > width) return undefined;
      p[BASE] = Math.max(p[BASE]!, 0);
    }
    const spread = Math.max(chi2 / Math.max(weights - 4, 1), 1);
    const sigma = Math.sqrt(covariance![SHIFT * SIZE + SHIFT]! * spread);
    const signal = p[HEIGHT]! / Math.sqrt(covariance![HEIGHT * SIZE + HEIGHT]! * spread);
    if (!(signal > 4) || !(sigma < 0.25 * width)) return undefined;
    return { shift: p[SHIFT]!, sigma, signal };
  };
}

/** The middle of each segment's pixels on its ring, weighted by the profile. */
function segmentCenters(
  { shape, data }: Counts,
  plane: Plane,
  { index, offset, first, ring }: RingPixels,
  { fwhm }: RingProfile,
): { y: Float64Array; x: Float64Array } {
  const columns = shape[1];
  const y = new Float64Array(ring.length);
  const x = new Float64Array(ring.length);
  for (let s = 0; s < ring.length; s++) {
    let [sum, sumY, sumX] = [0, 0, 0];
    const width = fwhm[ring[s]!]!;
    for (let n = first[s]!; n < first[s + 1]!; n++) {
      const i = index[n]!;
      const weight = (Math.max(data[i]!, 0) + 1) * Math.exp(-4 * LN2 * (offset[n]! / width) ** 2) + 1e-12;
      const row = Math.floor(i / columns);
      sum += weight;
      sumY += weight * plane.rows[row]!;
      sumX += weight * plane.columns[i - row * columns]!;
    }
    y[s] = sum > 0 ? sumY / sum : plane.rows[0]!;
    x[s] = sum > 0 ? sumX / sum : plane.columns[0]!;
  }
  return { y, x };
}

interface Fitted {
  readonly y: Float64Array;
  readonly x: Float64Array;
  readonly angle: Float64Array;
  readonly slope: Float64Array;
  readonly ring: Int16Array;
  readonly shift: Float64Array;
  readonly sigma: Float64Array;
  readonly signal: Float64Array;
}

/** Moves the middle of each segment across the ring to where the crest was found. */
function place(
  kept: readonly number[],
  fitted: Fitted,
  parameters: Float64Array,
  comb: Comb,
  plane: Plane,
): Segments {
  const count = kept.length;
  const pick = (values: Float64Array): Float64Array => Float64Array.from(kept, (s) => values[s]!);
  const [y, x, angle, slope] = [pick(fitted.y), pick(fitted.x), pick(fitted.angle), pick(fitted.slope)];
  const shift = pick(fitted.shift);
  const ring = Int16Array.from(kept, (s) => fitted.ring[s]!);
  // Twice, because the slope changes a little on the way.
  for (let pass = 0; pass < 2; pass++) {
    const step = 0.01 * plane.pixel;
    const [beyondY, beyondX] = [y.map((v) => v + step), x.map((v) => v + step)];
    const [alongY, alongX] = [new Float64Array(count), new Float64Array(count)];
    const unused = new Float64Array(count);
    twoThetaAt(parameters, beyondY, x, alongY, unused);
    twoThetaAt(parameters, y, beyondX, alongX, unused);
    twoThetaAt(parameters, y, x, angle, unused);
    for (let n = 0; n < count; n++) {
      const gy = (alongY[n]! - angle[n]!) / step;
      const gx = (alongX[n]! - angle[n]!) / step;
      const target = comb.twoTheta[ring[n]!]! + shift[n]! * slope[n]! * plane.pixel;
      const move = (target - angle[n]!) / (gy * gy + gx * gx);
      y[n]! += move * gy;
      x[n]! += move * gx;
    }
  }
  return { count, ring, y, x, sigma: pick(fitted.sigma), shift, signal: pick(fitted.signal) };
}
