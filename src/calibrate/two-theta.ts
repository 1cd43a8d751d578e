import { DIST, PONI1, PONI2, ROT1, ROT2, SIZE } from "./parameters.js";

/**
 * Writes 2θ in radians at points (y, x) of the detector's plane in metres, and how fast it grows
 * across the ring there, in radians per metre of the plane.
 *
 * cos 2θ = t3 / |t|, with |t| free of rotations: t3 = a sin r2 − b cos r2 sin r1 + L cos r1 cos r2,
 * |t|² = a² + b² + L², (a, b) from the PONI.
 */
export function twoThetaAt(
  p: ArrayLike<number>,
  y: Float64Array,
  x: Float64Array,
  twoTheta: Float64Array,
  slope: Float64Array,
): void {
  const dist = p[DIST]!;
  const [poni1, poni2] = [p[PONI1]!, p[PONI2]!];
  const [ny, nx, nz] = beam(p);
  for (let i = 0; i < twoTheta.length; i++) {
    const a = y[i]! - poni1;
    const b = x[i]! - poni2;
    const t3 = a * ny + b * nx + dist * nz;
    const squared = a * a + b * b + dist * dist;
    // From the cross product of ray and beam: acos would lose half of the digits near the beam.
    const cy = b * nz - dist * nx;
    const cx = dist * ny - a * nz;
    const cz = a * nx - b * ny;
    const across = Math.sqrt(cy * cy + cx * cx + cz * cz);
    twoTheta[i] = Math.atan2(across, t3);
    // ∇cos 2θ = (n − cos 2θ · t/|t|)/|t| in the plane, and d(2θ) = −d(cos 2θ)/sin 2θ.
    const gy = ny * squared - t3 * a;
    const gx = nx * squared - t3 * b;
    slope[i] = Math.sqrt(gy * gy + gx * gx) / (squared * across);
  }
}

/** Writes the derivatives of 2θ at one point by each parameter, but the wavelength's, into `out` from `at`. */
export function twoThetaDerivatives(
  p: ArrayLike<number>,
  y: number,
  x: number,
  out: Float64Array,
  at: number,
): void {
  const dist = p[DIST]!;
  const [s1, c1] = [Math.sin(p[ROT1]!), Math.cos(p[ROT1]!)];
  const [s2, c2] = [Math.sin(p[ROT2]!), Math.cos(p[ROT2]!)];
  const a = y - p[PONI1]!;
  const b = x - p[PONI2]!;
  const t3 = a * s2 - b * c2 * s1 + dist * c1 * c2;
  const squared = a * a + b * b + dist * dist;
  const across = Math.sqrt(Math.max(squared - t3 * t3, 1e-30 * squared));
  // d(2θ) = −(dt3 − t3 · d|t|²/(2|t|²)) / across.
  const minus = -1 / across;
  const ratio = t3 / squared;
  out[at + DIST] = minus * (c1 * c2 - ratio * dist);
  out[at + PONI1] = minus * (-s2 + ratio * a);
  out[at + PONI2] = minus * (c2 * s1 + ratio * b);
  out[at + ROT1] = minus * (-b * c2 * c1 - dist * s1 * c2);
  out[at + ROT2] = minus * (a * c2 + b * s2 * s1 - dist * c1 * s2);
  for (let j = ROT2 + 1; j < SIZE; j++) out[at + j] = 0;
}

/** Direction of the beam in the detector's frame (y, x, z). */
function beam(p: ArrayLike<number>): [y: number, x: number, z: number] {
  const [c1, c2] = [Math.cos(p[ROT1]!), Math.cos(p[ROT2]!)];
  return [Math.sin(p[ROT2]!), -c2 * Math.sin(p[ROT1]!), c1 * c2];
}
