import { tickText } from "../../src/figure/ticks.js";

const DEGREE = Math.PI / 180;

/** Whole numbers as they are, others to seven digits. */
export function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : tickText(Number(value.toPrecision(7)));
}

/** `2θ 8.1234°`, for radians. */
export function twoThetaText(twoTheta: number): string {
  return `2θ ${(twoTheta / DEGREE).toFixed(4)}°`;
}

/** q and d of a scattering angle in radians, for a wavelength in metres; nothing without one. */
export function latticeTexts(twoTheta: number, wavelength: number | undefined): string[] {
  if (wavelength === undefined || !(twoTheta > 0)) return [];
  const q = (4e-10 * Math.PI * Math.sin(twoTheta / 2)) / wavelength;
  return [`q ${q.toFixed(4)} Å⁻¹`, `d ${((2 * Math.PI) / q).toFixed(4)} Å`];
}

/** A direction, 0 to 360 degrees clockwise from North. */
export function directionText(direction: number): string {
  return `${(((direction % 360) + 360) % 360).toFixed(1)}°`;
}
