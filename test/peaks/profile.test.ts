import { expect, it, test } from "vitest";
import type { PeakProfile } from "../../src/peaks/options.js";
import { newPoints } from "../../src/peaks/points.js";
import { profileOf } from "../../src/peaks/profile.js";
import { chebyshevTerms, windowModel } from "../../src/peaks/window-model.js";
import { bins, pseudoVoigt } from "./simulated.js";

const RANGE = [3.4, 3.6] as const;
const ORDER = 3;
const COUNT = 41;

function modelOf(name: PeakProfile): {
  values: (p: Float64Array) => Float64Array;
  jacobian: (p: Float64Array) => Float64Array;
} {
  const points = newPoints(COUNT);
  points.count = COUNT;
  points.x.set(bins(...RANGE, COUNT));
  points.weight.fill(0.5);
  const model = windowModel(points, RANGE, ORDER, 2, profileOf(name));
  const residuals = new Float64Array(COUNT);
  const jacobian = new Float64Array(COUNT * (ORDER + 9));
  const evaluate = (p: Float64Array): void => model(p, residuals, jacobian);
  return {
    values: (p) => {
      evaluate(p);
      return residuals.slice();
    },
    jacobian: (p) => {
      evaluate(p);
      return jacobian.slice();
    },
  };
}

const PARAMETERS = {
  "pseudo-voigt": [50, 3, -2, 1, 10, 3.47, 0.03, 0.4, 6, 3.53, 0.02, 0.9],
  tch: [50, 3, -2, 1, 10, 3.47, 0.02, 0.015, 6, 3.53, 0.004, 0.03],
};

it.each(["pseudo-voigt", "tch"] as const)("derivatives are those of differences: %s", (name) => {
  const { values, jacobian } = modelOf(name);
  const p = Float64Array.from(PARAMETERS[name]);
  const found = jacobian(p);
  p.forEach((value, j) => {
    const step = 1e-6 * Math.abs(value);
    const [up, down] = [1, -1].map((sign) => values(p.with(j, value + sign * step)));
    const slopes = up!.map((value, i) => (value - down![i]!) / (2 * step));
    const largest = Math.max(...slopes.map(Math.abs));
    slopes.forEach((slope, i) => {
      expect(Math.abs(found[i * p.length + j]! - slope) / largest).toBeLessThan(1e-6);
    });
  });
});

test("the model is a series with peaks", () => {
  const p = Float64Array.from(PARAMETERS["pseudo-voigt"]);
  const found = modelOf("pseudo-voigt").values(p);
  bins(...RANGE, COUNT).forEach((x, i) => {
    const u = (x - 3.5) / 0.1;
    const series = 50 + 3 * u - 2 * (2 * u * u - 1) + (4 * u ** 3 - 3 * u);
    const peaks = pseudoVoigt(x, [10, 3.47, 0.03, 0.4]) + pseudoVoigt(x, [6, 3.53, 0.02, 0.9]);
    expect(found[i]).toBeCloseTo(0.5 * (series + peaks), 9);
    const terms = chebyshevTerms(x, RANGE, ORDER);
    expect(50 * terms[0]! + 3 * terms[1]! - 2 * terms[2]! + terms[3]!).toBeCloseTo(series, 9);
  });
});

test("Thompson, Cox & Hastings: both ends, and the way back", () => {
  const { shape, parameters } = profileOf("tch");
  const out = new Float64Array(6);
  shape(0.02, 0, out);
  expect([out[0], out[1]]).toEqual([expect.closeTo(0.02, 12), 0]);
  shape(0, 0.02, out);
  expect([out[0], out[1]]).toEqual([expect.closeTo(0.02, 12), expect.closeTo(1, 12)]);
  for (const eta of [0, 0.1, 0.35, 0.6, 0.9, 1]) {
    shape(...parameters(0.03, eta), out);
    expect(out[0]! / 0.03).toBeCloseTo(1, 2);
    expect(out[1]).toBeCloseTo(eta, 2);
  }
});

test("Thompson–Cox–Hastings is close to a Voigt profile", () => {
  const [gauss, lorentz, out] = [0.02, 0.015, new Float64Array(6)];
  profileOf("tch").shape(gauss, lorentz, out);
  const voigt = (x: number): number => {
    let sum = 0;
    const step = 1e-4;
    for (let t = -0.1; t <= 0.1; t += step) {
      sum += step * pseudoVoigt(t, [1, 0, gauss, 0]) * pseudoVoigt(x - t, [1, 0, lorentz, 1]);
    }
    return sum;
  };
  for (const x of [0, 0.005, 0.01, 0.02, 0.04]) {
    const near = pseudoVoigt(x, [1, 0, out[0]!, out[1]!]);
    expect(Math.abs(near - voigt(x)) / voigt(0)).toBeLessThan(0.015);
  }
});
