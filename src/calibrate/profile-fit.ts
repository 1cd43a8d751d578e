import { invertCholesky } from "../fit/cholesky.js";
import type { Counts } from "./counts.js";
import type { RingPixels } from "./ring-pixels.js";
import type { RingProfile } from "./ring-profile.js";

/** Where the crest of a piece of a ring is. */
export interface CrestFit {
  /** How far outside the expected place, in pixels. */
  readonly shift: number;
  /** Standard error of `shift`. */
  readonly sigma: number;
  /** Height over the standard error that it has from counting statistics. */
  readonly signal: number;
}

const LN2 = Math.LN2;
/** Parameters: base, slope, height, shift, logarithm of the width, heights of both neighbours. */
const SIZE = 7;
const HEIGHT = 2;
const SHIFT = 3;
const WIDTH = 4;
const BELOW = 5;
/** A slope of the background of so much of it per pixel is usual. */
const USUAL_SLOPE = 0.02;
/** The width may differ by about this part from that of the whole ring. */
const USUAL_WIDTH = 0.1;
/** Part of a ring's height by which its form may differ from the profile. */
const MISFIT = 0.02;
/** Standard errors beyond which a pixel counts ever less. */
const CAUCHY = 4;
/** A neighbour that is further away, in widths, does not reach into a segment. */
const REACH = 3.3;

/**
 * Fits the profile to the pixels of a segment: a straight background, the ring and its neighbours (at
 * `below` and `above`, in pixels from it), all moved by one shift; Poisson weights of the fitted model,
 * outliers weighted down, Gauss–Newton steps. `gain` is by how much more of the light is counted, per
 * pixel outwards.
 */
export function profileFitter(
  { data }: Counts,
  { index, offset, first, ring }: RingPixels,
  { fwhm, eta }: RingProfile,
  passes: number,
): (segment: number, below: number, above: number, gain: number) => CrestFit | undefined {
  const normal = new Float64Array(SIZE * SIZE);
  const right = new Float64Array(SIZE);
  const row = new Float64Array(SIZE);
  const p = new Float64Array(SIZE);

  /** Rough values to begin with; `false` where the pixels do not show both flanks of the ring. */
  const begin = (start: number, end: number, width: number): boolean => {
    let [lowest, highest] = [Infinity, -Infinity];
    let [edges, edgeSum, middles, middleSum] = [0, 0, 0, 0];
    for (let n = start; n < end; n++) {
      const u = offset[n]!;
      if (u < lowest) lowest = u;
      if (u > highest) highest = u;
      const far = Math.abs(u);
      if (far < 0.35 * width) {
        middles++;
        middleSum += data[index[n]!]!;
      } else if (far > 0.8 * width) {
        edges++;
        edgeSum += data[index[n]!]!;
      }
    }
    if (middles < 2 || lowest > -0.5 * width || highest < 0.5 * width) return false;
    p.fill(0);
    p[0] = Math.max(edges > 0 ? edgeSum / edges : 0.5 * (middleSum / middles), 0);
    p[HEIGHT] = Math.max(middleSum / middles - p[0]!, 0.1);
    return true;
  };

  return (segment, below, above, gain) => {
    const [start, end] = [first[segment]!, first[segment + 1]!];
    const usual = fwhm[ring[segment]!]!;
    if (!begin(start, end, usual)) return undefined;
    const span = REACH * usual;
    const neighbours = [-below < span ? below : undefined, above < span ? above : undefined];
    const alone = neighbours[0] === undefined && neighbours[1] === undefined;
    let covariance: Float64Array | undefined;
    let spread = 1;
    for (let pass = 0; pass < passes; pass++) {
      const [base, slope, height, shift] = [p[0]!, p[1]!, p[HEIGHT]!, p[SHIFT]!];
      const width = usual * Math.exp(p[WIDTH]!);
      // Sums in locals: the arrays' elements would be loaded and stored for every pixel.
      let [n00, n01, n02, n03, n04, n11, n12, n13] = [0, 0, 0, 0, 0, 0, 0, 0];
      let [n14, n22, n23, n24, n33, n34, n44] = [0, 0, 0, 0, 0, 0, 0];
      let [r0, r1, r2, r3, r4] = [0, 0, 0, 0, 0];
      let [chi2, used] = [0, 0];
      normal.fill(0);
      right.fill(0);
      for (let n = start; n < end; n++) {
        const u = offset[n]!;
        const t = (u - shift) / width;
        const gauss = (1 - eta) * Math.exp(-4 * LN2 * t * t);
        const lorentz = 1 / (1 + 4 * t * t);
        const value = eta * lorentz + gauss;
        const steep = (8 * height * t * (eta * lorentz * lorentz + LN2 * gauss)) / width;
        const ownSteep = steep * t * width;
        let derivative = steep;
        let peaks = height * value;
        if (!alone) {
          for (let j = 0; j < 2; j++) {
            const away = neighbours[j];
            if (away === undefined) continue;
            const tn = (u - shift - away) / width;
            const gaussN = (1 - eta) * Math.exp(-4 * LN2 * tn * tn);
            const lorentzN = 1 / (1 + 4 * tn * tn);
            const valueN = eta * lorentzN + gaussN;
            row[BELOW + j] = valueN;
            peaks += p[BELOW + j]! * valueN;
            derivative +=
              (8 * p[BELOW + j]! * tn * (eta * lorentzN * lorentzN + LN2 * gaussN)) / width;
          }
        }
        const model = base + slope * u + peaks;
        const variance = (model > 0.3 ? model : 0.3) + (MISFIT * peaks) ** 2;
        const residual = data[index[n]!]! / (1 + gain * u) - model;
        const ratio = (residual * residual) / variance;
        const robust = 1 / (1 + ratio / (CAUCHY * CAUCHY));
        const weight = robust / variance;
        chi2 += ratio * robust;
        used += robust;
        const wu = weight * u;
        const wv = weight * value;
        const wd = weight * derivative;
        const ww = weight * ownSteep;
        n00 += weight;
        n01 += wu;
        n02 += wv;
        n03 += wd;
        n04 += ww;
        n11 += wu * u;
        n12 += wu * value;
        n13 += wu * derivative;
        n14 += wu * ownSteep;
        n22 += wv * value;
        n23 += wv * derivative;
        n24 += wv * ownSteep;
        n33 += wd * derivative;
        n34 += wd * ownSteep;
        n44 += ww * ownSteep;
        r0 += weight * residual;
        r1 += wu * residual;
        r2 += wv * residual;
        r3 += wd * residual;
        r4 += ww * residual;
        if (!alone) {
          row[0] = 1;
          row[1] = u;
          row[2] = value;
          row[3] = derivative;
          row[4] = ownSteep;
          for (let a = BELOW; a < SIZE; a++) {
            if (neighbours[a - BELOW] === undefined) continue;
            const weighted = weight * row[a]!;
            right[a]! += weighted * residual;
            for (let b = 0; b <= a; b++) normal[a * SIZE + b]! += weighted * row[b]!;
          }
        }
      }
      const sums = [n00, n01, n11, n02, n12, n22, n03, n13, n23, n33, n04, n14, n24, n34, n44];
      for (let a = 0, at = 0; a < BELOW; a++) {
        for (let b = 0; b <= a; b++, at++) normal[a * SIZE + b] = sums[at]!;
      }
      right.set([r0, r1, r2, r3, r4]);
      addExpectations(normal, right, p, neighbours);
      for (let a = 0; a < SIZE; a++) {
        for (let b = 0; b < a; b++) normal[b * SIZE + a] = normal[a * SIZE + b]!;
      }
      covariance = invertCholesky(normal, SIZE);
      if (covariance === undefined) return undefined;
      for (let a = 0; a < SIZE; a++) {
        let step = 0;
        for (let b = 0; b < SIZE; b++) step += covariance[a * SIZE + b]! * right[b]!;
        const most = a === SHIFT ? 0.4 * usual : a === WIDTH ? 0.2 : Infinity;
        p[a]! += Math.min(Math.max(step, -most), most);
      }
      if (!(p[HEIGHT]! > 0) || Math.abs(p[SHIFT]!) > usual) return undefined;
      p[0] = Math.max(p[0]!, 0);
      spread = Math.max(chi2 / Math.max(used - 4, 1), 1);
    }
    const sigma = Math.sqrt(covariance![SHIFT * (SIZE + 1)]! * spread);
    const signal = p[HEIGHT]! / Math.sqrt(covariance![HEIGHT * (SIZE + 1)]!);
    if (!(signal > 4 * Math.sqrt(spread)) || !(sigma < 0.25 * usual)) return undefined;
    return { shift: p[SHIFT]!, sigma, signal };
  };
}

/** What is known of a segment before it is seen, so that few pixels do not run away. */
function addExpectations(
  normal: Float64Array,
  right: Float64Array,
  p: Float64Array,
  neighbours: readonly (number | undefined)[],
): void {
  const slope = (USUAL_SLOPE * Math.max(p[0]!, 1)) ** -2;
  normal[SIZE + 1]! += slope;
  right[1]! -= slope * p[1]!;
  const width = USUAL_WIDTH ** -2;
  normal[WIDTH * (SIZE + 1)]! += width;
  right[WIDTH]! -= width * p[WIDTH]!;
  // A neighbour out of sight keeps its height of nothing.
  const loose = 1e-6 / Math.max(p[0]! + p[HEIGHT]!, 1) ** 2;
  for (let j = 0; j < 2; j++) {
    normal[(BELOW + j) * (SIZE + 1)]! += neighbours[j] === undefined ? 1 : loose;
  }
}
