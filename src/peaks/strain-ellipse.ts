import { OptionError } from "../errors.js";
import { invertCholesky } from "../fit/cholesky.js";

const DEGREE = Math.PI / 180;
const SIZE = 3;

/** Strains in the plane of the detector, by axis 1 at direction 0 and axis 2 at direction 90°. */
export interface StrainTensor {
  readonly e11: number;
  readonly e22: number;
  /** The tensor's component: half of the engineering shear strain. */
  readonly e12: number;
}

/** The largest and the smallest strain, and where they are. */
export interface PrincipalStrains {
  readonly largest: number;
  readonly smallest: number;
  /** Of the largest, in degrees from −90 to 90. */
  readonly direction: number;
}

/** The ellipse through strains along several directions. */
export interface StrainEllipse extends StrainTensor, PrincipalStrains {
  /** Standard errors. */
  readonly sigma: StrainTensor & PrincipalStrains;
  /** χ² over the degrees of freedom; `undefined` where three directions leave none. */
  readonly chi2: number | undefined;
  /** Directions that have a strain. */
  readonly points: number;
}

/**
 * Fits ε(φ) = e11 cos²φ + e22 sin²φ + 2 e12 sin φ cos φ to the strains of the same peak in several
 * cakes, by least squares. Strains that are NaN are left out.
 *
 * Directions are taken as they are given: those of `cakes.centers` run clockwise from North, so that
 * axis 1 is up and axis 2 to the right in the displayed image; `azimuthal` of a plan runs as pyFAI's χ.
 * Strain along the scattering vector is that in the plane as far as θ is small.
 *
 * @param directions in degrees.
 * @param sigmas standard errors of the strains; else errors are those that the scatter tells.
 * @throws OptionError where the directions, φ and φ + 180° being one, are less than three
 * @example
 * const ellipse = strainEllipse(cakes.centers, strain, sigma);
 * ellipse.direction;       // of the largest strain
 */
export function strainEllipse(
  directions: ArrayLike<number>,
  strains: ArrayLike<number>,
  sigmas?: ArrayLike<number>,
): StrainEllipse {
  const used = Array.from({ length: directions.length }, (_, i) => i).filter((i) =>
    Number.isFinite(strains[i]! / (sigmas?.[i] ?? 1)),
  );
  const rows = used.map((i) => {
    const weight = sigmas === undefined ? 1 : 1 / sigmas[i]!;
    const [cos, sin] = [Math.cos(directions[i]! * DEGREE), Math.sin(directions[i]! * DEGREE)];
    const terms = [cos * cos, sin * sin, 2 * sin * cos].map((term) => term * weight);
    return { terms, value: strains[i]! * weight };
  });
  const normal = new Float64Array(SIZE * SIZE);
  const right = new Float64Array(SIZE);
  for (const { terms, value } of rows) {
    for (let a = 0; a < SIZE; a++) {
      right[a]! += terms[a]! * value;
      for (let b = 0; b < SIZE; b++) normal[a * SIZE + b]! += terms[a]! * terms[b]!;
    }
  }
  // Two directions may seem to be three by rounding.
  const towards = new Set(
    used.map((i) => Math.round((((directions[i]! % 180) + 180) % 180) * 1e3)),
  );
  if (towards.has(180_000)) towards.delete(0);
  const covariance = towards.size < SIZE ? undefined : invertCholesky(normal, SIZE);
  if (covariance === undefined) {
    throw new OptionError(
      "directions",
      used.map((i) => directions[i]!),
      `${used.length} strains do not determine an ellipse; give those of three directions at least`,
    );
  }
  const solution = Array.from({ length: SIZE }, (_, a) =>
    right.reduce((sum, value, b) => sum + covariance[a * SIZE + b]! * value, 0),
  );
  const [e11, e22, e12] = solution as [number, number, number];
  const cost = rows.reduce((sum, { terms, value }) => {
    return sum + (value - terms.reduce((all, term, a) => all + term * solution[a]!, 0)) ** 2;
  }, 0);
  const freedom = used.length - SIZE;
  const chi2 = freedom > 0 ? cost / freedom : undefined;
  const scale = sigmas === undefined ? (chi2 ?? Number.NaN) : 1;
  return {
    e11,
    e22,
    e12,
    ...ellipseOf([e11, e22, e12], covariance, scale),
    chi2,
    points: used.length,
  };
}

/** Principal strains, and the standard errors of everything. */
function ellipseOf(
  [e11, e22, e12]: readonly [number, number, number],
  covariance: Float64Array,
  scale: number,
): PrincipalStrains & { sigma: StrainTensor & PrincipalStrains } {
  const mean = (e11 + e22) / 2;
  const half = (e11 - e22) / 2;
  const radius = Math.hypot(half, e12);
  const [cos, sin] = radius > 0 ? [half / radius, e12 / radius] : [1, 0];
  const error = (slopes: readonly [number, number, number]): number => {
    let variance = 0;
    for (let a = 0; a < SIZE; a++) {
      for (let b = 0; b < SIZE; b++) {
        variance += slopes[a]! * slopes[b]! * covariance[a * SIZE + b]!;
      }
    }
    return Math.sqrt(scale * variance);
  };
  const turn = radius > 0 ? 1 / (2 * radius * DEGREE) : Number.POSITIVE_INFINITY;
  return {
    largest: mean + radius,
    smallest: mean - radius,
    direction: Math.atan2(e12, half) / (2 * DEGREE),
    sigma: {
      e11: error([1, 0, 0]),
      e22: error([0, 1, 0]),
      e12: error([0, 0, 1]),
      largest: error([(1 + cos) / 2, (1 - cos) / 2, sin]),
      smallest: error([(1 - cos) / 2, (1 + cos) / 2, -sin]),
      // Of a circle, no direction is the largest one's: the error is without bound.
      direction: turn * error([-sin / 2, sin / 2, cos]),
    },
  };
}
