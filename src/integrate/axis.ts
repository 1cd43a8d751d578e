/** Equal bins from `low` to `high`. */
export interface Axis {
  readonly low: number;
  readonly high: number;
  readonly bins: number;
}

/** The centre of each bin. */
export function binCenters({ low, high, bins }: Axis): Float64Array {
  const width = (high - low) / bins;
  return Float64Array.from({ length: bins }, (_, i) => low + (i + 0.5) * width);
}
