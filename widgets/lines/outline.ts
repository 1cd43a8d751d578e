/** Points of a line, x and y in turn; NaN for y interrupts it. */
export type Points = Float64Array;

/**
 * The points of a line between two values of x that a screen of `columns` pixels can tell apart: of
 * each column the first, lowest, highest and last, so that no peak is lost and zooming shows all.
 *
 * @param x ascending.
 */
export function visibleOutline(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  [low, high]: readonly [number, number],
  columns: number,
): Points {
  // One point beyond each end, so that the line reaches the frame.
  const start = Math.max(0, firstAtLeast(x, low) - 1);
  const end = Math.min(x.length, firstAtLeast(x, high) + 1);
  const count = Math.max(0, end - start);
  if (count <= 4 * columns) {
    const points = new Float64Array(2 * count);
    for (let i = 0; i < count; i++) {
      points[2 * i] = x[start + i]!;
      points[2 * i + 1] = y[start + i]!;
    }
    return points;
  }
  const points = new Float64Array(10 * (columns + 2));
  const perColumn = columns / (high - low);
  let used = 0;
  for (let i = start; i < end; ) {
    const column = Math.floor((x[i]! - low) * perColumn);
    let [lowest, highest, last] = [i, i, i];
    let gap = Number.isNaN(y[i]!) ? i : -1;
    for (let k = i + 1; k < end && Math.floor((x[k]! - low) * perColumn) === column; k++) {
      const value = y[k]!;
      last = k;
      if (Number.isNaN(value)) gap = k;
      else {
        if (!(value >= y[lowest]!)) lowest = k;
        if (!(value <= y[highest]!)) highest = k;
      }
    }
    const kept = [i, lowest, highest, gap, last].filter((at) => at >= 0).sort((a, b) => a - b);
    for (const [n, at] of kept.entries()) {
      if (at === kept[n - 1]) continue;
      points[used++] = x[at]!;
      points[used++] = y[at]!;
    }
    i = last + 1;
  }
  return points.subarray(0, used);
}

/** The first place of an ascending array whose value is at least this one. */
export function firstAtLeast(x: ArrayLike<number>, value: number): number {
  let [low, high] = [0, x.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (x[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place of an ascending array whose value is nearest; −1 for an empty one. */
export function nearestTo(x: ArrayLike<number>, value: number): number {
  const at = firstAtLeast(x, value);
  if (at === 0) return x.length === 0 ? -1 : 0;
  if (at === x.length) return at - 1;
  return value - x[at - 1]! <= x[at]! - value ? at - 1 : at;
}
