import { radialFunctionOf } from "../../src/geometry/radial-formula.js";
import { twoThetaOf } from "../../src/geometry/two-theta-of.js";
import { radialFormula, radialUnit } from "../../src/geometry/units.js";
import type { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";

/** A radial value in another unit; NaN where its angle is not known. r is that without a tilt. */
export function inUnit(
  value: number,
  from: string,
  to: string,
  ai: AzimuthalIntegrator | undefined,
): number {
  if (ai === undefined || from === "r_pixel" || to === "r_pixel") return Number.NaN;
  const { wavelength, dist } = ai;
  const angle = twoThetaOf(radialFormula(radialUnit(from), wavelength), value, dist);
  const formula = radialFormula(radialUnit(to), wavelength);
  const far = formula.quantity === "r" ? dist / Math.cos(angle) : 1;
  return radialFunctionOf(formula)(far * Math.sin(angle), far * Math.cos(angle));
}
