import type { ViewArrays } from "../../src/widget-messages.js";

/** A profile of a view: radial values, ascending, and intensities. */
export interface Profile {
  readonly label: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/** The profiles among a view's arrays: `y0`, `y1` …, over `x0`, `x1` … or `x0` for all. */
export function profilesOf(arrays: ViewArrays, labels: readonly string[]): Profile[] {
  return labels.flatMap((label, i) => {
    const x = arrays[`x${i}`] ?? arrays.x0;
    const y = arrays[`y${i}`];
    return x === undefined || y === undefined ? [] : [{ label, x: x.data, y: y.data }];
  });
}

/** From the first bin's lower edge to the last one's upper edge, over all profiles. */
export function binEdges(profiles: readonly Profile[]): [low: number, high: number] {
  let [low, high] = [Infinity, -Infinity];
  for (const { x } of profiles) {
    const half = x.length > 1 ? (x[1]! - x[0]!) / 2 : 0.5;
    low = Math.min(low, x[0]! - half);
    high = Math.max(high, x[x.length - 1]! + half);
  }
  return low < high ? [low, high] : [0, 1];
}

/** Whether all profiles have one and the same radial axis. */
export function sharesAxis(profiles: readonly Profile[]): boolean {
  return profiles.every(({ x }) => x === profiles[0]!.x);
}
