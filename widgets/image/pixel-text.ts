import { directionText, latticeTexts, numberText, twoThetaText } from "../cursor/value-text.js";
import type { ImageGeometry } from "./image-geometry.js";

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
  parts.push(twoThetaText(twoTheta), `χ ${chi.toFixed(2)}°`);
  parts.push(`direction ${directionText(direction)}`);
  return [...parts, ...latticeTexts(twoTheta, geometry.poni.wavelength)].join("  ");
}
