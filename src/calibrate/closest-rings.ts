import { levenbergMarquardt } from "../fit/levenberg-marquardt.js";
import type { Comb } from "./comb.js";
import { CENTER_ROWS, holdCenter } from "./held-center.js";
import { SIZE, WAVELENGTH } from "./parameters.js";
import type { Points } from "./points.js";
import { twoThetaAt, twoThetaDerivatives } from "./two-theta.js";

/** A ring is told from its neighbours where it is this many tolerances wide, border to border. */
const APART = 4;

export interface ClosestRingOptions {
  /** Which parameters are held; the wavelength always is. */
  readonly fixed: ArrayLike<number>;
  /** Size of a pixel in metres. */
  readonly pixel: number;
  /** How far points may be from their rings, in pixels, step by step. */
  readonly tolerances: readonly number[];
  /** Beam centre (y, x) in metres that is held; default none. */
  readonly center?: readonly [number, number] | undefined;
}

/**
 * Moves a geometry so that points lie on the rings nearest to them: first with a wide tolerance on
 * those that are far apart, then with narrower ones on more and more of them.
 *
 * @returns `undefined` where too few points are near any ring.
 */
export function fitClosestRings(
  start: Float64Array,
  { y, x }: Points,
  comb: Comb,
  { fixed, pixel, tolerances, center }: ClosestRingOptions,
): Float64Array | undefined {
  const held = Uint8Array.from({ length: SIZE }, (_, j) => (j === WAVELENGTH ? 1 : fixed[j]!));
  const twoTheta = new Float64Array(y.length);
  const slope = new Float64Array(y.length);
  let parameters = start;
  let enough = false;
  for (const tolerance of tolerances) {
    twoThetaAt(parameters, y, x, twoTheta, slope);
    const used: number[] = [];
    const rings: number[] = [];
    for (let i = 0; i < y.length; i++) {
      const k = comb.nearest(twoTheta[i]!);
      if (k < 0) continue;
      const width = slope[i]! * pixel * tolerance;
      if (comb.border[k + 1]! - comb.border[k]! < APART * width) continue;
      if (Math.abs(twoTheta[i]! - comb.twoTheta[k]!) > 2 * width) continue;
      used.push(i);
      rings.push(k);
    }
    enough = used.length >= Math.max(20, 0.02 * y.length);
    if (!enough) continue;
    const [py, px] = [Float64Array.from(used, (i) => y[i]!), Float64Array.from(used, (i) => x[i]!)];
    const scale = Float64Array.from(used, (i) => 1 / (slope[i]! * pixel * tolerance));
    const angles = new Float64Array(used.length);
    const slopes = new Float64Array(used.length);
    const fit = levenbergMarquardt({
      start: parameters,
      count: used.length + (center === undefined ? 0 : CENTER_ROWS),
      fixed: held,
      cauchy: 0.7,
      maxIterations: 4,
      tolerance: 1e-4,
      evaluate: (p, residuals, jacobian) => {
        twoThetaAt(p, py, px, angles, slopes);
        for (let i = 0; i < used.length; i++) {
          residuals[i] = (angles[i]! - comb.twoTheta[rings[i]!]!) * scale[i]!;
          const at = i * SIZE;
          twoThetaDerivatives(p, py[i]!, px[i]!, jacobian, at);
          for (let j = 0; j < WAVELENGTH; j++) jacobian[at + j]! *= scale[i]!;
        }
        if (center !== undefined) holdCenter(p, center, pixel, residuals, jacobian, used.length);
      },
    });
    if (!plausible(fit.parameters)) return undefined;
    parameters = fit.parameters;
  }
  return enough ? parameters : undefined;
}

/** Nothing that a detector can be: behind the sample, or seen from the side. */
function plausible([dist, poni1, poni2, rot1, rot2]: Float64Array): boolean {
  return (
    dist! > 1e-3 &&
    dist! < 100 &&
    Math.abs(poni1!) < 100 &&
    Math.abs(poni2!) < 100 &&
    Math.abs(rot1!) < 1.3 &&
    Math.abs(rot2!) < 1.3
  );
}
