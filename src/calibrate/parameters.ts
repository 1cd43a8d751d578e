import type { Geometry } from "../geometry/geometry.js";

/** What a calibration determines, in this order; rot3 turns the rings in themselves and is never seen. */
export const PARAMETERS = ["dist", "poni1", "poni2", "rot1", "rot2", "wavelength"] as const;

/** A refined parameter; lengths in metres, rotations in radians. */
export type CalibrationParameter = (typeof PARAMETERS)[number];

export const DIST = 0;
export const PONI1 = 1;
export const PONI2 = 2;
export const ROT1 = 3;
export const ROT2 = 4;
export const WAVELENGTH = 5;
export const SIZE: number = PARAMETERS.length;

/** The geometry of a parameter vector. */
export function geometryOf(parameters: ArrayLike<number>, rot3: number): Geometry {
  return {
    dist: parameters[DIST]!,
    poni1: parameters[PONI1]!,
    poni2: parameters[PONI2]!,
    rot1: parameters[ROT1]!,
    rot2: parameters[ROT2]!,
    rot3,
  };
}

/** Where the beam meets the detector, (y, x) in metres. */
export function beamCenter(p: ArrayLike<number>): [y: number, x: number] {
  return [
    p[PONI1]! + (p[DIST]! * Math.tan(p[ROT2]!)) / Math.cos(p[ROT1]!),
    p[PONI2]! - p[DIST]! * Math.tan(p[ROT1]!),
  ];
}

/** The PONI for a beam centre (y, x) in metres, with the distance and rotations as they are. */
export function poniOfCenter(
  [y, x]: readonly [number, number],
  dist: number,
  rot1: number,
  rot2: number,
): [poni1: number, poni2: number] {
  return [y - (dist * Math.tan(rot2)) / Math.cos(rot1), x + dist * Math.tan(rot1)];
}
