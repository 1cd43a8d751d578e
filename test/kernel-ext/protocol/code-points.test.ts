import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCodePoints, toUnits } from "../../../kernel-ext/protocol/code-points.js";

describe("places in a text", () => {
  it.each([
    ["abc", 2, 2],
    ["😀bc", 1, 2],
    ["a😀c", 3, 4],
    ["a😀c", 99, 4],
    ["", 1, 0],
    ["abc", -1, 0],
  ])("%j at %i code points is at %i units", (text, points, units) => {
    expect(toUnits(text, points)).toBe(units);
  });

  it("are the same there and back", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.nat(20), (text, place) => {
        const points = Math.min(place, [...text].length);
        expect(toCodePoints(text, toUnits(text, points))).toBe(points);
        expect(toUnits(text, points)).toBe([...text].slice(0, points).join("").length);
      }),
      { seed: 7, numRuns: 300 },
    );
  });
});
