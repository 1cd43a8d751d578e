import { beamCenter, DIST, PONI1, PONI2, ROT1, ROT2, SIZE } from "./parameters.js";

/** Residuals that hold the beam's centre, which is no parameter of its own, as if it were measured. */
export const CENTER_ROWS = 2;
/** Standard error of that measurement, in pixels: none that is seen. */
const ERROR = 1e-4;

/** Writes the residuals of a held centre (y, x) in metres, and their derivatives, from row `at` on. */
export function holdCenter(
  p: Float64Array,
  center: readonly [number, number],
  pixel: number,
  residuals: Float64Array,
  jacobian: Float64Array,
  at: number,
): void {
  const [y, x] = beamCenter(p);
  const scale = 1 / (ERROR * pixel);
  const dist = p[DIST]!;
  const [c1, t1] = [Math.cos(p[ROT1]!), Math.tan(p[ROT1]!)];
  const [c2, t2] = [Math.cos(p[ROT2]!), Math.tan(p[ROT2]!)];
  residuals[at] = (y - center[0]) * scale;
  residuals[at + 1] = (x - center[1]) * scale;
  const row = at * SIZE;
  jacobian.fill(0, row, row + CENTER_ROWS * SIZE);
  jacobian[row + DIST] = (t2 / c1) * scale;
  jacobian[row + PONI1] = scale;
  jacobian[row + ROT1] = ((dist * t2 * t1) / c1) * scale;
  jacobian[row + ROT2] = (dist / (c2 * c2 * c1)) * scale;
  jacobian[row + SIZE + DIST] = -t1 * scale;
  jacobian[row + SIZE + PONI2] = scale;
  jacobian[row + SIZE + ROT1] = (-dist / (c1 * c1)) * scale;
}
