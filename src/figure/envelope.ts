/** A line in parts of a plot's width and height, without the points that nobody can see. */
export interface Polyline {
  readonly x: number[];
  readonly y: number[];
}

/**
 * The outline of a long line: of each of `columns` stretches its first, lowest, highest and last
 * point at most, in their order, so that no peak is lost. NaN interrupts a line: it stays in.
 */
export function envelope(x: ArrayLike<number>, y: ArrayLike<number>, columns: number): Polyline {
  const points = Array.from({ length: x.length }, (_, i) => i);
  const kept = x.length <= 2 * columns ? points : outline(x, y, columns);
  return { x: kept.map((i) => x[i]!), y: kept.map((i) => y[i]!) };
}

function outline(x: ArrayLike<number>, y: ArrayLike<number>, columns: number): number[] {
  const kept: number[] = [];
  for (let column = 0; column < columns; column++) {
    const start = Math.floor((column * x.length) / columns);
    const end = Math.floor(((column + 1) * x.length) / columns);
    let [lowest, highest] = [start, start];
    for (let i = start; i < end; i++) {
      if (Number.isNaN(y[i]!)) continue;
      if (!(y[i]! >= y[lowest]!)) lowest = i;
      if (!(y[i]! <= y[highest]!)) highest = i;
    }
    kept.push(...new Set([Math.min(lowest, highest), Math.max(lowest, highest)]));
  }
  return kept;
}
