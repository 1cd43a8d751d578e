/** A point of a plot in the units of its axes. */
export interface PlotPoint {
  readonly x: number;
  readonly y: number;
}

/** Ranges of both axes, in their units: from the left, from the bottom. */
export interface PlotRange {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Whether a value lies in a range, whichever way that runs. */
export function isWithin(value: number, [a, b]: readonly [number, number]): boolean {
  return (value - a) * (value - b) <= 0;
}
