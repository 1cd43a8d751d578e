/**
 * The place of a maximum, by a parabola through its bin and those beside, and its width: between the
 * places where it has half its height, linearly between bins; where one side leads up to another peak
 * before, twice the narrower side.
 *
 * @returns `undefined` for one that is cut off by a gap or an end before it has half its height.
 */
export function measurePeak(
  radial: ArrayLike<number>,
  net: Float64Array,
  at: number,
): { readonly center: number; readonly fwhm: number } | undefined {
  const [left, right] = [flank(radial, net, at, -1), flank(radial, net, at, 1)];
  if (left === undefined || right === undefined) return undefined;
  const center = vertex(radial, net, at);
  const narrow = 2 * Math.min(center - left.place, right.place - center);
  const fwhm = left.isHalf && right.isHalf ? right.place - left.place : narrow;
  // Of values whose differences are beyond all numbers, nothing is known.
  return fwhm > 0 && Number.isFinite(center) ? { center, fwhm } : undefined;
}

function vertex(radial: ArrayLike<number>, net: Float64Array, at: number): number {
  const [a, b, c] = [net[at - 1]!, net[at]!, net[at + 1]!];
  const curvature = a - 2 * b + c;
  const shift = curvature < 0 ? Math.max(-0.5, Math.min(0.5, (0.5 * (a - c)) / curvature)) : 0;
  const step = shift < 0 ? radial[at]! - radial[at - 1]! : radial[at + 1]! - radial[at]!;
  return radial[at]! + shift * step;
}

/** Where the curve falls below half a maximum, or its lowest place before a higher one. */
function flank(
  radial: ArrayLike<number>,
  net: Float64Array,
  at: number,
  direction: 1 | -1,
): { readonly place: number; readonly isHalf: boolean } | undefined {
  const half = net[at]! / 2;
  let lowest = at + direction;
  for (let i = lowest; ; i += direction) {
    const value = net[i];
    if (value === undefined || !Number.isFinite(value)) return undefined;
    if (value < half) {
      const before = net[i - direction]!;
      const share = (before - half) / (before - value);
      const [from, to] = [radial[i - direction]!, radial[i]!];
      return { place: from + share * (to - from), isHalf: true };
    }
    if (value > net[at]!) return { place: radial[lowest]!, isHalf: false };
    if (value < net[lowest]!) lowest = i;
  }
}
