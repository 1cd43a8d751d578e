import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SCALE_NAMES } from "../../../src/figure/scale.js";
import { hasPlace, placesFor, valueScale, valueTicks } from "../../../widgets/lines/value-scale.js";

describe.each(SCALE_NAMES)("the %s scale of an axis", (name) => {
  const limits = fc
    .tuple(
      fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
      fc.double({ min: 1, max: 1e6, noNaN: true }),
    )
    .map(([low, span]): [number, number] => [low, low + span]);

  it("grows, and goes back to the value", () => {
    fc.assert(
      fc.property(limits, fc.double({ min: 0, max: 1, noNaN: true }), ([low, high], part) => {
        const scale = valueScale(name, low, high);
        const value = low + part * (high - low);
        expect(scale.back(scale.forward(value))).toBeCloseTo(value, 6 - Math.log10(high));
        expect(scale.forward(high)).toBeGreaterThan(scale.forward(low));
      }),
      { seed: 7 },
    );
  });

  it("has ticks at round values between its ends, ascending, wherever it is zoomed", () => {
    fc.assert(
      fc.property(
        limits,
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        (l, a, w) => {
          const scale = valueScale(name, ...l);
          const [bottom, top] = placesFor(name, scale, l);
          const from = bottom + a * (top - bottom);
          const to = Math.min(from + w * (top - bottom), top);
          const ticks = valueTicks(name, scale, from, to);
          expect(ticks.length).toBeGreaterThan(1);
          expect(ticks.length).toBeLessThan(14);
          for (const [i, tick] of ticks.entries()) {
            expect(scale.forward(tick)).toBeGreaterThanOrEqual(from);
            expect(scale.forward(tick)).toBeLessThanOrEqual(to);
            if (i > 0) expect(tick).toBeGreaterThan(ticks[i - 1]!);
          }
        },
      ),
      { seed: 8 },
    );
  });
});

it("writes the powers of ten of a logarithmic scale", () => {
  const scale = valueScale("log", 1, 1e4);
  expect(valueTicks("log", scale, 0.5, 3.5)).toEqual([5, 10, 20, 50, 100, 200, 500, 1000, 2000]);
  expect(valueTicks("log", valueScale("log", 1, 1e9), 0, 9)).toHaveLength(10);
});

it("has no place for values that a logarithm does not have", () => {
  expect([0, -1, 1].map((value) => hasPlace("log", value))).toEqual([false, false, true]);
  expect(hasPlace("sqrt", -1)).toBe(true);
  expect(hasPlace("linear", Number.NaN)).toBe(false);
});
