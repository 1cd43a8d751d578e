/** A unit cell: edges in ångströms, angles in degrees. What is missing follows from `a` and 90°. */
export interface Cell {
  readonly a: number;
  readonly b?: number;
  readonly c?: number;
  readonly alpha?: number;
  readonly beta?: number;
  readonly gamma?: number;
}

/** 1/d² of lattice planes (h k l), in Å⁻²: the quadratic form of the reciprocal metric tensor. */
export type InverseSquare = (h: number, k: number, l: number) => number;

/**
 * 1/d² as a function of h, k, l for a cell of any symmetry (International Tables for Crystallography
 * B, 1.1): the inverse of the metric tensor of the edges.
 */
export function inverseSquareSpacing(cell: Cell): InverseSquare {
  const { a, b = a, c = a, alpha = 90, beta = 90, gamma = 90 } = cell;
  const [ca, cb, cg] = [cosine(alpha), cosine(beta), cosine(gamma)];
  // Squared volume of a cell with edges of length 1.
  const v2 = 1 - ca * ca - cb * cb - cg * cg + 2 * ca * cb * cg;
  const g11 = (1 - ca * ca) / (v2 * a * a);
  const g22 = (1 - cb * cb) / (v2 * b * b);
  const g33 = (1 - cg * cg) / (v2 * c * c);
  const g12 = (ca * cb - cg) / (v2 * a * b);
  const g13 = (ca * cg - cb) / (v2 * a * c);
  const g23 = (cb * cg - ca) / (v2 * b * c);
  return (h, k, l) =>
    h * h * g11 + k * k * g22 + l * l * g33 + 2 * (h * k * g12 + h * l * g13 + k * l * g23);
}

/** Exact at 90° and 120°, so that equivalent planes of a cubic or hexagonal cell are equally far apart. */
function cosine(degrees: number): number {
  if (degrees === 90) return 0;
  if (degrees === 120) return -0.5;
  if (degrees === 60) return 0.5;
  return Math.cos((degrees * Math.PI) / 180);
}
