import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { OptionError } from "../../src/errors.js";
import { strainEllipse } from "../../src/peaks/strain-ellipse.js";
import { strainAlong } from "../../src/simulate/strain.js";
import { normalNumbers } from "./simulated.js";

const directions = Array.from({ length: 36 }, (_, i) => 5 + 10 * i);
const TENSOR = { e11: 1.2e-3, e22: -4e-4, e12: 3e-4 };
const along = strainAlong({ ...TENSOR, direction: 0 });
const strains = directions.map((direction) => along(0, (direction * Math.PI) / 180));

test("the tensor that a pattern was simulated with", () => {
  const ellipse = strainEllipse(directions, strains);
  for (const name of ["e11", "e22", "e12"] as const) {
    expect(ellipse[name]).toBeCloseTo(TENSOR[name], 12);
  }
  const { largest, smallest, direction } = ellipse;
  expect(largest + smallest).toBeCloseTo(TENSOR.e11 + TENSOR.e22, 12);
  expect(along(0, (direction * Math.PI) / 180)).toBeCloseTo(largest, 12);
  expect(along(0, ((direction + 90) * Math.PI) / 180)).toBeCloseTo(smallest, 12);
  expect(direction).toBeCloseTo((Math.atan2(6e-4, 1.6e-3) * 90) / Math.PI, 9);
});

test("it turns with the directions", () => {
  fc.assert(
    fc.property(fc.double({ min: -80, max: 80, noNaN: true }), (turn) => {
      const plain = strainEllipse(directions, strains);
      const turned = strainEllipse(
        directions.map((direction) => direction + turn),
        strains,
      );
      expect(turned.largest).toBeCloseTo(plain.largest, 12);
      const far = (turned.direction - plain.direction - turn) / 180;
      expect(far - Math.round(far)).toBeCloseTo(0, 9);
    }),
    { seed: 1, numRuns: 30 },
  );
});

describe("standard errors are those of repeated experiments", () => {
  it.each([
    ["given", true],
    ["by the scatter", false],
  ])("%s", (_, isGiven) => {
    const names = ["e11", "e22", "e12", "largest", "smallest", "direction"] as const;
    const exact = strainEllipse(directions, strains);
    const squares = names.map(() => 0);
    const sigmas = directions.map((_, i) => (isGiven ? 2e-5 * (1 + (i % 3)) : 4e-5));
    const draws = 400;
    for (let seed = 1; seed <= draws; seed++) {
      const normal = normalNumbers(seed);
      const noisy = strains.map((strain, i) => strain + sigmas[i]! * normal());
      const found = strainEllipse(directions, noisy, isGiven ? sigmas : undefined);
      names.forEach((name, i) => {
        squares[i]! += ((found[name] - exact[name]) / found.sigma[name]) ** 2 / draws;
      });
    }
    for (const square of squares) {
      expect(Math.sqrt(square)).toBeGreaterThan(0.85);
      expect(Math.sqrt(square)).toBeLessThan(1.15);
    }
  });
});

test("cakes without a strain are left out", () => {
  const some = strains.map((strain, i) => (i % 4 === 0 ? Number.NaN : strain));
  const ellipse = strainEllipse(directions, some);
  expect(ellipse.points).toBe(27);
  expect(ellipse.e12).toBeCloseTo(TENSOR.e12, 12);
});

test("three directions leave no degree of freedom", () => {
  const three = strainEllipse([0, 60, 120], [1e-3, 2e-3, 3e-3], [1e-5, 1e-5, 1e-5]);
  expect(three.chi2).toBeUndefined();
  expect(three.sigma.e11).toBeGreaterThan(0);
});

it.each([
  ["two", [0, 90]],
  ["opposite ones", [0, 90, 180, 270, 360]],
  ["none", []],
])("refuses directions that are not three: %s", (_, given) => {
  expect(() =>
    strainEllipse(
      given,
      given.map(() => 1e-3),
    ),
  ).toThrow(OptionError);
});
