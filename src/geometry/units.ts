import { OptionError } from "../errors.js";

/** Value of a radial quantity at distance `r` from the beam axis and `z` along it, both in metres. */
export type RadialFunction = (r: number, z: number) => number;

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
  /** The function for one wavelength, in metres. */
  readonly at: (wavelength: number) => RadialFunction;
}

const twoTheta: RadialFunction = (r, z) => Math.atan2(r, z);
const sinTheta: RadialFunction = (r, z) => Math.sin(0.5 * Math.atan2(r, z));

/** q = 4π sin θ / λ, in units of 1/`scale` metres. */
const q = (wavelength: number, scale: number): RadialFunction => {
  const factor = (4 * Math.PI * scale) / wavelength;
  return (r, z) => factor * sinTheta(r, z);
};

/** Bragg's law, d = λ / (2 sin θ), in units of `scale` metres. */
const d = (wavelength: number, scale: number): RadialFunction => {
  const half = wavelength / (2 * scale);
  return (r, z) => half / sinTheta(r, z);
};

/** d*² = (2 sin θ / λ)², in units of 1/`scale²` square metres. */
const dStar2 = (wavelength: number, scale: number): RadialFunction => {
  const factor = (2 * scale) / wavelength;
  return (r, z) => (factor * sinTheta(r, z)) ** 2;
};

const NM = 1e-9;
const ANGSTROM = 1e-10;
const DEGREE = Math.PI / 180;

type UnitRow = [
  name: string,
  symbol: string,
  text: string,
  at: (wavelength: number) => RadialFunction,
];

const GEOMETRIC: UnitRow[] = [
  ["2th_deg", "2θ", "°", () => (r, z) => twoTheta(r, z) / DEGREE],
  ["2th_rad", "2θ", "rad", () => twoTheta],
  ["r_mm", "r", "mm", () => (r) => r * 1e3],
  ["r_m", "r", "m", () => (r) => r],
];

const WITH_WAVELENGTH: UnitRow[] = [
  ["q_nm^-1", "q", "nm⁻¹", (wavelength) => q(wavelength, NM)],
  ["q_A^-1", "q", "Å⁻¹", (wavelength) => q(wavelength, ANGSTROM)],
  ["qtot_nm^-1", "q", "nm⁻¹", (wavelength) => q(wavelength, NM)],
  ["qtot_A^-1", "q", "Å⁻¹", (wavelength) => q(wavelength, ANGSTROM)],
  ["d_m", "d", "m", (wavelength) => d(wavelength, 1)],
  ["d_nm", "d", "nm", (wavelength) => d(wavelength, NM)],
  ["d_A", "d", "Å", (wavelength) => d(wavelength, ANGSTROM)],
  ["d*2_nm^-2", "d*²", "nm⁻²", (wavelength) => dStar2(wavelength, NM)],
  ["d*2_A^-2", "d*²", "Å⁻²", (wavelength) => dStar2(wavelength, ANGSTROM)],
  [
    "log(1+q.nm)_None",
    "log(1+q·nm)",
    "",
    (wavelength) => transformed(Math.log1p, q(wavelength, NM)),
  ],
  [
    "log(1+q.A)_None",
    "log(1+q·Å)",
    "",
    (wavelength) => transformed(Math.log1p, q(wavelength, ANGSTROM)),
  ],
  [
    "arcsinh(q.nm)_None",
    "arcsinh(q·nm)",
    "",
    (wavelength) => transformed(Math.asinh, q(wavelength, NM)),
  ],
  [
    "arcsinh(q.A)_None",
    "arcsinh(q·Å)",
    "",
    (wavelength) => transformed(Math.asinh, q(wavelength, ANGSTROM)),
  ],
  ["log(q.nm)_None", "log(q·nm)", "", (wavelength) => transformed(Math.log, q(wavelength, NM))],
  ["log10(q.m)_None", "log10(q·m)", "", (wavelength) => transformed(Math.log10, q(wavelength, 1))],
];

const CAN_BE_NEGATIVE = new Set(["log(q.nm)_None", "log10(q.m)_None"]);

function transformed(f: (value: number) => number, of: RadialFunction): RadialFunction {
  return (r, z) => f(of(r, z));
}

/** The names of all radial units. */
export function radialUnitNames(): string[] {
  return [...GEOMETRIC, ...WITH_WAVELENGTH].map(([name]) => name);
}

/**
 * The radial unit of a pyFAI name.
 *
 * @throws OptionError for a name that is not one.
 * @example radialUnit("q_A^-1").at(1e-10)(0.1, 1)
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
  const [, symbol, text, at] = row;
  return {
    name,
    symbol,
    text,
    positive: !CAN_BE_NEGATIVE.has(name),
    needsWavelength: geometric === undefined,
    at,
  };
}

/**
 * A unit's function, for a geometry that may not know its wavelength.
 *
 * @throws OptionError where the unit needs one and there is none.
 */
export function radialFunction(unit: RadialUnit, wavelength: number | undefined): RadialFunction {
  if (unit.needsWavelength && wavelength === undefined) {
    throw new OptionError(
      "wavelength",
      wavelength,
      `${unit.name} needs it; set ai.wavelength in metres, or choose 2th_deg`,
    );
  }
  return unit.at(wavelength ?? Number.NaN);
}
