import { expect, test } from "vitest";
import { snipBackground } from "../../src/peaks/snip.js";
import { bins, simulated } from "./simulated.js";

const radial = bins(2, 8, 1000);

test("what is below the peaks remains", () => {
  const peaks = [3, 4.5, 6].map((center) => [20, center, 0.04, 0.2] as const);
  const { intensity } = simulated(radial, peaks, { background: 100, slope: -10 });
  const background = snipBackground(intensity);
  radial.forEach((x, i) => {
    const expected = 100 - 10 * (x - 2);
    expect(Math.abs(background[i]! - expected)).toBeLessThan(8);
    expect(background[i]!).toBeLessThanOrEqual(intensity[i]! + 1e-9);
  });
});

test("a straight line, values below zero and a constant stay", () => {
  const constant = snipBackground(new Float64Array(50).fill(7));
  for (const value of constant) expect(value).toBeCloseTo(7, 9);
  const negative = snipBackground(new Float64Array(50).fill(-7));
  for (const value of negative) expect(value).toBeCloseTo(-7, 9);
});

test("more iterations take off wider peaks", () => {
  const { intensity } = simulated(radial, [[100, 5, 0.3, 0]], { background: 10 });
  const at = 500;
  expect(snipBackground(intensity, 10)[at]).toBeGreaterThan(100);
  expect(snipBackground(intensity, 150)[at]).toBeLessThan(15);
});

test("bins without a value are bridged", () => {
  const values = new Float64Array(100).fill(5);
  values.fill(NaN, 0, 5).fill(Infinity, 40, 60).fill(NaN, 95);
  for (const value of snipBackground(values)) expect(value).toBeCloseTo(5, 9);
  expect(snipBackground([NaN, NaN])).toEqual(Float64Array.of(0, 0));
});
