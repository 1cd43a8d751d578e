import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { usableCounts } from "../../src/calibrate/counts.js";
import { fitPoints, outlyingPoints } from "../../src/calibrate/fit-points.js";
import type { CalibrateOptions } from "../../src/calibrate/options.js";
import { type PickedPoint, pickCrest } from "../../src/calibrate/pick-crest.js";
import { findRidges } from "../../src/calibrate/ridges.js";
import { ringCurve } from "../../src/calibrate/ring-curve.js";
import { type CalibrationSetup, calibrationSetup } from "../../src/calibrate/setup.js";
import { detector } from "../../src/detector/detector-factory.js";
import type { Geometry } from "../../src/geometry/geometry.js";
import { simulatePowder } from "../../src/simulate/powder.js";

const truth = { dist: 0.12, poni1: 0.0262, poni2: 0.0291, rot1: 0.01, rot2: -0.02, rot3: 0 };
const PIXEL = 1e-4;
const image = simulatePowder({
  ...truth,
  wavelength: 4e-11,
  detector: detector({ pixel1: PIXEL, shape: [560, 540] }),
  phases: [{ lattice: "CeO2", counts: 800, fwhm: 0.13 }],
  background: { flat: 30 },
  polarizationFactor: null,
  seed: 3,
});
const about: CalibrateOptions = {
  calibrant: "CeO2",
  wavelength: 4e-11,
  detector: detector({ pixel1: PIXEL }),
};

function setup(more: Partial<CalibrateOptions> = {}): CalibrationSetup {
  return calibrationSetup(image, { ...about, ...more });
}

/** Points on calculated rings; part 1 is the whole ring. */
function pointsOn(
  geometry: Geometry,
  rings: readonly number[],
  part = 1,
  number = 24,
): PickedPoint[] {
  const { comb } = setup();
  return rings.flatMap((ring) => {
    const curve = ringCurve(geometry, comb.twoTheta[ring]!, 720);
    return Array.from({ length: number }, (_, i) => {
      const at = 2 * Math.floor((i / number) * part * 720);
      return { ring, row: curve[at]! / PIXEL - 0.5, column: curve[at + 1]! / PIXEL - 0.5 };
    });
  });
}

/** Largest distance between rings of two geometries, in pixels. */
function apart(a: Geometry, b: Geometry): number {
  const { comb } = setup();
  const [one, other] = [ringCurve(a, comb.twoTheta[2]!), ringCurve(b, comb.twoTheta[2]!)];
  const point = (curve: Float64Array, i: number) => [curve[2 * i]!, curve[2 * i + 1]!] as const;
  let most = 0;
  for (let i = 0; i < 720; i += 45) {
    let least = Infinity;
    for (let k = 0; k < 720; k++) {
      const [[y, x], [v, u]] = [point(one, i), point(other, k)];
      least = Math.min(least, Math.hypot(y - v, x - u));
    }
    most = Math.max(most, least / PIXEL);
  }
  return most;
}

describe("pickCrest", () => {
  const ridges = findRidges(usableCounts(image, []));
  const { comb } = setup();
  const ring = ringCurve(truth, comb.twoTheta[1]!, 720);

  test("snaps to the crest near a place, and follows it around", () => {
    const [row, column] = [ring[100]! / PIXEL - 0.5, ring[101]! / PIXEL - 0.5];
    const found = pickCrest(ridges, [row + 5, column - 4], 1);
    expect(found.length).toBe(60);
    for (const point of found) {
      expect(point.ring).toBe(1);
      let least = Infinity;
      for (let i = 0; i < ring.length; i += 2) {
        const [y, x] = [ring[i]! / PIXEL - 0.5, ring[i + 1]! / PIXEL - 0.5];
        least = Math.min(least, Math.hypot(y - point.row, x - point.column));
      }
      expect(least).toBeLessThan(1.2);
    }
    const columns = found.map((point) => point.column);
    expect(Math.max(...columns) - Math.min(...columns)).toBeGreaterThan(300);
  });

  test("finds nothing where no crest is near", () => {
    expect(pickCrest(ridges, [truth.poni1 / PIXEL, truth.poni2 / PIXEL], 0)).toEqual([]);
  });

  test("gives points that the geometry is found from", () => {
    const picked = [0, 1, 2].flatMap((k) => {
      const curve = ringCurve(truth, comb.twoTheta[k]!, 720);
      return pickCrest(ridges, [curve[360]! / PIXEL - 0.5, curve[361]! / PIXEL - 0.5], k);
    });
    expect(apart(fitPoints(picked, setup()).geometry, truth)).toBeLessThan(0.3);
  });
});

describe("fitPoints", () => {
  test("finds the geometry of exact points, whatever the tilt, from whole rings and from arcs", () => {
    const angle = fc.double({ min: -0.4, max: 0.4, noNaN: true });
    const part = fc.double({ min: 0.3, max: 1, noNaN: true });
    fc.assert(
      fc.property(angle, angle, part, (rot1, rot2, seen) => {
        const geometry = { ...truth, rot1, rot2 };
        const fit = fitPoints(pointsOn(geometry, [0, 1, 2, 4], seen), setup());
        expect(apart(fit.geometry, geometry)).toBeLessThan(0.02);
        expect(Math.max(...fit.misfit.map(Math.abs))).toBeLessThan(0.01);
      }),
      { seed: 8, numRuns: 40 },
    );
  });

  test("is not led astray by a few wrong points, and tells them", () => {
    const points = pointsOn(truth, [0, 1, 2]);
    const wrong = points.map((point, i) =>
      i % 12 === 5 ? { ...point, row: point.row + 20 } : point,
    );
    const { geometry, misfit } = fitPoints(wrong, setup());
    expect(apart(geometry, truth)).toBeLessThan(0.3);
    const found = outlyingPoints(misfit);
    expect(found.filter(Boolean).length).toBeGreaterThan(3);
    found.forEach((isOutlying, i) => {
      if (isOutlying) expect(i % 12).toBe(5);
    });
  });

  test("holds what is held, and then needs one ring only", () => {
    const fixed = setup({ start: { rot1: truth.rot1, rot2: truth.rot2 }, fix: ["rot1", "rot2"] });
    const { geometry } = fitPoints(pointsOn(truth, [1]), fixed);
    expect([geometry.rot1, geometry.rot2]).toEqual([truth.rot1, truth.rot2]);
    expect(geometry.dist).toBeCloseTo(truth.dist, 8);
  });

  test("says what is missing", () => {
    const message = (points: readonly PickedPoint[]): string => {
      try {
        fitPoints(points, setup());
      } catch (error) {
        return (error as Error).message;
      }
      return "";
    };
    expect(message([])).toContain("there are none");
    expect(message(pointsOn(truth, [0, 1, 2], 1, 2))).toContain("there are 6; pick 8 or more");
    expect(message(pointsOn(truth, [0]))).toContain("one ring");
    expect(message([...pointsOn(truth, [0], 1, 4), ...pointsOn(truth, [1])])).toContain(
      "of two rings one has 4",
    );
    expect(message([...pointsOn(truth, [0]), { row: 1, column: 1, ring: 9000 }])).toContain(
      "ring 9001 is none",
    );
  });
});
