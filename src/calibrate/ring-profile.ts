import { levenbergMarquardt } from "../fit/levenberg-marquardt.js";
import type { Comb } from "./comb.js";
import type { Counts } from "./counts.js";
import type { RingPixels } from "./ring-pixels.js";

/** The form of rings across: a pseudo-Voigt function whose width changes slowly with 2θ. */
export interface RingProfile {
  /** Full width at half maximum of each ring in pixels. */
  readonly fwhm: Float64Array;
  /** Lorentzian part, 0 to 1. */
  readonly eta: number;
}

const BINS_PER_PIXEL = 4;
/** Rings that tell the width of all of them. */
const MOST_RINGS = 16;
const LN2 = Math.LN2;

/** Measures widths and form on the sums around whole rings. */
export function measureProfile(counts: Counts, pixels: RingPixels, comb: Comb): RingProfile {
  const rings = comb.twoTheta.length;
  const found: { ring: number; fwhm: number; eta: number; weight: number }[] = [];
  const clearest = [...ringMeans(counts, pixels, rings)]
    .map(([ring, means]) => ({ ring, ...means, clarity: clarityOf(means) }))
    .sort((a, b) => b.clarity - a.clarity)
    .slice(0, MOST_RINGS);
  for (const { ring, x, mean, variance } of clearest) {
    const fit = fitMean(x, mean, variance);
    if (fit !== undefined) found.push({ ring, ...fit });
  }
  const fwhm = new Float64Array(rings).fill(4);
  if (found.length === 0) return { fwhm, eta: 0.3 };
  const eta = weightedMedian(found.map(({ eta, weight }) => ({ value: eta, weight })));
  const middle = weightedMedian(found.map(({ fwhm, weight }) => ({ value: fwhm, weight })));
  // A straight line over 2θ through the widths that are near their median.
  let [s, sx, sy, sxx, sxy] = [0, 0, 0, 0, 0];
  for (const { ring, fwhm: width, weight } of found) {
    if (Math.abs(width / middle - 1) > 0.3) continue;
    const angle = comb.twoTheta[ring]!;
    s += weight;
    sx += weight * angle;
    sy += weight * width;
    sxx += weight * angle * angle;
    sxy += weight * angle * width;
  }
  const determinant = s * sxx - sx * sx;
  const slope = determinant > 1e-6 * s * sxx ? (s * sxy - sx * sy) / determinant : 0;
  const base = (sy - slope * sx) / s;
  for (let k = 0; k < rings; k++) {
    const width = base + slope * comb.twoTheta[k]!;
    fwhm[k] = Math.min(Math.max(width, 0.6 * middle), 1.6 * middle);
  }
  return { fwhm, eta };
}

function weightedMedian(values: { value: number; weight: number }[]): number {
  const sorted = [...values].sort((a, b) => a.value - b.value);
  const half = sorted.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let sum = 0;
  for (const { value, weight } of sorted) {
    sum += weight;
    if (sum >= half) return value;
  }
  return sorted.at(-1)!.value;
}

interface RingMean {
  readonly x: number[];
  readonly mean: number[];
  readonly variance: number[];
}

function ringMeans({ data }: Counts, pixels: RingPixels, rings: number): Map<number, RingMean> {
  const { index, offset, first, ring } = pixels;
  const half = 16 * BINS_PER_PIXEL;
  const size = 2 * half + 1;
  const sum = new Float64Array(rings * size);
  const number = new Float64Array(rings * size);
  for (let s = 0; s < ring.length; s++) {
    const base = ring[s]! * size + half;
    for (let n = first[s]!; n < first[s + 1]!; n++) {
      const bin = Math.round(offset[n]! * BINS_PER_PIXEL);
      if (bin < -half || bin > half) continue;
      sum[base + bin]! += data[index[n]!]!;
      number[base + bin]!++;
    }
  }
  const means = new Map<number, RingMean>();
  for (let k = 0; k < rings; k++) {
    const x: number[] = [];
    const mean: number[] = [];
    const variance: number[] = [];
    for (let bin = -half; bin <= half; bin++) {
      const n = number[k * size + half + bin]!;
      if (n < 5) continue;
      const value = sum[k * size + half + bin]! / n;
      x.push(bin / BINS_PER_PIXEL);
      mean.push(value);
      // A few per cent besides, for what is not as even around the ring as counting statistics.
      variance.push((value + 0.5) / n + (0.03 * value) ** 2);
    }
    if (x.length >= 5 * BINS_PER_PIXEL) means.set(k, { x, mean, variance });
  }
  return means;
}

/** Height over the error of a bin, roughly. */
function clarityOf({ mean, variance }: RingMean): number {
  const top = Math.max(...mean);
  return (top - Math.min(...mean)) / Math.sqrt(variance[mean.indexOf(top)]!);
}

function fitMean(
  x: readonly number[],
  mean: readonly number[],
  variance: readonly number[],
): { fwhm: number; eta: number; weight: number } | undefined {
  const low = Math.min(...mean);
  const high = Math.max(...mean);
  let best: { fwhm: number; eta: number; weight: number; cost: number } | undefined;
  for (const eta of [0, 0.25, 0.5, 0.75, 1]) {
    const fit = levenbergMarquardt({
      start: Float64Array.from([low, 0, high - low, 0, Math.log(3)]),
      count: x.length,
      maxIterations: 20,
      tolerance: 1e-5,
      evaluate: ([base, slope, height, shift, logWidth], residuals, jacobian) => {
        const width = Math.exp(logWidth!);
        for (let i = 0; i < x.length; i++) {
          const weight = 1 / Math.sqrt(variance[i]!);
          const t = (x[i]! - shift!) / width;
          const gauss = Math.exp(-4 * LN2 * t * t);
          const lorentz = 1 / (1 + 4 * t * t);
          const value = eta * lorentz + (1 - eta) * gauss;
          const slopeT = -8 * t * (eta * lorentz * lorentz + (1 - eta) * LN2 * gauss);
          residuals[i] = (base! + slope! * x[i]! + height! * value - mean[i]!) * weight;
          const at = 5 * i;
          jacobian[at] = weight;
          jacobian[at + 1] = x[i]! * weight;
          jacobian[at + 2] = value * weight;
          jacobian[at + 3] = ((-height! * slopeT) / width) * weight;
          jacobian[at + 4] = -height! * slopeT * t * weight;
        }
      },
    });
    const [, , height, shift, logWidth] = fit.parameters;
    const error = Math.sqrt(fit.covariance?.[12] ?? Infinity);
    const fwhm = Math.exp(logWidth!);
    if (!(height! > 6 * error) || Math.abs(shift!) > 2 || !(fwhm > 0.8 && fwhm < 20)) continue;
    if (best === undefined || fit.cost < best.cost) {
      best = { fwhm, eta, weight: 1 / (0.02 + (error / height!) ** 2), cost: fit.cost };
    }
  }
  return best;
}
