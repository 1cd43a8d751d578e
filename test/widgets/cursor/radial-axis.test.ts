import { describe, expect, it } from "vitest";
import { radialUnitNames } from "../../../src/geometry/units.js";
import { radialAxis } from "../../../widgets/cursor/radial-axis.js";

describe("radialAxis", () => {
  it.each(radialUnitNames())("goes from %s to 2θ and back", (unit) => {
    const axis = radialAxis(unit, 1e-10, 0.2);
    expect(axis.twoTheta(axis.value(0.3))).toBeCloseTo(0.3, 12);
  });

  it("tells what is known of a value", () => {
    expect(radialAxis("2th_deg", 1e-10, null).texts(30)).toEqual([
      "2θ 30.0000°",
      "q 3.2524 Å⁻¹",
      "d 1.9319 Å",
    ]);
    expect(radialAxis("q_A^-1", 1e-10, null).texts(3.2524)).toEqual([
      "q 3.2524 Å⁻¹",
      "2θ 29.9998°",
      "d 1.9319 Å",
    ]);
    expect(radialAxis("r_mm", null, null).texts(12)).toEqual(["r 12 mm"]);
    expect(radialAxis("2th_deg", null, null).texts(30)).toEqual(["2θ 30.0000°"]);
    expect(radialAxis("q_nm^-1", null, null).texts(7)).toEqual(["q 7 nm⁻¹"]);
  });
});
