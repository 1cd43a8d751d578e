import { describe, expect, it } from "vitest";
import { OptionError } from "../../src/errors.js";
import { radialFunctionOf } from "../../src/geometry/radial-formula.js";
import { radialUnit, radialUnitNames } from "../../src/geometry/units.js";
import { latticeStrain } from "../../src/peaks/lattice-strain.js";

const WAVELENGTH = 1.5e-11;
const DIST = 1.2;
const D0 = 2.0268;
const STRAIN = 1.5e-3;

/** Where a lattice spacing in Å is, in a unit. */
function positionOf(name: string, d: number): number {
  const twoTheta = 2 * Math.asin(WAVELENGTH / (2 * d * 1e-10));
  const radial = radialFunctionOf(radialUnit(name).formula(WAVELENGTH));
  return radial(DIST * Math.tan(twoTheta), DIST);
}

describe.each(radialUnitNames())("in %s", (unit) => {
  const center = positionOf(unit, D0 * (1 + STRAIN));
  const setup = { unit, dist: DIST, wavelength: WAVELENGTH };

  it("against a spacing, and against a position", () => {
    const reference = positionOf(unit, D0);
    for (const against of [{ d0: D0 }, { reference }]) {
      const { strain } = latticeStrain([center, NaN], undefined, { ...setup, ...against });
      expect(strain[0]).toBeCloseTo(STRAIN, 9);
      expect(strain[1]).toBeNaN();
    }
    if (!radialUnit(unit).needsWavelength) return;
    const { strain } = latticeStrain([center], undefined, { unit, reference });
    expect(strain[0]).toBeCloseTo(STRAIN, 9);
    expect(latticeStrain([center], undefined, { unit, d0: D0 }).strain[0]).toBeCloseTo(STRAIN, 9);
  });

  it("with the standard error that the position's gives", () => {
    const shifted = positionOf(unit, D0 * (1 + STRAIN + 1e-5));
    const { sigma } = latticeStrain([center], [Math.abs(shifted - center)], { ...setup, d0: D0 });
    expect(sigma[0]! / 1e-5).toBeCloseTo(1, 3);
  });
});

describe("refuses", () => {
  it.each([
    ["unit", { unit: "degrees", reference: 3 }],
    ["reference", { unit: "2th_deg" }],
    ["reference", { unit: "2th_deg", reference: 3, d0: 2, wavelength: WAVELENGTH }],
    ["reference", { unit: "2th_deg", reference: -3 }],
    ["d0", { unit: "2th_deg", d0: 0.01, wavelength: WAVELENGTH }],
    ["wavelength", { unit: "2th_deg", d0: 2 }],
    ["dist", { unit: "r_mm", reference: 3 }],
    ["centers", { unit: "2th_deg", reference: 3 }],
    ["distance", { unit: "r_mm", reference: 3, distance: 2 }],
  ])("%s", (option, options) => {
    const refused = (): unknown => latticeStrain([0], undefined, options);
    expect(refused).toThrow(OptionError);
    expect(refused).toThrow(expect.objectContaining({ option }));
  });
});
