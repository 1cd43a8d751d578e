import type { Comb } from "./comb.js";
import type { Counts } from "./counts.js";
import type { Plane } from "./plane.js";
import { profileFitter } from "./profile-fit.js";
import { type RingPixels, ringUnits } from "./ring-pixels.js";
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

export interface SegmentFitOptions {
  /** Gauss–Newton steps. */
  readonly passes: number;
  /** Part of the light that a pixel at (y, x) counts, in metres of the plane. */
  readonly efficiency: (parameters: Float64Array, y: number, x: number) => number;
}

const LN2 = Math.LN2;

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
  { passes, efficiency }: SegmentFitOptions,
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
  const unit = ringUnits(parameters, comb, plane);
  const gain = gainsOf(parameters, centers, angle, slope, plane.pixel, efficiency);
  const fitCrest = profileFitter(counts, pixels, profile, passes);
  for (let s = 0; s < total; s++) {
    if (first[s + 1]! - first[s]! < 12) continue;
    const k = ring[s]!;
    const perPixel = unit[k]!;
    const scale = perPixel / (slope[s]! * plane.pixel);
    const below = k > 0 ? (comb.twoTheta[k - 1]! - comb.twoTheta[k]!) / perPixel : -Infinity;
    const above =
      k + 1 < comb.twoTheta.length
        ? (comb.twoTheta[k + 1]! - comb.twoTheta[k]!) / perPixel
        : Infinity;
    const result = fitCrest(s, below, above, gain[s]! * scale);
    if (result === undefined) continue;
    [shift[s], sigma[s], signal[s]] = [result.shift * scale, result.sigma * scale, result.signal];
    kept.push(s);
  }
  return place(
    kept,
    { ...centers, angle, slope, ring, shift, sigma, signal },
    parameters,
    comb,
    plane,
  );
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
      const weight =
        (Math.max(data[i]!, 0) + 1) * Math.exp(-4 * LN2 * (offset[n]! / width) ** 2) + 1e-12;
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
  const [y, x, angle, slope] = [
    pick(fitted.y),
    pick(fitted.x),
    pick(fitted.angle),
    pick(fitted.slope),
  ];
  const shift = pick(fitted.shift);
  const ring = Int16Array.from(kept, (s) => fitted.ring[s]!);
  // Twice, because the slope changes a little on the way.
  for (let pass = 0; pass < 2; pass++) {
    twoThetaAt(parameters, y, x, angle, new Float64Array(count));
    const [slopeY, slopeX] = gradients(parameters, y, x, angle, 0.01 * plane.pixel);
    for (let n = 0; n < count; n++) {
      const [gy, gx] = [slopeY[n]!, slopeX[n]!];
      const target = comb.twoTheta[ring[n]!]! + shift[n]! * slope[n]! * plane.pixel;
      const move = (target - angle[n]!) / (gy * gy + gx * gx);
      y[n]! += move * gy;
      x[n]! += move * gx;
    }
  }
  return { count, ring, y, x, sigma: pick(fitted.sigma), shift, signal: pick(fitted.signal) };
}

/** Relative change of the efficiency per pixel outwards, at each place. */
function gainsOf(
  parameters: Float64Array,
  { y, x }: { readonly y: Float64Array; readonly x: Float64Array },
  angle: Float64Array,
  slope: Float64Array,
  pixel: number,
  efficiency: SegmentFitOptions["efficiency"],
): Float64Array {
  const out = new Float64Array(y.length);
  const [gy, gx] = gradients(parameters, y, x, angle, 0.01 * pixel);
  for (let i = 0; i < y.length; i++) {
    const scale = (0.5 * pixel) / (slope[i]! || 1);
    const [dy, dx] = [gy[i]! * scale, gx[i]! * scale];
    const inside = efficiency(parameters, y[i]! - dy, x[i]! - dx);
    const outside = efficiency(parameters, y[i]! + dy, x[i]! + dx);
    out[i] = (2 * (outside - inside)) / (outside + inside);
  }
  return out;
}

/** Derivatives of 2θ along both axes. */
function gradients(
  parameters: Float64Array,
  y: Float64Array,
  x: Float64Array,
  angle: Float64Array,
  step: number,
): [Float64Array, Float64Array] {
  const unused = new Float64Array(y.length);
  const [alongY, alongX] = [new Float64Array(y.length), new Float64Array(y.length)];
  twoThetaAt(
    parameters,
    y.map((v) => v + step),
    x,
    alongY,
    unused,
  );
  twoThetaAt(
    parameters,
    y,
    x.map((v) => v + step),
    alongX,
    unused,
  );
  return [
    alongY.map((v, i) => (v - angle[i]!) / step),
    alongX.map((v, i) => (v - angle[i]!) / step),
  ];
}
