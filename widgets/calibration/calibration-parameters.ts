import type { FixName } from "../../src/calibrate/options.js";
import {
  type DetectorFrame,
  geometryParameters,
  wavelengthParameter,
} from "../parameters/geometry-parameters.js";
import type { Parameter } from "../parameters/parameter.js";
import type { CalibrationState } from "./calibration-state.js";

type CalibrationParameter = Parameter<CalibrationState, DetectorFrame>;

/** What a fit holds with each slider. */
const HELD: Readonly<Record<string, readonly FixName[]>> = {
  distance: ["dist"],
  "centre x": ["center"],
  "centre y": ["center"],
  tilt: ["rot1", "rot2"],
  "tilt direction": ["rot1", "rot2"],
  wavelength: ["wavelength"],
};

/** The parameters that have a slider, a field, and a box to hold them. */
export function calibrationParameters(hasPolarization: boolean): CalibrationParameter[] {
  const fitted = [
    ...geometryParameters<CalibrationState, DetectorFrame>(),
    wavelengthParameter<CalibrationState, DetectorFrame>(),
  ].map((parameter) => ({ ...parameter, held: heldBy(HELD[parameter.name]!) }));
  return hasPolarization ? [...fitted, POLARIZATION] : fitted;
}

function heldBy(names: readonly FixName[]): NonNullable<CalibrationParameter["held"]> {
  return {
    get: ({ fix }) => names.every((name) => fix.includes(name)),
    set: (state, held) => {
      const others = state.fix.filter((name) => !names.includes(name));
      return { ...state, fix: held ? [...others, ...names] : others };
    },
  };
}

const POLARIZATION: CalibrationParameter = {
  name: "polarization",
  unit: "",
  get: ({ polarizationFactor }) => polarizationFactor ?? 0,
  set: (state, value) => ({ ...state, polarizationFactor: Math.min(1, Math.max(-1, value)) }),
  range: () => [-1, 1, 0.01],
};
