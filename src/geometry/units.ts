import { OptionError } from "../errors.js";
import { type RadialFormula, type RadialFunction, radialFunctionOf } from "./radial-formula.js";

/** A radial unit: what a profile is drawn against. */
export interface RadialUnit {
  /** pyFAI's name, such as `"2th_deg"`. */
  readonly name: string;
  /** The quantity as printed: `"2θ"`. */
  readonly symbol: string;
  /** The unit as printed, `"°"`; empty where there is none. */
  readonly text: string;
  /** Whether a value can never be below zero. */
  readonly positive: boolean;
  readonly needsWavelength: boolean;
  /** How a value is computed, for a wavelength in metres. */
  readonly formula: (wavelength: number) => RadialFormula;
}

const NM = 1e-9;
const ANGSTROM = 1e-10;

type FormulaOf = RadialUnit["formula"];
type UnitRow = readonly [name: string, symbol: string, text: string, formula: FormulaOf];

const plain = (quantity: "r" | "2th", factor: number): FormulaOf => {
  return () => ({ quantity, factor, transform: "none" });
};

/** q = 4π sin θ / λ, in units of 1/`scale` metres. */
const q = (scale: number, transform: RadialFormula["transform"] = "none"): FormulaOf => {
  return (wavelength) => ({
    quantity: "sin",
    factor: (4 * Math.PI * scale) / wavelength,
    transform,
  });
};

/** d* = 1/d = 2 sin θ / λ (Bragg's law), in units of 1/`scale` metres; inverted, or squared. */
const dStar = (scale: number, transform: RadialFormula["transform"]): FormulaOf => {
  return (wavelength) => ({ quantity: "sin", factor: (2 * scale) / wavelength, transform });
};

const GEOMETRIC: readonly UnitRow[] = [
  ["2th_deg", "2θ", "°", plain("2th", 180 / Math.PI)],
  ["2th_rad", "2θ", "rad", plain("2th", 1)],
  ["r_mm", "r", "mm", plain("r", 1e3)],
  ["r_m", "r", "m", plain("r", 1)],
];

const WITH_WAVELENGTH: readonly UnitRow[] = [
  ["q_nm^-1", "q", "nm⁻¹", q(NM)],
  ["q_A^-1", "q", "Å⁻¹", q(ANGSTROM)],
  ["qtot_nm^-1", "q", "nm⁻¹", q(NM)],
  ["qtot_A^-1", "q", "Å⁻¹", q(ANGSTROM)],
  ["d_m", "d", "m", dStar(1, "inverse")],
  ["d_nm", "d", "nm", dStar(NM, "inverse")],
  ["d_A", "d", "Å", dStar(ANGSTROM, "inverse")],
  ["d*2_nm^-2", "d*²", "nm⁻²", dStar(NM, "square")],
  ["d*2_A^-2", "d*²", "Å⁻²", dStar(ANGSTROM, "square")],
  ["log(1+q.nm)_None", "log(1+q·nm)", "", q(NM, "log1p")],
  ["log(1+q.A)_None", "log(1+q·Å)", "", q(ANGSTROM, "log1p")],
  ["arcsinh(q.nm)_None", "arcsinh(q·nm)", "", q(NM, "asinh")],
  ["arcsinh(q.A)_None", "arcsinh(q·Å)", "", q(ANGSTROM, "asinh")],
  ["log(q.nm)_None", "log(q·nm)", "", q(NM, "log")],
  ["log10(q.m)_None", "log10(q·m)", "", q(1, "log10")],
];

const CAN_BE_NEGATIVE = new Set(["log(q.nm)_None", "log10(q.m)_None"]);

/** The names of all radial units. */
export function radialUnitNames(): string[] {
  return [...GEOMETRIC, ...WITH_WAVELENGTH].map(([name]) => name);
}

/**
 * The radial unit of a pyFAI name.
 *
 * @throws OptionError for a name that is not one.
 * @example radialUnit("q_A^-1").symbol // "q"
 */
export function radialUnit(name: string): RadialUnit {
  const geometric = GEOMETRIC.find((row) => row[0] === name);
  const row = geometric ?? WITH_WAVELENGTH.find((row) => row[0] === name);
  if (row === undefined) {
    throw new OptionError(
      "unit",
      name,
      `"${name}" is not a radial unit; choose one of ${radialUnitNames().join(", ")}`,
    );
  }
  const [, symbol, text, formula] = row;
  const needsWavelength = geometric === undefined;
  return { name, symbol, text, positive: !CAN_BE_NEGATIVE.has(name), needsWavelength, formula };
}

/**
 * A unit's formula, for a geometry that may not know its wavelength.
 *
 * @throws OptionError where the unit needs one and there is none.
 */
export function radialFormula(unit: RadialUnit, wavelength: number | undefined): RadialFormula {
  if (unit.needsWavelength && wavelength === undefined) {
    throw new OptionError(
      "wavelength",
      wavelength,
      `${unit.name} needs it; set ai.wavelength in metres, or choose 2th_deg`,
    );
  }
  return unit.formula(wavelength ?? Number.NaN);
}

/** The same as a function. */
export function radialFunction(unit: RadialUnit, wavelength: number | undefined): RadialFunction {
  return radialFunctionOf(radialFormula(unit, wavelength));
}
