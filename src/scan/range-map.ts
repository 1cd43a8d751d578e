import type { Scan } from "./scan.js";

/** Bins of a pattern, from the first to before the end. */
export type BinRange = readonly [first: number, end: number];

/** The profile of each point of a scan, `[point][bin]`; NaN where there is no pattern. */
export interface Profiles {
  readonly data: Float32Array;
  readonly points: number;
  readonly bins: number;
}

/** The bins whose centres lie in a range of the radial unit; the nearest one where none does. */
export function binsWithin(
  radial: Float64Array,
  [low, high]: readonly [low: number, high: number],
): BinRange {
  const first = radial.findIndex((value) => value >= low);
  const last = radial.findLastIndex((value) => value <= high);
  if (first >= 0 && last >= first) return [first, last + 1];
  const middle = (low + high) / 2;
  let nearest = 0;
  for (let i = 1; i < radial.length; i++) {
    if (Math.abs(radial[i]! - middle) < Math.abs(radial[nearest]! - middle)) nearest = i;
  }
  return [nearest, nearest + 1];
}

/**
 * The map of a radial range: the mean intensity of its bins at each point, less that of a background
 * range, which is as much as its area over its width.
 *
 * @returns a value for each point; NaN where no bin of the range, or of the background, has one.
 */
export function rangeMap(
  { data, points, bins }: Profiles,
  range: BinRange,
  background?: BinRange,
): Float32Array {
  const map = new Float32Array(points);
  for (let point = 0; point < points; point++) {
    const start = point * bins;
    const below = background === undefined ? 0 : meanWithin(data, start, background);
    map[point] = meanWithin(data, start, range) - below;
  }
  return map;
}

function meanWithin(data: Float32Array, start: number, [first, end]: BinRange): number {
  let [sum, count] = [0, 0];
  for (let i = start + first; i < start + end; i++) {
    const value = data[i]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    count++;
  }
  return sum / count;
}

/** The mean of all patterns that are there, NaN in bins that none has. */
export function meanPattern({ data, points, bins }: Profiles): Float64Array {
  const mean = new Float64Array(bins);
  const count = new Int32Array(bins);
  for (let point = 0, i = 0; point < points; point++) {
    for (let bin = 0; bin < bins; bin++, i++) {
      const value = data[i]!;
      if (Number.isNaN(value)) continue;
      mean[bin]! += value;
      count[bin]!++;
    }
  }
  return mean.map((sum, bin) => sum / count[bin]!);
}

/** The profiles of a scan; cakes are united over the azimuth, each bin that is there with equal weight. */
export function profilesOf(scan: Scan): Profiles {
  const bins = scan.radial.length;
  const points = scan.shape[0] * scan.shape[1];
  if (scan.azimuthal === undefined) return { data: scan.intensity, points, bins };
  const profiles: Profiles = { data: new Float32Array(points * bins), points, bins };
  for (let point = 0; point < points; point++) updateProfile(profiles, scan, point);
  return profiles;
}

/** Unites a point's cake again, after its pattern has come. */
export function updateProfile({ data, bins }: Profiles, scan: Scan, point: number): void {
  const { azimuthal, intensity } = scan;
  if (azimuthal === undefined) return;
  const rows = azimuthal.length;
  for (let bin = 0; bin < bins; bin++) {
    let [sum, count] = [0, 0];
    for (let row = 0; row < rows; row++) {
      const value = intensity[(point * rows + row) * bins + bin]!;
      if (Number.isNaN(value)) continue;
      sum += value;
      count++;
    }
    data[point * bins + bin] = sum / count;
  }
}
