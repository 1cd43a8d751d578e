import { expect, test } from "vitest";
import { invertCholesky, solveCholesky } from "../../src/fit/cholesky.js";
import { levenbergMarquardt } from "../../src/fit/levenberg-marquardt.js";
import { randomStream } from "../../src/simulate/random.js";

/** A decay with known parameters, and Gaussian noise of a standard error. */
function decay(seed: number, noise: number, outliers = 0) {
  const random = randomStream(seed, 0);
  const gauss = (): number => {
    return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  };
  const x = Float64Array.from({ length: 200 }, (_, i) => i / 40);
  const y = x.map(
    (t, i) => 3 * Math.exp(-1.5 * t) + 0.5 + noise * gauss() + (i < outliers ? 4 : 0),
  );
  const evaluate = (p: Float64Array, residuals: Float64Array, jacobian: Float64Array): void => {
    x.forEach((t, i) => {
      const e = Math.exp(-p[1]! * t);
      residuals[i] = (p[0]! * e + p[2]! - y[i]!) / (noise || 1);
      jacobian.set(
        [e, -p[0]! * t * e, 1].map((v) => v / (noise || 1)),
        3 * i,
      );
    });
  };
  return { start: Float64Array.of(1, 0.5, 0), count: x.length, evaluate };
}

test("finds parameters without noise to rounding", () => {
  const { parameters, converged, cost } = levenbergMarquardt(decay(1, 0));
  expect(converged).toBe(true);
  expect(cost).toBeLessThan(1e-20);
  [3, 1.5, 0.5].forEach((value, j) => {
    expect(parameters[j]).toBeCloseTo(value, 9);
  });
});

test("errors are those of repeated experiments", () => {
  const squares = [0, 0, 0];
  const runs = 100;
  for (let seed = 1; seed <= runs; seed++) {
    const { parameters, covariance } = levenbergMarquardt(decay(seed, 0.05));
    [3, 1.5, 0.5].forEach((value, j) => {
      squares[j]! += (parameters[j]! - value) ** 2 / covariance![4 * j]!;
    });
  }
  for (const sum of squares) {
    expect(Math.sqrt(sum / runs)).toBeGreaterThan(0.8);
    expect(Math.sqrt(sum / runs)).toBeLessThan(1.2);
  }
});

test("Cauchy's loss leaves outliers aside", () => {
  const problem = decay(3, 0.05, 20);
  const plain = levenbergMarquardt(problem).parameters;
  const robust = levenbergMarquardt({ ...problem, cauchy: 2.5 }).parameters;
  expect(Math.abs(plain[1]! - 1.5)).toBeGreaterThan(0.3);
  expect(Math.abs(robust[1]! - 1.5)).toBeLessThan(0.1);
});

test("what is fixed stays, and has no error", () => {
  const fit = levenbergMarquardt({ ...decay(4, 0.05), fixed: [0, 0, 1] });
  expect(fit.parameters[2]).toBe(0);
  expect(Array.from(fit.covariance!.subarray(6))).toEqual([0, 0, 0]);
});

test("without information there is no covariance", () => {
  const fit = levenbergMarquardt({
    start: Float64Array.of(1, 1),
    count: 3,
    evaluate: (p, residuals, jacobian) => {
      residuals.fill(p[0]! + p[1]! - 1);
      jacobian.fill(1);
    },
  });
  expect(fit.covariance).toBeUndefined();
});

test("Cholesky's factor solves and inverts", () => {
  const a = [4, 2, 1, 2, 5, 3, 1, 3, 6];
  const b = Float64Array.of(1, 2, 3);
  expect(solveCholesky(Float64Array.from(a), b, 3)).toBe(true);
  for (let i = 0; i < 3; i++) {
    const sum = a[3 * i]! * b[0]! + a[3 * i + 1]! * b[1]! + a[3 * i + 2]! * b[2]!;
    expect(sum).toBeCloseTo(i + 1, 12);
  }
  const inverse = invertCholesky(Float64Array.from(a), 3)!;
  expect(a[0]! * inverse[0]! + a[1]! * inverse[3]! + a[2]! * inverse[6]!).toBeCloseTo(1, 12);
  expect(invertCholesky(Float64Array.of(1, 1, 1, 1), 2)).toBeUndefined();
});

test("bounds hold what would leave them, and let go of what would not", () => {
  const problem = decay(5, 0.05);
  const upper = Float64Array.of(2.5, 9, 9);
  const bound = levenbergMarquardt({ ...problem, upper });
  expect(bound.converged).toBe(true);
  expect(bound.parameters[0]).toBe(2.5);
  // The others are where they are with this one fixed.
  const start = Float64Array.of(2.5, 0.5, 0);
  const fixed = levenbergMarquardt({ ...problem, start, fixed: [1, 0, 0] });
  for (const j of [1, 2]) expect(bound.parameters[j]).toBeCloseTo(fixed.parameters[j]!, 5);
  // Its error is known all the same: that of the Jacobian there.
  expect(bound.covariance![0]).toBeGreaterThan(0);

  const free = levenbergMarquardt(problem);
  const within = levenbergMarquardt({ ...problem, lower: [1, 0.5, 0], upper: [9, 9, 9] });
  within.parameters.forEach((value, j) => {
    expect(value).toBeCloseTo(free.parameters[j]!, 5);
  });
});
