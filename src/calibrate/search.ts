import { type Lines, voteCenters } from "./center-vote.js";
import { fitClosestRings } from "./closest-rings.js";
import type { Comb } from "./comb.js";
import { geometriesOfCone } from "./cone-geometry.js";
import { type Ellipse, fitCircle, fitEllipse } from "./conic.js";
import { scanDistances } from "./distance-scan.js";
import { ringScore } from "./likelihood.js";
import { SIZE, WAVELENGTH } from "./parameters.js";
import { type Points, thinned } from "./points.js";
import { twoThetaAt } from "./two-theta.js";

/** Crests on the detector's plane, in metres. */
export interface Crests extends Lines {
  /** Number of the arc of each point; −1 for none. */
  readonly arc: Int32Array;
  readonly arcs: number;
}

/** A geometry and how well rings explain the crests in it. */
export interface Candidate {
  readonly parameters: Float64Array;
  readonly score: number;
  readonly explained: number;
}

export interface SearchOptions {
  readonly wavelength: number;
  /** Size of a pixel in metres. */
  readonly pixel: number;
  /** Height and width of the detector in metres. */
  readonly size: readonly [number, number];
  /** Puts what is held at its value into a hypothesis. */
  readonly hold: (parameters: Float64Array) => Float64Array;
  readonly fixed: ArrayLike<number>;
  /** Beam centre (y, x) in metres that is held; default none. */
  readonly center?: readonly [number, number] | undefined;
  /** What is added to a score for how near a geometry is to what was given. */
  readonly prior: (parameters: Float64Array) => number;
}

const ROUGH_POINTS = 700;
const SCORE_POINTS = 1500;
const FIT_POINTS = 3000;
/** Arcs that hypotheses come from: the longest. */
const ARCS = 14;
/** Rings that an arc may be. */
const RINGS = 30;
/** Hypotheses that are fitted. */
const FITTED = 24;
/** Width of rings in pixels by which hypotheses are compared, before and after they are fitted. */
const ROUGH = [4, 1.8] as const;
const FINE = 1;

/**
 * Geometries in which the crests of an image lie on rings, best first, without any start values:
 * hypotheses from the point where normals meet and a scan of distances, and from ellipses of single
 * arcs, each taken for each ring in turn.
 */
export function searchGeometry(crests: Crests, comb: Comb, options: SearchOptions): Candidate[] {
  const { pixel, prior, hold } = options;
  const score = scorer(thinned(crests, ROUGH_POINTS), comb, pixel);
  const ranked = hypotheses(crests, comb, options)
    .map((raw) => {
      const parameters = hold(raw);
      const rough = ROUGH.map((sigma) => score(parameters, sigma).score);
      return { parameters, score: Math.max(...rough) + prior(parameters) };
    })
    .sort((a, b) => b.score - a.score);
  return fitCandidates(
    distinct(ranked).map(({ parameters }) => parameters),
    crests,
    comb,
    options,
  );
}

/** Given geometries, fitted to the crests; best first. */
export function tryStarts(
  starts: readonly Float64Array[],
  crests: Crests,
  comb: Comb,
  options: SearchOptions,
): Candidate[] {
  return fitCandidates(starts.map(options.hold), crests, comb, options);
}

function fitCandidates(
  starts: readonly Float64Array[],
  crests: Crests,
  comb: Comb,
  { fixed, pixel, prior, center }: SearchOptions,
): Candidate[] {
  const score = scorer(thinned(crests, SCORE_POINTS), comb, pixel);
  const points = thinned(crests, FIT_POINTS);
  const fitted: Candidate[] = [];
  for (const start of starts) {
    const parameters = fitClosestRings(start, points, comb, {
      fixed,
      pixel,
      center,
      tolerances: [12, 8, 5, 3, 2, 1.4, 1],
    });
    if (parameters === undefined) continue;
    const { score: fine, explained } = score(parameters, FINE);
    fitted.push({ parameters, score: fine + prior(parameters), explained });
    const convincing = fitted.filter(isConvincing).length;
    if (convincing >= 3) break;
  }
  return fitted.sort((a, b) => b.score - a.score);
}

/** Whether rings explain so much that no other geometry can explain more. */
export function isConvincing({ score, explained }: Candidate): boolean {
  return score > 0.6 && explained >= 0.6;
}

/** Scores geometries on points. */
export function scorer(
  points: Points,
  comb: Comb,
  pixel: number,
): (parameters: Float64Array, sigma: number) => { score: number; explained: number } {
  const twoTheta = new Float64Array(points.y.length);
  const slope = new Float64Array(points.y.length);
  return (parameters, sigma) => {
    twoThetaAt(parameters, points.y, points.x, twoTheta, slope);
    for (let i = 0; i < slope.length; i++) slope[i]! *= pixel;
    return ringScore(twoTheta, slope, comb, sigma);
  };
}

function hypotheses(crests: Crests, comb: Comb, options: SearchOptions): Float64Array[] {
  const { wavelength, pixel, size } = options;
  const found: Float64Array[] = [];
  const conics = arcConics(crests);
  const centers = voteCenters(thinnedLines(crests, 3000), size, 4);
  for (const circle of conics.circles.slice(0, 3)) centers.push([...circle.center]);
  const sample = thinned(crests, SCORE_POINTS);
  for (const center of apart(centers, 4 * pixel)) {
    const radii = sample.y.map(
      (y, i) => Math.hypot(y - center[0], sample.x[i]! - center[1]) / pixel,
    );
    for (const dist of ROUGH.flatMap((sigma) => scanDistances(radii, comb, sigma, 4))) {
      const parameters = new Float64Array(SIZE);
      parameters.set([dist * pixel, center[0], center[1], 0, 0]);
      parameters[WAVELENGTH] = wavelength;
      found.push(parameters);
    }
  }
  for (const conic of [...conics.ellipses, ...conics.circles]) {
    for (let k = 0; k < Math.min(RINGS, comb.twoTheta.length); k++) {
      found.push(...geometriesOfCone(conic, comb.twoTheta[k]!, wavelength));
    }
  }
  return found;
}

function arcConics({ y, x, arc, arcs }: Crests): { ellipses: Ellipse[]; circles: Ellipse[] } {
  const sizes = new Int32Array(arcs);
  for (const k of arc) if (k >= 0) sizes[k]!++;
  const longest = Array.from(sizes.keys())
    .sort((a, b) => sizes[b]! - sizes[a]! || a - b)
    .slice(0, ARCS);
  const ellipses: Ellipse[] = [];
  const circles: Ellipse[] = [];
  for (const wanted of longest) {
    if (sizes[wanted]! < 40) continue;
    const members: number[] = [];
    for (let i = 0; i < arc.length; i++) if (arc[i] === wanted) members.push(i);
    const stride = Math.max(1, Math.floor(members.length / 300));
    const used = members.filter((_, n) => n % stride === 0);
    const [py, px] = [Float64Array.from(used, (i) => y[i]!), Float64Array.from(used, (i) => x[i]!)];
    const ellipse = fitEllipse(py, px);
    const circle = fitCircle(py, px);
    if (ellipse !== undefined) ellipses.push(ellipse);
    if (circle !== undefined) circles.push(circle);
  }
  return { ellipses, circles };
}

/** Points of which none is nearer to another than `least`. */
function apart(points: readonly [number, number][], least: number): [number, number][] {
  const kept: [number, number][] = [];
  for (const point of points) {
    if (kept.every((other) => Math.hypot(other[0] - point[0], other[1] - point[1]) >= least)) {
      kept.push(point);
    }
  }
  return kept;
}

/** The best hypotheses that differ: of those alike one is enough. */
function distinct<T extends { readonly parameters: Float64Array }>(ranked: readonly T[]): T[] {
  const kept: T[] = [];
  for (const candidate of ranked) {
    if (kept.length >= FITTED) break;
    const [dist, poni1, poni2, rot1, rot2] = candidate.parameters as unknown as number[];
    const known = kept.some(({ parameters: p }) => {
      return (
        Math.abs(p[0]! / dist! - 1) < 0.01 &&
        Math.hypot(p[1]! - poni1!, p[2]! - poni2!) < 0.02 * dist! &&
        Math.hypot(p[3]! - rot1!, p[4]! - rot2!) < 0.02
      );
    });
    if (!known) kept.push(candidate);
  }
  return kept;
}

function thinnedLines(lines: Lines, most: number): Lines {
  const { y, x } = thinned(lines, most);
  const rest = thinned({ y: lines.directionY, x: lines.directionX }, most);
  return { y, x, directionY: rest.y, directionX: rest.x };
}
