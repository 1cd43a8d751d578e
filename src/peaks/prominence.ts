/** A maximum of a curve. */
export interface Maximum {
  readonly at: number;
  /** Its prominence: above the higher of the lowest places on the way to higher ones, or to the ends. */
  readonly value: number;
}

/**
 * The maxima of a curve, none of them at an end or at a gap, where values are not finite; of a plateau,
 * the middle.
 */
export function prominences(curve: Float64Array): Maximum[] {
  const maxima: Maximum[] = [];
  for (let i = 1; i < curve.length - 1; i++) {
    if (!(curve[i]! > curve[i - 1]!)) continue;
    let end = i;
    while (curve[end + 1] === curve[i]) end++;
    if (curve[end + 1]! < curve[i]!) {
      const at = (i + end) >> 1;
      const valley = Math.max(lowestTowards(curve, i, -1), lowestTowards(curve, end, 1));
      maxima.push({ at, value: curve[i]! - valley });
    }
    i = end;
  }
  return maxima;
}

/** The lowest value between a maximum and a higher one, a gap or the end. */
function lowestTowards(curve: Float64Array, start: number, direction: 1 | -1): number {
  const top = curve[start]!;
  let lowest = top;
  for (let i = start + direction; curve[i]! <= top; i += direction) {
    if (curve[i]! < lowest) lowest = curve[i]!;
  }
  return lowest;
}
