import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ScaleName, scaleBetween } from "../../src/figure/scale.js";
import { scaleTicks, tickText } from "../../src/figure/ticks.js";

const NAMES = ["linear", "log", "sqrt", "asinh"] as const;

describe("scaleBetween", () => {
  it.each(NAMES)("%s grows from 0 to 1 and back again", (name) => {
    const limits = fc.tuple(
      fc.double({ min: 0.01, max: 1e4, noNaN: true }),
      fc.double({ min: 0.1, max: 1e5, noNaN: true }),
    );
    fc.assert(
      fc.property(limits, fc.double({ min: 0, max: 1, noNaN: true }), ([low, span], place) => {
        const scale = scaleBetween(name, low, low + span);
        expect(scale.place(low)).toBe(0);
        expect(scale.place(low + span)).toBe(1);
        expect(scale.place(scale.value(place))).toBeCloseTo(place, 6);
        expect(scale.place(low - 1)).toBe(0);
        expect(scale.place(low + 2 * span)).toBe(1);
      }),
      { seed: 3, numRuns: 100 },
    );
  });

  it("draws equal limits, and values below 0, without NaN", () => {
    for (const name of NAMES) expect(scaleBetween(name, 5, 5).place(5)).toBe(0);
    expect(scaleBetween("sqrt", -4, 5).place(0)).toBeCloseTo(2 / 3, 10);
    expect(scaleBetween("asinh", -10, 10).place(0)).toBeCloseTo(0.5, 10);
  });

  it("refuses a logarithm from 0, and names that are none", () => {
    expect(() => scaleBetween("log", 0, 10)).toThrow(/above 0/);
    expect(() => scaleBetween("cubic" as ScaleName, 0, 1)).toThrow(
      /no scale "cubic"; there are linear/,
    );
  });
});

describe("scaleTicks", () => {
  it("are round, inside the limits and apart", () => {
    expect(scaleTicks("linear", 2, 8, 6)).toEqual([2, 3, 4, 5, 6, 7, 8]);
    expect(scaleTicks("linear", -180, 180, 8)).toEqual([-150, -100, -50, 0, 50, 100, 150]);
    expect(scaleTicks("log", 1, 1e6, 6)).toEqual([1, 10, 100, 1e3, 1e4, 1e5, 1e6]);
    for (const name of NAMES) {
      const ticks = scaleTicks(name, 3, 4321, 6);
      expect(ticks.length).toBeGreaterThanOrEqual(3);
      for (const value of ticks) expect(value >= 3 && value <= 4321).toBe(true);
    }
  });

  it("are written short", () => {
    const texts = [0, -2, 0.1 + 0.2, 1500, 2e6, 1e-7].map(tickText);
    expect(texts).toEqual(["0", "−2", "0.3", "1500", "2·10⁶", "1·10⁻⁷"]);
  });
});
