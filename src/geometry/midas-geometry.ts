/**
 * A detector's geometry as MIDAS has it: lengths in micrometres, angles in degrees, positions in
 * pixels, Y along a row and Z from row to row; a whole number is a pixel's centre.
 */
export interface MidasGeometry {
  /** From the sample to the detector along the beam. */
  readonly Lsd: number;
  /** Where the beam meets the detector. */
  readonly BC: readonly [y: number, z: number];
  /** Tilts: Rx(tx)·Ry(ty)·Rz(tz) with X along the beam, Y to the left, Z up. */
  readonly tx: number;
  readonly ty: number;
  readonly tz: number;
  /** Size of a pixel; radii count in pixels of `pxY`. */
  readonly pxY: number;
  readonly pxZ: number;
  /** The radius at which the distortion's ρ is 1; in micrometres, not in pixels. */
  readonly RhoD: number;
  /** Distortion: amplitudes without unit, phases in degrees (see `midasProjection`). */
  readonly p0: number;
  readonly p1: number;
  readonly p2: number;
  readonly p3: number;
  readonly p4: number;
  readonly p5: number;
  readonly p6: number;
  readonly p7: number;
  readonly p8: number;
  readonly p9: number;
  readonly p10: number;
  readonly p11: number;
  readonly p12: number;
  readonly p13: number;
  readonly p14: number;
  /** How much farther out a ray is seen at 2θ = 90°, because it goes on into the sensor. */
  readonly Parallax: number;
}

/** The amplitudes of the distortion; the other coefficients are phases, which alone change nothing. */
export const DISTORTION_AMPLITUDES = [
  "p0",
  "p1",
  "p2",
  "p4",
  "p5",
  "p7",
  "p9",
  "p11",
  "p13",
] as const;

/** The coefficients of the distortion that are not 0, by name. */
export function distortionOf(geometry: MidasGeometry): string[] {
  return DISTORTION_AMPLITUDES.filter((name) => geometry[name] !== 0);
}
