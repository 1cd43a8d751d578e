import { TRACK_VALUES, type TrackValue } from "../../src/diffractogram-messages.js";
import type { GrowingRows } from "../../src/growing-rows.js";
import { latticeStrain } from "../../src/peaks/lattice-strain.js";
import { type StrainEllipse, strainEllipse } from "../../src/peaks/strain-ellipse.js";

const ALL: ChosenRows = { first: 0, step: 1 };

/** What of a tracked peak is plotted over time. */
export const EVOLVING = ["position", "fwhm", "area", "strain"] as const;
export type Evolving = (typeof EVOLVING)[number];

/** Values over time with their standard errors. */
export interface Series {
  readonly values: Float64Array;
  readonly sigma: Float64Array;
}

/** What strains are computed from; `dist` in metres for r. */
export interface StrainScale {
  readonly unit: string;
  /** Å. */
  readonly d0: number | null;
  readonly wavelength: number | undefined;
  readonly dist: number;
}

/** Rows of a track: from one on, at equal steps up to the last. */
export interface ChosenRows {
  readonly first: number;
  readonly step: number;
}

/** Rows that are as many as a plot can show. */
export function thinned(length: number, most: number): ChosenRows {
  const step = Math.max(1, Math.ceil(length / most));
  return { first: Math.max(0, length - 1) % step, step };
}

/** Times of a track's rows, in seconds since its first one. */
export function secondsOf(
  track: GrowingRows<Float64Array>,
  { first, step }: ChosenRows = ALL,
): Float64Array {
  const { data, columns, length } = track;
  const start = data[0] ?? 0;
  return Float64Array.from(
    { length: Math.ceil((length - first) / step) },
    (_, i) => data[(first + i * step) * columns]! - start,
  );
}

/** The newest position of a peak, the mean over the ranges; undefined while there is none. */
export function newestPosition(
  { data, columns, length }: GrowingRows<Float64Array>,
  peak: number,
  ranges: number,
  peaks: number,
): number | undefined {
  const width = TRACK_VALUES.length;
  if (length === 0 || columns !== 1 + width * peaks * ranges) return undefined;
  const first = (length - 1) * columns + 1 + width * peak * ranges;
  const known = Array.from({ length: ranges }, (_, range) => data[first + width * range]!).filter(
    Number.isFinite,
  );
  return known.length === 0
    ? undefined
    : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** The values of a peak in the diffractogram of one of a number of ranges, over rows of a track. */
export function seriesOf(
  track: GrowingRows<Float64Array>,
  place: { readonly peak: number; readonly range: number; readonly ranges: number },
  what: Evolving,
  scale: StrainScale,
  rows: ChosenRows = ALL,
): Series {
  if (what === "strain") return strainsOf(seriesOf(track, place, "position", scale, rows), scale);
  const sigma = `${what}Sigma` as TrackValue;
  return { values: column(track, place, what, rows), sigma: column(track, place, sigma, rows) };
}

/** Strains of positions; NaN without a spacing to compare with, or where no angle has a position. */
export function strainsOf({ values, sigma }: Series, scale: StrainScale): Series {
  const { unit, d0, wavelength, dist } = scale;
  const none = (): Float64Array => new Float64Array(values.length).fill(Number.NaN);
  if (d0 === null || !(d0 > 0) || unit === "r_pixel") return { values: none(), sigma: none() };
  try {
    const found = latticeStrain(values, sigma, {
      ...{ unit, d0, dist },
      ...(wavelength === undefined ? {} : { wavelength }),
    });
    return { values: found.strain, sigma: found.sigma };
  } catch {
    return { values: none(), sigma: none() };
  }
}

/** The ellipse through the strains of ranges that have a direction; undefined of fewer than three. */
export function ellipseThrough(
  directions: readonly (number | undefined)[],
  strains: readonly number[],
  sigmas: readonly number[],
): StrainEllipse | undefined {
  const used = directions.flatMap((direction, i) =>
    direction === undefined || !Number.isFinite(strains[i]! / sigmas[i]!) ? [] : [i],
  );
  try {
    return strainEllipse(
      used.map((i) => directions[i]!),
      used.map((i) => strains[i]!),
      used.map((i) => sigmas[i]!),
    );
  } catch {
    return undefined;
  }
}

function column(
  { data, columns, length }: GrowingRows<Float64Array>,
  {
    peak,
    range,
    ranges,
  }: { readonly peak: number; readonly range: number; readonly ranges: number },
  value: TrackValue,
  { first, step }: ChosenRows,
): Float64Array {
  const at = 1 + TRACK_VALUES.length * (peak * ranges + range) + TRACK_VALUES.indexOf(value);
  return Float64Array.from(
    { length: Math.ceil((length - first) / step) },
    (_, i) => data[(first + i * step) * columns + at] ?? Number.NaN,
  );
}
