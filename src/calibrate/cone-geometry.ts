import type { Ellipse } from "./conic.js";
import { SIZE, WAVELENGTH } from "./parameters.js";

/**
 * The geometries in which a cone of half angle 2θ around the beam meets the detector in an ellipse:
 * none, one (a circle) or two, tilted either way.
 *
 * The ellipse's eccentricity is e = sin τ / cos 2θ for a tilt τ between beam and normal; along its
 * longer axis it ends at L·tan(τ ± 2θ) from the PONI.
 */
export function geometriesOfCone(
  { center, major, minor, axis }: Ellipse,
  twoTheta: number,
  wavelength: number,
): Float64Array[] {
  const eccentricity = Math.sqrt(Math.max(1 - (minor / major) ** 2, 0));
  const sine = eccentricity * Math.cos(twoTheta);
  const tilt = Math.asin(Math.min(sine, 1));
  if (!(tilt + twoTheta < 1.4) || tilt > 0.9) return [];
  const dist =
    (2 * major * Math.cos(tilt + twoTheta) * Math.cos(tilt - twoTheta)) / Math.sin(2 * twoTheta);
  const middle = (dist / 2) * (Math.tan(tilt + twoTheta) + Math.tan(tilt - twoTheta));
  const found: Float64Array[] = [];
  for (const sign of tilt > 1e-4 ? [1, -1] : [1]) {
    const poni = [
      center[0] - sign * middle * axis[0],
      center[1] - sign * middle * axis[1],
    ] as const;
    const offset = sign * dist * Math.tan(tilt);
    // Beam centre less PONI is (L tan r2 / cos r1, −L tan r1).
    const rot1 = Math.atan((-offset * axis[1]) / dist);
    const rot2 = Math.atan((offset * axis[0] * Math.cos(rot1)) / dist);
    const parameters = new Float64Array(SIZE);
    parameters.set([dist, poni[0], poni[1], rot1, rot2]);
    parameters[WAVELENGTH] = wavelength;
    found.push(parameters);
  }
  return found;
}
