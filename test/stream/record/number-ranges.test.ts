import fc from "fast-check";
import { expect, it } from "vitest";
import { NumberRanges } from "../../../src/stream/record/number-ranges.js";

it("knows the numbers that were added, in whatever order they come", () => {
  const property = fc.property(fc.array(fc.integer({ min: -5, max: 40 })), (values) => {
    const ranges = new NumberRanges();
    const known = new Set<number>();
    for (const value of values) {
      ranges.add(value);
      known.add(value);
      for (let other = -6; other <= 41; other++) expect(ranges.has(other)).toBe(known.has(other));
    }
  });
  fc.assert(property, { seed: 3, numRuns: 100 });
});
