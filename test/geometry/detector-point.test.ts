import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detector } from "../../src/detector/detector-factory.js";
import { detectorPoint } from "../../src/geometry/detector-point.js";
import { detectorRows, pixelRows } from "../../src/geometry/pixel-rows.js";

describe("detectorPoint", () => {
  it("is the inverse of a pixel's 2θ and χ", () => {
    const angle = fc.double({ min: -0.6, max: 0.6, noNaN: true });
    fc.assert(
      fc.property(angle, angle, angle, fc.nat(19), fc.nat(29), (rot1, rot2, rot3, row, column) => {
        const geometry = { dist: 0.2, poni1: 0.013, poni2: -0.004, rot1, rot2, rot3 };
        const shape: [number, number] = [20, 30];
        const flat = detector({ pixel1: 1e-3, pixel2: 2e-3, shape });
        const [place, own] = [new Float64Array(90), new Float64Array(90)];
        pixelRows(geometry, flat, shape).centersOfRow(row, place);
        detectorRows(flat.layout(shape), shape).centersOfRow(row, own);
        const [t1, t2, t3] = [...place.subarray(3 * column, 3 * column + 3)] as [
          number,
          number,
          number,
        ];
        const twoTheta = Math.atan2(Math.hypot(t1, t2), t3);
        const [y, x] = detectorPoint(geometry, twoTheta, Math.atan2(t1, t2))!;
        expect(y).toBeCloseTo(own[3 * column]!, 12);
        expect(x).toBeCloseTo(own[3 * column + 1]!, 12);
      }),
      { seed: 6, numRuns: 200 },
    );
  });

  it("is nowhere for a ray that passes the detector by", () => {
    const geometry = { dist: 0.2, poni1: 0, poni2: 0, rot1: 0, rot2: 0, rot3: 0 };
    expect(detectorPoint(geometry, Math.PI / 2, 0)).toBeUndefined();
    expect(detectorPoint(geometry, 3, 1)).toBeUndefined();
  });
});
