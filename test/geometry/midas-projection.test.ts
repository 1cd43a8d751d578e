import { describe, expect, it } from "vitest";
import { midasProjection, PROJECTED } from "../../src/geometry/midas-projection.js";
import { resolveRhoD } from "../../src/geometry/midas-rhod.js";
import { readMidasSideData } from "../../src/integrate/midas/side-files.js";
import { farthest, midasCase, midasCases } from "../support/midas-cases.js";

describe.each(midasCases)("midas-integrate's geometry, $name", ({ parameters, expected }) => {
  it("has R, η and the solid angle of each pixel", async () => {
    const { radiusCorrection } = await readMidasSideData(parameters, { rawMask: false });
    const { RhoD } = resolveRhoD(parameters);
    const projection = midasProjection({ ...parameters, RhoD }, radiusCorrection);
    const { NrPixelsY } = parameters;
    const points = expected("pixelR").map(() => 0);
    const found = { R: points.slice(), eta: points.slice(), solidAngle: points.slice() };
    const out = new Float64Array(PROJECTED);
    for (let pixel = 0; pixel < points.length; pixel++) {
      const [column, row] = [pixel % NrPixelsY, Math.floor(pixel / NrPixelsY)];
      projection.project(column, row, 0, 0, out, 0);
      const [y, z, R, eta] = out as unknown as [number, number, number, number];
      expect(Math.hypot(y, z)).toBeCloseTo(R, 12);
      expect((Math.atan2(-y, z) * 180) / Math.PI).toBeCloseTo(eta, 9);
      found.R[pixel] = R;
      found.eta[pixel] = eta;
      found.solidAngle[pixel] = projection.solidAngle(column, row, 0);
    }
    expect(farthest(found.R, expected("pixelR"))).toBeLessThan(1e-12);
    expect(farthest(found.eta, expected("pixelEta"))).toBeLessThan(1e-12);
    expect(farthest(found.solidAngle, expected("pixelSolidAngle"))).toBeLessThan(1e-12);
  });
});

describe("midasProjection", () => {
  const { parameters } = midasCase("distorted");
  const at = (
    geometry: typeof parameters,
    Y: number,
    Z: number,
    dLsd = 0,
    dP2 = 0,
  ): Float64Array => {
    const out = new Float64Array(PROJECTED);
    midasProjection(geometry).project(Y, Z, dLsd, dP2, out, 0);
    return out;
  };

  it("has the beam at its centre, where no direction is better than another", () => {
    const [y, z, R, eta] = at(parameters, 10.3, 8.9);
    expect([y, z, R, eta].map((value) => value! + 0)).toEqual([0, 0, 0, 0]);
  });

  it("takes a panel's own distance and distortion", () => {
    const plain = { ...parameters, tx: 0, ty: 0, tz: 0, Parallax: 0 };
    // Across the beam, the distance changes no radius on the plane at Lsd …
    const [, , R] = at(plain, 20, 15);
    const [, , shifted] = at({ ...plain, RhoD: 0 }, 20, 15, 500);
    expect(shifted).toBeCloseTo(Math.hypot(9.7, 6.1) * (20000 / 20500), 12);
    // … and dP2 is added to p2.
    expect(at(plain, 20, 15, 0, 0.001)[2]).toBeCloseTo(
      at({ ...plain, p2: plain.p2 + 0.001 }, 20, 15)[2]!,
      12,
    );
    expect(R).not.toBeCloseTo(at(plain, 20, 15, 0, 0.001)[2]!, 6);
  });

  it("knows pixels that are not square", () => {
    const plain = { ...parameters, tx: 0, ty: 0, tz: 0, RhoD: 0, Parallax: 0, pxZ: 100 };
    expect(at(plain, 10.3, 18.9)[2]).toBeCloseTo(5, 12);
    expect(at(plain, 20.3, 8.9)[2]).toBeCloseTo(10, 12);
  });
});
