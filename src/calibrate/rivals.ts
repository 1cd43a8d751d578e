import { type Calibrant, calibrant } from "../calibrant/calibrants.js";
import { largestSpacings } from "../calibrant/spacings.js";
import { fitClosestRings } from "./closest-rings.js";
import { type Comb, combOf, MOST_RINGS } from "./comb.js";
import { scanDistances } from "./distance-scan.js";
import { beamCenter, DIST, poniOfCenter, ROT1, ROT2, SIZE, WAVELENGTH } from "./parameters.js";
import { thinned } from "./points.js";
import { type Crests, scorer } from "./search.js";
import { twoThetaAt } from "./two-theta.js";

/** A calibrant that explains the crests in some geometry. */
export interface Rival {
  readonly name: string;
  readonly score: number;
  readonly explained: number;
  /** Distance to an untilted detector, in pixels, and rings. */
  readonly direct: number;
  readonly comb: Comb;
}

/** One calibrant for each sequence of rings; those with the same differ by the distance alone. */
const RIVALS = ["CeO2", "LaB6", "Si_SRM640e", "alpha_Al2O3_SRM676a_2015"] as const;

/**
 * How well other calibrants explain crests, the best first: with the beam where a geometry has it, at
 * any distance.
 */
export function scoreRivals(
  crests: Crests,
  parameters: Float64Array,
  given: Calibrant,
  { pixel, fixed }: { readonly pixel: number; readonly fixed: ArrayLike<number> },
): Rival[] {
  const points = thinned(crests, 1500);
  const angles = new Float64Array(points.y.length);
  const slopes = new Float64Array(points.y.length);
  twoThetaAt(parameters, points.y, points.x, angles, slopes);
  const direct = parameters[DIST]! / (Math.cos(parameters[ROT1]!) * Math.cos(parameters[ROT2]!));
  // As far from the beam as on a detector that is not tilted.
  const radii = angles.map((angle) => (direct * Math.tan(Math.min(angle, 1.5))) / pixel);
  const center = beamCenter(parameters);
  const wavelength = parameters[WAVELENGTH]!;
  const rivals: Rival[] = [];
  for (const rival of RIVALS) {
    const known = calibrant(rival);
    if (known.lattice?.rule === given.lattice?.rule) continue;
    const comb = combOf(largestSpacings(known, wavelength * 1e10 * 0.78, MOST_RINGS), wavelength);
    const score = scorer(points, comb, pixel);
    let best: Rival = { name: rival, score: -Infinity, explained: 0, direct: 0, comb };
    for (const dist of scanDistances(radii, comb, 2, 3)) {
      const start = new Float64Array(SIZE);
      start.set(parameters);
      start[DIST] = (dist * pixel * parameters[DIST]!) / direct;
      start.set(poniOfCenter(center, start[DIST]!, start[ROT1]!, start[ROT2]!), 1);
      const fitted = fitClosestRings(start, points, comb, {
        fixed,
        pixel,
        tolerances: [6, 4, 2.5, 1.5, 1],
      });
      if (fitted === undefined) continue;
      const found = score(fitted, 1);
      if (found.score > best.score) {
        const tilted = Math.cos(fitted[ROT1]!) * Math.cos(fitted[ROT2]!);
        best = { name: rival, ...found, direct: fitted[DIST]! / tilted / pixel, comb };
      }
    }
    rivals.push(best);
  }
  return rivals.sort((a, b) => b.score - a.score);
}
