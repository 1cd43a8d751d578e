import { describe, expect, it } from "vitest";
import { formatPoni } from "../../../src/geometry/poni.js";
import { AzimuthalIntegrator, detector } from "../../../src/index.js";
import { imageGeometry } from "../../../widgets/image/image-geometry.js";

const SHAPE: [number, number] = [120, 150];
const DEGREE = Math.PI / 180;

describe.each([1, 2, 3, 4] as const)("the geometry of an image, orientation %d", (orientation) => {
  const ai = new AzimuthalIntegrator({
    ...{ dist: 0.1, poni1: 0.005, poni2: 0.009, rot1: 0.2, rot2: -0.1, rot3: 0.7 },
    wavelength: 2e-11,
    detector: detector({ pixel1: 1e-4, pixel2: 1.2e-4, shape: SHAPE, orientation }),
  });
  const geometry = imageGeometry(formatPoni(ai.toPoni()), SHAPE);
  const twoTheta = ai.centerArray("2th_rad").data;
  const chi = ai.chiArray().data;

  it.each([
    [0, 0],
    [60, 70],
    [119, 3],
    [40, 149],
  ])("knows 2θ and χ of pixel (%d, %d), and finds it again", (row, column) => {
    const place = geometry.place(row, column);
    const at = row * SHAPE[1] + column;
    expect(place.twoTheta).toBeCloseTo(twoTheta[at]!, 12);
    expect(Math.cos(place.chi * DEGREE - chi[at]!)).toBeCloseTo(1, 12);
    const [foundRow, foundColumn] = geometry.pixel(place.twoTheta, place.chi)!;
    expect(foundRow).toBeCloseTo(row, 6);
    expect(foundColumn).toBeCloseTo(column, 6);
    const again = geometry.pixel(place.twoTheta, geometry.directions.azimuthOf(place.direction))!;
    expect(again[0]).toBeCloseTo(row, 6);
    expect(again[1]).toBeCloseTo(column, 6);
  });

  it("draws rings through pixels of their angle", () => {
    const angle = twoTheta[60 * SHAPE[1] + 75]!;
    const curve = geometry.ring(angle);
    let inside = 0;
    for (let i = 0; i < curve.length; i += 2) {
      const [row, column] = [Math.round(curve[i]!), Math.round(curve[i + 1]!)];
      if (!(row >= 0 && row < SHAPE[0] && column >= 0 && column < SHAPE[1])) continue;
      inside++;
      expect(Math.abs(twoTheta[row * SHAPE[1] + column]! - angle)).toBeLessThan(1.2e-3);
    }
    expect(inside).toBeGreaterThan(20);
  });
});
