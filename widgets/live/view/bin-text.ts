import { latticeTexts, numberText, twoThetaText } from "../../cursor/value-text.js";
import type { LiveState } from "./live-state.js";
import type { UnitAngles } from "./unit-angles.js";

/** What is known of a bin, in one line; without χ of the mean of all cakes. */
export function binText(
  bin: { readonly radial: number; readonly chi?: number; readonly intensity: number },
  unit: UnitAngles,
  state: LiveState,
): string {
  const twoTheta = unit.angleOf(bin.radial, state);
  const parts = [
    `${unit.symbol} ${numberText(bin.radial)} ${unit.text}`,
    bin.chi === undefined ? "mean of all cakes" : `χ ${bin.chi.toFixed(1)}°`,
    `I ${numberText(bin.intensity)}`,
  ];
  if (twoTheta === undefined) return parts.join("  ");
  const lattice = latticeTexts(twoTheta, state.wavelength ?? undefined);
  return [...parts, twoThetaText(twoTheta), ...lattice].join("  ");
}
