import type { TypedArray } from "../../array.js";
import type { Cakes } from "../../cake/cakes.js";
import type { PeakPattern } from "../../peaks/options.js";

/** Profiles of several directions in one array; an `Integrate2dResult` is one. */
export interface CakedPattern {
  /** Bin centres, ascending. */
  readonly radial: ArrayLike<number>;
  /** In degrees. */
  readonly azimuthal: ArrayLike<number>;
  /** Row-major, `[azimuthal][radial]`. */
  readonly intensity: TypedArray;
  /** Standard errors, in the same places. */
  readonly sigma?: TypedArray;
}

/** What one frame gives: a profile, or one for each direction. */
export type TrackedPattern = PeakPattern | CakedPattern | Cakes;

/** The profiles of a frame. */
export interface Directions {
  readonly patterns: readonly PeakPattern[];
  /** In degrees; `undefined` of a frame that has one profile. */
  readonly directions: ArrayLike<number> | undefined;
}

/** Takes a frame's profiles apart, without a copy. */
export function directionsOf(pattern: TrackedPattern): Directions {
  if (isCakes(pattern)) {
    const { radial, intensity, sigma, centers } = pattern;
    const patterns = intensity.map((values, i) => rowOf(radial, values, sigma?.[i]));
    return { patterns, directions: centers };
  }
  if (!isCake(pattern)) return { patterns: [pattern], directions: undefined };
  const { radial, azimuthal, intensity, sigma } = pattern;
  const bins = radial.length;
  const patterns = Array.from(azimuthal, (_, i) => {
    const [from, to] = [i * bins, (i + 1) * bins];
    return rowOf(radial, intensity.subarray(from, to), sigma?.subarray(from, to));
  });
  return { patterns, directions: azimuthal };
}

function isCakes(pattern: TrackedPattern): pattern is Cakes {
  return "centers" in pattern;
}

function isCake(pattern: TrackedPattern): pattern is CakedPattern {
  return "azimuthal" in pattern;
}

function rowOf(
  radial: ArrayLike<number>,
  intensity: TypedArray,
  sigma: TypedArray | undefined,
): PeakPattern {
  return sigma === undefined ? { radial, intensity } : { radial, intensity, sigma };
}

/** The mean of all directions that have a value; its error, where they have errors. */
export function meanOfDirections({ patterns }: Directions): PeakPattern {
  const first = patterns[0]!;
  if (patterns.length === 1) return first;
  const bins = first.radial.length;
  const mean = new Float64Array(bins);
  const variance = new Float64Array(bins);
  const number = new Float64Array(bins);
  for (const { intensity, sigma } of patterns) {
    for (let i = 0; i < bins; i++) {
      if (!Number.isFinite(intensity[i]!)) continue;
      mean[i]! += intensity[i]!;
      variance[i]! += (sigma?.[i] ?? 0) ** 2;
      number[i]!++;
    }
  }
  const pattern = { radial: first.radial, intensity: mean.map((sum, i) => sum / number[i]!) };
  if (first.sigma === undefined) return pattern;
  return { ...pattern, sigma: variance.map((sum, i) => Math.sqrt(sum) / number[i]!) };
}
