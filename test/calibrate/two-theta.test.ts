import fc from "fast-check";
import { expect, test } from "vitest";
import { combOf } from "../../src/calibrate/comb.js";
import { geometriesOfCone } from "../../src/calibrate/cone-geometry.js";
import { fitCircle, fitEllipse } from "../../src/calibrate/conic.js";
import { beamCenter, geometryOf, poniOfCenter, SIZE } from "../../src/calibrate/parameters.js";
import { ringCurve } from "../../src/calibrate/ring-curve.js";
import { twoThetaAt, twoThetaDerivatives } from "../../src/calibrate/two-theta.js";
import { twoThetaOf } from "../support/radial-error.js";

const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const parameters = fc
  .tuple(
    number(0.05, 2),
    number(-0.2, 0.3),
    number(-0.2, 0.3),
    number(-0.6, 0.6),
    number(-0.6, 0.6),
  )
  .map((values) => Float64Array.from([...values, 1e-11]));
const position = fc.tuple(number(0, 0.2), number(0, 0.2));

function angleAt(p: Float64Array, y: number, x: number): [angle: number, slope: number] {
  const [angle, slope] = [new Float64Array(1), new Float64Array(1)];
  twoThetaAt(p, Float64Array.of(y), Float64Array.of(x), angle, slope);
  return [angle[0]!, slope[0]!];
}

test("2θ is that of the geometry, and its slope the length of its gradient", () => {
  fc.assert(
    fc.property(parameters, position, ([...p], [y, x]) => {
      const q = Float64Array.from(p);
      const [angle, slope] = angleAt(q, y, x);
      expect(angle).toBeCloseTo(twoThetaOf(geometryOf(q, 0.3), [y, x]), 12);
      fc.pre(angle > 1e-3);
      const step = 1e-7;
      const dy = (angleAt(q, y + step, x)[0] - angleAt(q, y - step, x)[0]) / (2 * step);
      const dx = (angleAt(q, y, x + step)[0] - angleAt(q, y, x - step)[0]) / (2 * step);
      expect(slope / Math.hypot(dy, dx)).toBeCloseTo(1, 4);
    }),
    { seed: 1, numRuns: 200 },
  );
});

test("derivatives by the parameters are those of small steps", () => {
  fc.assert(
    fc.property(parameters, position, (p, [y, x]) => {
      const [angle] = angleAt(p, y, x);
      fc.pre(angle > 0.01 && angle < 2);
      const found = new Float64Array(SIZE);
      twoThetaDerivatives(p, y, x, found, 0);
      for (let j = 0; j < 5; j++) {
        const step = 1e-6;
        const [more, less] = [p.slice(), p.slice()];
        more[j]! += step;
        less[j]! -= step;
        const slope = (angleAt(more, y, x)[0] - angleAt(less, y, x)[0]) / (2 * step);
        expect(Math.abs(found[j]! - slope)).toBeLessThan(1e-4 * (1 + Math.abs(slope)));
      }
    }),
    { seed: 2, numRuns: 200 },
  );
});

test("a ring's curve lies at its angle", () => {
  fc.assert(
    fc.property(parameters, number(0.02, 0.7), (p, twoTheta) => {
      const geometry = geometryOf(p, -0.2);
      const curve = ringCurve(geometry, twoTheta, 12);
      for (let i = 0; i < curve.length; i += 2) {
        if (Number.isNaN(curve[i])) continue;
        expect(twoThetaOf(geometry, [curve[i]!, curve[i + 1]!])).toBeCloseTo(twoTheta, 10);
      }
    }),
    { seed: 3, numRuns: 100 },
  );
});

test("the ellipse of one ring gives back the geometry", () => {
  fc.assert(
    fc.property(parameters, number(0.1, 0.5), (p, twoTheta) => {
      fc.pre(Math.hypot(p[3]!, p[4]!) + twoTheta < 1.1 && Math.hypot(p[3]!, p[4]!) > 0.02);
      const curve = ringCurve(geometryOf(p, 0), twoTheta, 100);
      const y = Float64Array.from({ length: 100 }, (_, i) => curve[2 * i]!);
      const x = Float64Array.from({ length: 100 }, (_, i) => curve[2 * i + 1]!);
      const found = geometriesOfCone(fitEllipse(y, x)!, twoTheta, 1e-11);
      const distances = found.map((q) =>
        Math.max(...[0, 1, 2, 3, 4].map((j) => Math.abs(q[j]! - p[j]!))),
      );
      expect(Math.min(...distances)).toBeLessThan(1e-5);
    }),
    { seed: 4, numRuns: 100 },
  );
});

test("an arc of a circle gives the circle", () => {
  const turns = Array.from({ length: 40 }, (_, i) => i / 30);
  const circle = fitCircle(
    Float64Array.from(turns, (t) => 5 + 2 * Math.sin(t)),
    Float64Array.from(turns, (t) => -3 + 2 * Math.cos(t)),
  )!;
  expect(circle.center[0]).toBeCloseTo(5, 9);
  expect(circle.center[1]).toBeCloseTo(-3, 9);
  expect(circle.major).toBeCloseTo(2, 9);
});

test("beam centre and PONI belong together", () => {
  fc.assert(
    fc.property(parameters, (p) => {
      const center = beamCenter(p);
      expect(twoThetaOf(geometryOf(p, 0), center)).toBeLessThan(1e-9);
      const [poni1, poni2] = poniOfCenter(center, p[0]!, p[3]!, p[4]!);
      expect(poni1).toBeCloseTo(p[1]!, 12);
      expect(poni2).toBeCloseTo(p[2]!, 12);
    }),
    { seed: 5, numRuns: 50 },
  );
});

test("a comb knows the nearest ring", () => {
  const comb = combOf([3, 2, 1.5, 1.2, 0.4], 1e-10);
  expect(comb.d.length).toBe(4);
  comb.twoTheta.forEach((angle, k) => {
    expect(comb.nearest(angle)).toBe(k);
  });
  const between = (comb.twoTheta[1]! + comb.twoTheta[2]!) / 2;
  expect(comb.nearest(between - 1e-9)).toBe(1);
  expect(comb.nearest(between + 1e-9)).toBe(2);
  expect(comb.nearest(3)).toBe(-1);
});
