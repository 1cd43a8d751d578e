import { polarizationAt } from "../geometry/polarization.js";
import { rotationMatrix } from "../geometry/rotation.js";
import { geometryOf } from "./parameters.js";
import type { SegmentFitOptions } from "./segment-fit.js";

/** What an image still contains. */
export interface EfficiencyOptions {
  readonly correctSolidAngle: boolean;
  readonly polarizationFactor: number | null | undefined;
}

/**
 * Part of the light that pixels count: less where they are farther away and inclined, and where
 * polarized light is scattered less. Its slope across a ring shifts the crest, by some thousandths of
 * a pixel.
 */
export function efficiencyOf({
  correctSolidAngle,
  polarizationFactor,
}: EfficiencyOptions): SegmentFitOptions["efficiency"] {
  return (parameters, y, x) => {
    const geometry = geometryOf(parameters, 0);
    const [p1, p2, p3] = [y - geometry.poni1, x - geometry.poni2, geometry.dist];
    const cosine = p3 / Math.sqrt(p1 * p1 + p2 * p2 + p3 * p3);
    const solidAngle = correctSolidAngle ? cosine ** 3 : 1;
    if (polarizationFactor == null) return solidAngle;
    const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = rotationMatrix(geometry);
    const t1 = m0 * p1 + m1 * p2 + m2 * p3;
    const t2 = m3 * p1 + m4 * p2 + m5 * p3;
    const t3 = m6 * p1 + m7 * p2 + m8 * p3;
    return solidAngle * polarizationAt(t1, t2, t3, polarizationFactor);
  };
}
