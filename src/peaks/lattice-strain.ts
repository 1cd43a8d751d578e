import { OptionError } from "../errors.js";
import type { RadialFormula } from "../geometry/radial-formula.js";
import { twoThetaOf } from "../geometry/two-theta-of.js";
import { radialUnit } from "../geometry/units.js";
import { checkOptionNames } from "../option-names.js";

/** What positions are compared with, and what they are. */
export interface LatticeStrainOptions {
  /** Radial unit of the positions, by pyFAI's name. */
  readonly unit: string;
  /** Position of the peak without strain, in that unit. */
  readonly reference?: number;
  /** Its lattice spacing without strain, in Å, instead. */
  readonly d0?: number;
  /** In metres; needed for `d0` with 2θ or r. */
  readonly wavelength?: number;
  /** Distance of the sample from the detector in metres, for r; the detector is not tilted. */
  readonly dist?: number;
}

/** Lattice strains, and their standard errors. */
export interface LatticeStrain {
  readonly strain: Float64Array;
  /** NaN where the position has no standard error. */
  readonly sigma: Float64Array;
}

const ANGSTROM = 1e-10;
/** With q or d, the wavelength cancels out; so short a one has an angle for every value of them. */
const ANY_WAVELENGTH = 1e-15;

/**
 * The lattice strain of peak positions, ε = d/d₀ − 1 = sin θ₀ / sin θ − 1. Positions that are NaN, of
 * peaks that were not fitted, have the strain NaN.
 *
 * @param centers positions, such as `peakMap.center.data`.
 * @param sigmas their standard errors.
 * @throws OptionError for a unit or reference that cannot be, or a position that no angle has
 * @example
 * const [peak] = await peakMaps(scan, [[3.4, 3.6]]);
 * const { strain } = latticeStrain(peak.center.data, peak.sigma.center.data,
 *   { unit: scan.unit, reference: 3.4952 });
 */
export function latticeStrain(
  centers: ArrayLike<number>,
  sigmas: ArrayLike<number> | undefined,
  options: LatticeStrainOptions,
): LatticeStrain {
  checkOptionNames(options, ["unit", "reference", "d0", "wavelength", "dist"]);
  const unit = radialUnit(options.unit);
  const wavelength = options.wavelength ?? ANY_WAVELENGTH;
  const formula = unit.formula(wavelength);
  const needsWavelength = !unit.needsWavelength && options.d0 !== undefined;
  if (needsWavelength && options.wavelength === undefined) {
    const message = `${unit.name} needs it for d0; give it in metres, or a reference position`;
    throw new OptionError("wavelength", undefined, message);
  }
  if (formula.quantity === "r" && options.dist === undefined) {
    const message = `${unit.name} needs it; give the distance of the detector in metres`;
    throw new OptionError("dist", undefined, message);
  }
  const sineOf = (value: number): number => Math.sin(twoThetaOf(formula, value, options.dist) / 2);
  const sine0 = referenceSine(options, wavelength, sineOf);
  const strain = new Float64Array(centers.length);
  const sigma = new Float64Array(centers.length).fill(Number.NaN);
  for (let i = 0; i < centers.length; i++) {
    const center = centers[i]!;
    strain[i] = sine0 / sineOf(center) - 1;
    if (Number.isNaN(center)) continue;
    if (!(strain[i]! > -1 && strain[i]! < Infinity)) {
      throw new OptionError(
        "centers",
        center,
        `no angle has ${center} ${unit.name}; check the unit and the wavelength`,
      );
    }
    const error = sigmas?.[i] ?? Number.NaN;
    sigma[i] = error * Math.abs(slope(formula, center, options.dist)) * (strain[i]! + 1);
  }
  return { strain, sigma };
}

function referenceSine(
  { reference, d0 }: LatticeStrainOptions,
  wavelength: number,
  sineOf: (value: number) => number,
): number {
  if ((reference === undefined) === (d0 === undefined)) {
    throw new OptionError("reference", reference, "give either it or d0");
  }
  const sine = d0 === undefined ? sineOf(reference!) : wavelength / (2 * d0 * ANGSTROM);
  if (sine > 0 && sine <= 1) return sine;
  const [name, value] = d0 === undefined ? ["reference", reference] : ["d0", d0];
  throw new OptionError(
    name as string,
    value,
    `no angle has ${value}; check the unit and the wavelength`,
  );
}

/** ∂ ln sin θ by the position: relative changes of the sine, by a difference that rounding allows. */
function slope(formula: RadialFormula, value: number, dist: number | undefined): number {
  const step = 1e-5 * (Math.abs(value) || 1);
  const log = (at: number): number => Math.log(Math.sin(twoThetaOf(formula, at, dist) / 2));
  return (log(value + step) - log(value - step)) / (2 * step);
}
