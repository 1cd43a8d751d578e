import type { Geometry } from "./geometry.js";

/** A 3 × 3 matrix, row by row. */
// biome-ignore format: three rows
export type Matrix3 = readonly [
  number, number, number,
  number, number, number,
  number, number, number,
];

/**
 * The rotation from the detector's frame to the laboratory's, both as (y, x, z): R3·R2·R1, the first
 * two left-handed, the third right-handed (pyFAI's `rotation_matrix`).
 */
export function rotationMatrix({ rot1, rot2, rot3 }: Geometry): Matrix3 {
  const [c1, s1] = [Math.cos(rot1), Math.sin(rot1)];
  const [c2, s2] = [Math.cos(rot2), Math.sin(rot2)];
  const [c3, s3] = [Math.cos(rot3), Math.sin(rot3)];
  // biome-ignore format: three rows
  return [
    c2 * c3, s1 * s2 * c3 - c1 * s3, -c1 * s2 * c3 - s1 * s3,
    c2 * s3, s1 * s2 * s3 + c1 * c3, -c1 * s2 * s3 + s1 * c3,
    s2, -s1 * c2, c1 * c2,
  ];
}
