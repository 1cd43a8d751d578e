import type { Spot } from "./options.js";

const DEGREE = Math.PI / 180;
/** Beyond this many widths a spot has less than 10⁻¹⁰ of its top. */
const REACH = 3;

/** Expected counts of round spots at a 2θ and a direction, both in radians. */
export function spotCounts(
  spots: readonly Spot[],
): (twoTheta: number, direction: number) => number {
  const placed = spots.map(({ direction, twoTheta, counts, width = 0.05 }) => ({
    towards: direction * DEGREE,
    center: twoTheta * DEGREE,
    across: Math.sin(twoTheta * DEGREE),
    counts,
    width: width * DEGREE,
  }));
  return (twoTheta, direction) => {
    let sum = 0;
    for (const { towards, center, across, counts, width } of placed) {
      const radial = (twoTheta - center) / width;
      if (radial > REACH || radial < -REACH) continue;
      const turn = direction - towards;
      const along = (across * (turn - 2 * Math.PI * Math.round(turn / (2 * Math.PI)))) / width;
      sum += counts * Math.exp(-4 * Math.LN2 * (radial * radial + along * along));
    }
    return sum;
  };
}
