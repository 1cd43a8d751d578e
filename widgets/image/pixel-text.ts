import { tickText } from "../../src/figure/ticks.js";
import type { ImageGeometry } from "./image-geometry.js";

const DEGREE = Math.PI / 180;

/** What is known of a pixel, in one line: row, column, intensity, and with a geometry its angles. */
export function pixelText(
  row: number,
  column: number,
  intensity: number,
  masked: boolean,
  geometry: ImageGeometry | undefined,
): string {
  const parts = [
    `row ${row}`,
    `column ${column}`,
    `I ${numberText(intensity)}${masked ? " (masked)" : ""}`,
  ];
  if (geometry === undefined) return parts.join("  ");
  const { twoTheta, chi, direction } = geometry.place(row, column);
  parts.push(`2θ ${(twoTheta / DEGREE).toFixed(4)}°`, `χ ${chi.toFixed(2)}°`);
  parts.push(`direction ${((direction + 360) % 360).toFixed(1)}°`);
  const { wavelength } = geometry.poni;
  if (wavelength !== undefined) {
    const q = (4e-10 * Math.PI * Math.sin(twoTheta / 2)) / wavelength;
    parts.push(`q ${q.toFixed(4)} Å⁻¹`, `d ${((2 * Math.PI) / q).toFixed(4)} Å`);
  }
  return parts.join("  ");
}

/** Whole numbers as they are, others to seven digits. */
function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : tickText(Number(value.toPrecision(7)));
}
