import { describe, expect, it } from "vitest";
import { radialFunctionOf } from "../../src/geometry/radial-formula.js";
import { twoThetaOf } from "../../src/geometry/two-theta-of.js";
import { radialUnit, radialUnitNames } from "../../src/geometry/units.js";

describe("twoThetaOf", () => {
  it.each(radialUnitNames())("is the inverse of %s", (name) => {
    const formula = radialUnit(name).formula(2e-11);
    const value = radialFunctionOf(formula);
    for (const twoTheta of [0.01, 0.1, 0.7]) {
      const dist = 0.3;
      const back = twoThetaOf(formula, value(dist * Math.tan(twoTheta), dist), dist);
      expect(back).toBeCloseTo(twoTheta, 12);
    }
  });

  it("is NaN where no angle has the value, or r comes without a distance", () => {
    expect(twoThetaOf(radialUnit("q_nm^-1").formula(2e-11), 1e6, undefined)).toBeNaN();
    expect(twoThetaOf(radialUnit("r_mm").formula(2e-11), 1, undefined)).toBeNaN();
  });
});
