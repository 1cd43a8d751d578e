import { DIST, PONI1, PONI2, poniOfCenter, ROT1, ROT2, SIZE, WAVELENGTH } from "./parameters.js";
import type { CalibrationSetup } from "./setup.js";

/** The start values as parameters, the distance times a factor; `undefined` without distance or centre. */
export function startOf(
  { start, center, wavelength }: CalibrationSetup,
  factor = 1,
): Float64Array | undefined {
  const { dist, rot1 = 0, rot2 = 0 } = start;
  if (dist === undefined || center === undefined) return undefined;
  const p = new Float64Array(SIZE);
  p[DIST] = dist * factor;
  p[ROT1] = rot1;
  p[ROT2] = rot2;
  p[WAVELENGTH] = wavelength;
  [p[PONI1], p[PONI2]] = poniOfCenter(center, p[DIST], rot1, rot2);
  return p;
}
