import type { Background } from "./options.js";

const DEGREE = Math.PI / 180;

/** Expected counts between the rings at a 2θ in radians. */
export function backgroundCounts({
  flat = 0,
  air,
  amorphous = [],
}: Background): (twoTheta: number) => number {
  return (twoTheta) => {
    const degrees = twoTheta / DEGREE;
    let counts = flat;
    if (air !== undefined) counts += air.counts * Math.exp(-degrees / air.decay);
    for (const { counts: top, twoTheta: center, width } of amorphous) {
      counts += top * Math.exp(-4 * Math.LN2 * ((degrees - center) / width) ** 2);
    }
    return counts;
  };
}
