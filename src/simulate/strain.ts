import type { Strain } from "./options.js";

const DEGREE = Math.PI / 180;

/**
 * Strain along the scattering vector, as a function of sin θ and of the displayed direction in radians:
 * cos²θ (e11 cos²φ + e22 sin²φ + e12 sin 2φ) + e33 sin²θ, φ from axis 1.
 */
export function strainAlong({
  direction = 0,
  e11,
  e22 = 0,
  e33 = 0,
  e12 = 0,
}: Strain): (sinTheta: number, direction: number) => number {
  const mean = (e11 + e22) / 2;
  const half = (e11 - e22) / 2;
  return (sinTheta, towards) => {
    const twice = 2 * (towards - direction * DEGREE);
    const sin2 = sinTheta * sinTheta;
    return (1 - sin2) * (mean + half * Math.cos(twice) + e12 * Math.sin(twice)) + sin2 * e33;
  };
}
