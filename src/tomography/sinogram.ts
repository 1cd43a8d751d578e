import type { Image } from "../array.js";
import { OptionError } from "../errors.js";
import { checkOptionNames } from "../option-names.js";
import type { Scan } from "../scan/scan.js";

/** What of the patterns of a scan goes into a sinogram. */
export interface SinogramOptions {
  /** Limits in the scan's radial unit, both inside. */
  readonly radialRange: readonly [low: number, high: number];
  /** Ranges beside it whose mean is subtracted. Default none. */
  readonly background?: readonly (readonly [low: number, high: number])[];
}

/** What of a scan has to be known. */
export type TomographicScan = Pick<Scan, "shape" | "slow" | "radial" | "unit" | "intensity"> &
  Partial<Pick<Scan, "azimuthal">>;

/**
 * The sinogram of a radial range, `[slow, fast]`: the slow motor rotates the sample, the fast one moves
 * it across the beam. Each point is the mean intensity of the range, of all azimuths where the scan has
 * cakes; NaN where there is no frame.
 *
 * @throws OptionError for a range in which the scan has no bin.
 */
export function sinogram(scan: TomographicScan, options: SinogramOptions): Image<Float64Array> {
  checkOptionNames(options, ["radialRange", "background"]);
  const { radialRange, background = [] } = options;
  const signal = binsIn(scan, "radialRange", [radialRange]);
  const beside = background.length === 0 ? [] : binsIn(scan, "background", background);
  const cells = scan.azimuthal?.length ?? 1;
  const data = Float64Array.from({ length: scan.shape[0] * scan.shape[1] }, (_, point) => {
    const mean = (bins: readonly number[]): number => meanAt(scan, point * cells, cells, bins);
    return mean(signal) - (beside.length === 0 ? 0 : mean(beside));
  });
  return { data, shape: [...scan.shape] };
}

function binsIn(
  { radial, unit }: TomographicScan,
  option: string,
  ranges: readonly (readonly [number, number])[],
): number[] {
  const bins = Array.from(radial.keys()).filter((i) =>
    ranges.some(([low, high]) => radial[i]! >= low && radial[i]! <= high),
  );
  if (bins.length > 0) return bins;
  throw new OptionError(
    option,
    ranges,
    `no bin of the scan lies in it; they go from ${radial[0]} to ${radial.at(-1)} in ${unit}`,
  );
}

/** The mean of bins over some patterns one after the other, of those that have a value. */
function meanAt(
  { intensity, radial }: TomographicScan,
  first: number,
  count: number,
  bins: readonly number[],
): number {
  let [sum, values] = [0, 0];
  for (let pattern = first; pattern < first + count; pattern++) {
    for (const bin of bins) {
      const value = intensity[pattern * radial.length + bin]!;
      if (!Number.isFinite(value)) continue;
      sum += value;
      values++;
    }
  }
  return values === 0 ? Number.NaN : sum / values;
}
