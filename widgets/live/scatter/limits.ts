import type { Axis } from "../../../src/integrate/axis.js";
import type { DetectorPlane } from "../detector-plane.js";

/** The limits between sectors that rows on one side of the beam meet, from left to right. */
export interface Limits {
  /** Where a limit lies, for each metre that a row lies from the beam. */
  readonly slopes: number[];
  /** The sector before each limit, then the one behind the last; −1 for none. */
  readonly sectors: number[];
}

/** Limits of sectors as rows below and above the beam meet them, columns counted along `sense`. */
export function sectorLimits(
  { matrix: m }: DetectorPlane,
  azimuth: Axis,
  sense: 1 | -1,
): { below: Limits; above: Limits } {
  const width = (azimuth.high - azimuth.low) / azimuth.bins;
  const determinant = m[0] * m[4] - m[1] * m[3];
  // Back along the beam onto the detector: the inverse of [m0 m1; m3 m4], but for its size.
  const onDetector = (chi: number): [slow: number, fast: number] => {
    const [t1, t2] = [Math.sin(chi) / determinant, Math.cos(chi) / determinant];
    return [m[4] * t1 - m[1] * t2, sense * (m[0] * t2 - m[3] * t1)];
  };
  const sectorAt = (slow: number, fast: number): number => {
    const chi = Math.atan2(m[0] * slow + sense * m[1] * fast, m[3] * slow + sense * m[4] * fast);
    const turns = (chi - azimuth.low) / (2 * Math.PI);
    const sector = Math.floor(((turns - Math.floor(turns)) * 2 * Math.PI) / width);
    return sector < azimuth.bins ? sector : -1;
  };
  const isCircle = azimuth.high - azimuth.low > 2 * Math.PI * (1 - 1e-12);
  const count = azimuth.bins + (isCircle ? 0 : 1);
  const rays = Array.from({ length: count }, (_, i) => onDetector(azimuth.low + i * width));
  const onSide = (side: 1 | -1): Limits => {
    const slopes = rays
      .filter(([slow]) => slow * side > 0)
      .map(([slow, fast]) => fast / slow)
      .sort((a, b) => side * (a - b));
    // A direction between each two limits tells the sector there.
    const angles = [-Math.PI / 2, ...slopes.map((s) => Math.atan(side * s)), Math.PI / 2];
    const sectors = angles.slice(1).map((angle, i) => {
      const middle = (angle + angles[i]!) / 2;
      return sectorAt(side * Math.cos(middle), Math.sin(middle));
    });
    return { slopes, sectors };
  };
  return { below: onSide(-1), above: onSide(1) };
}
