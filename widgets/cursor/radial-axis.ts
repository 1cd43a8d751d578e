import { radialFunctionOf } from "../../src/geometry/radial-formula.js";
import { twoThetaOf } from "../../src/geometry/two-theta-of.js";
import { radialFormula, radialUnit } from "../../src/geometry/units.js";
import { latticeTexts, numberText, twoThetaText } from "./value-text.js";

/** The radial axis of a plot: its words, and its values as scattering angles. */
export interface RadialAxis {
  readonly unit: string;
  readonly title: string;
  /** In radians; NaN where that is not known. */
  twoTheta(value: number): number;
  /** In the axis' unit; NaN where that is not known. */
  value(twoTheta: number): number;
  /** A value, with 2θ, q and d as far as they are known. */
  texts(value: number): string[];
}

/**
 * The axis of a radial unit.
 *
 * @param wavelength in metres.
 * @param distance of the detector, in metres: for r, which is taken as that on a detector that is not
 * tilted.
 */
export function radialAxis(
  name: string,
  wavelength: number | null,
  distance: number | null,
): RadialAxis {
  const unit = radialUnit(name);
  const { symbol, text } = unit;
  const known = wavelength ?? undefined;
  const formula =
    unit.needsWavelength && known === undefined ? undefined : radialFormula(unit, known);
  const twoTheta = (value: number): number =>
    formula === undefined ? Number.NaN : twoThetaOf(formula, value, distance ?? undefined);
  return {
    unit: name,
    title: text === "" ? symbol : `${symbol} / ${text}`,
    twoTheta,
    value: (angle) => {
      if (formula === undefined) return Number.NaN;
      const far = formula.quantity === "r" ? (distance ?? Number.NaN) / Math.cos(angle) : 1;
      return radialFunctionOf(formula)(far * Math.sin(angle), far * Math.cos(angle));
    },
    texts: (value) => {
      const angle = twoTheta(value);
      const own = name === "2th_deg" ? [] : [`${symbol} ${numberText(value)} ${text}`.trimEnd()];
      if (Number.isNaN(angle)) return [...own, ...(own.length > 0 ? [] : [numberText(value)])];
      const others = latticeTexts(angle, known).filter((one) => !own[0]?.startsWith(one[0]!));
      return [...own, twoThetaText(angle), ...others];
    },
  };
}
