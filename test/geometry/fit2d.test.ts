import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OptionError } from "../../src/errors.js";
import { type Fit2d, fit2dToPoni, poniToFit2d } from "../../src/geometry/fit2d.js";
import type { Geometry } from "../../src/geometry/geometry.js";

interface Conversion {
  pixel1: number;
  pixel2: number;
  poni: Geometry;
  fit2d: Required<Fit2d>;
  back: Geometry;
}
const { fit2d: cases } = JSON.parse(
  readFileSync(new URL("../fixtures/geometry/poni.json", import.meta.url), "utf8"),
) as { fit2d: Conversion[] };

/** Each value of `actual` against `expected`, within what `tolerances` allow. */
function expectNear<T extends object>(actual: T, expected: T, tolerance: number): void {
  for (const key of Object.keys(expected) as (keyof T & string)[]) {
    const [a, b] = [actual[key] as number, expected[key] as number];
    expect(Math.abs(a - b), `${key}: ${a}, not ${b}`).toBeLessThan(
      tolerance * Math.max(1, Math.abs(b)),
    );
  }
}

describe("Fit2D geometries", () => {
  // pyFAI takes the tilt from its cosine, which has half of the digits left near 0.
  it.each(cases)("come from PONI geometries as in pyFAI ($poni.rot1, $poni.rot2)", (c) => {
    expectNear(poniToFit2d(c.poni, c), c.fit2d, 2e-8);
  });

  it.each(cases)("become PONI geometries as in pyFAI ($fit2d.tilt)", (c) => {
    expectNear(fit2dToPoni(c.fit2d, c), c.back, 1e-7);
  });

  it("agree with pyFAI to nearly every digit where the tilt is large", () => {
    const large = cases.filter(({ fit2d }) => fit2d.tilt > 3);
    expect(large.length).toBeGreaterThan(4);
    for (const c of large) {
      expectNear(poniToFit2d(c.poni, c), c.fit2d, 1e-12);
      expectNear(fit2dToPoni(c.fit2d, c), c.back, 1e-12);
    }
  });

  it("come back from PONI geometries", () => {
    const inRange = (min: number, max: number) => fc.double({ min, max, noNaN: true });
    const geometry = fc.record({
      directDist: inRange(10, 5000),
      centerX: inRange(-5000, 5000),
      centerY: inRange(-5000, 5000),
      tilt: inRange(1e-3, 80),
      tiltPlanRotation: inRange(-179, 179),
    });
    const property = fc.property(
      geometry,
      inRange(1e-5, 1e-3),
      inRange(1e-5, 1e-3),
      (fit2d, a, b) => {
        const pixels = { pixel1: a, pixel2: b };
        expectNear(poniToFit2d(fit2dToPoni(fit2d, pixels), pixels), fit2d, 1e-8);
      },
    );
    fc.assert(property, { seed: 2, numRuns: 300 });
  });

  it("are plain without a tilt", () => {
    const pixels = { pixel1: 1e-4, pixel2: 2e-4 };
    const poni = fit2dToPoni({ directDist: 100, centerX: 10, centerY: 20 }, pixels);
    expectNear(poni, { dist: 0.1, poni1: 2e-3, poni2: 2e-3, rot1: 0, rot2: 0, rot3: 0 }, 1e-15);
    expect(poniToFit2d({ ...poni, rot1: 0, rot2: 0 }, pixels).tiltPlanRotation).toBe(0);
  });

  it("refuse what is not finite or cannot be described", () => {
    const pixels = { pixel1: 1e-4, pixel2: 1e-4 };
    const poni = { dist: 1, poni1: 0, poni2: 0, rot1: Math.PI / 2, rot2: 0, rot3: 0 };
    expect(() => poniToFit2d(poni, pixels)).toThrow(/parallel to the detector/);
    expect(() => poniToFit2d({ ...poni, rot1: Number.NaN }, pixels)).toThrow(OptionError);
    const fit2d = { directDist: Number.POSITIVE_INFINITY, centerX: 0, centerY: 0 };
    expect(() => fit2dToPoni(fit2d, pixels)).toThrow(/directDist: Infinity/);
  });
});
