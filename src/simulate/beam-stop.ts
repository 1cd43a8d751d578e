import type { BeamStop } from "./options.js";

const DEGREE = Math.PI / 180;

/** Part of the light that passes at a 2θ and a direction, both in radians, for a detector at `dist`. */
export function beamStopTransmission(
  { radius, arm, transmission = 0 }: BeamStop,
  dist: number,
): (twoTheta: number, direction: number) => number {
  const edge = Math.atan2(radius, dist);
  return (twoTheta, direction) => {
    if (twoTheta <= edge) return transmission;
    if (arm === undefined || twoTheta >= Math.PI / 2) return 1;
    const r = dist * Math.tan(twoTheta);
    const turn = direction - arm.direction * DEGREE;
    const behind = Math.cos(turn) > 0 && Math.abs(r * Math.sin(turn)) <= arm.width / 2;
    return behind ? transmission : 1;
  };
}
