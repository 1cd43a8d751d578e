import { type RadialFormula, radialFunctionOf } from "../../../src/geometry/radial-formula.js";
import { radialFormula, radialUnit } from "../../../src/geometry/units.js";
import { radialInverse } from "../radial-inverse.js";
import type { LiveState } from "./live-state.js";

/** Between the values of a radial unit and 2θ in radians, for one state after another. */
export interface UnitAngles {
  readonly symbol: string;
  /** The unit as printed; empty where there is none. */
  readonly text: string;
  /** What an axis is called. */
  readonly title: string;
  readonly needsWavelength: boolean;
  /** `undefined` where the wavelength is missing. */
  formula(state: LiveState): RadialFormula | undefined;
  angleOf(value: number, state: LiveState): number | undefined;
  radialOf(twoTheta: number, state: LiveState): number | undefined;
}

export function unitAngles(name: string): UnitAngles {
  const unit = radialUnit(name);
  const { symbol, text, needsWavelength } = unit;
  const formula = ({ wavelength }: LiveState): RadialFormula | undefined =>
    needsWavelength && wavelength === null
      ? undefined
      : radialFormula(unit, wavelength ?? undefined);
  return {
    ...{ symbol, text, needsWavelength, formula },
    title: text === "" ? symbol : `${symbol} / ${text}`,
    angleOf: (value, state) => {
      const found = formula(state);
      if (found === undefined) return undefined;
      const made = radialInverse(found, value);
      const angle = found.quantity === "r" ? Math.atan2(made, state.geometry.dist) : made;
      return angle > 0 ? angle : undefined;
    },
    radialOf: (twoTheta, state) => {
      const found = formula(state);
      const { dist } = state.geometry;
      return found && radialFunctionOf(found)(dist * Math.tan(twoTheta), dist);
    },
  };
}
