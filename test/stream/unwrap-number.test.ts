import fc from "fast-check";
import { expect, it } from "vitest";
import { unwrapNumbers } from "../../src/stream/unwrap-number.js";

it("counts on where 16 bits begin anew", () => {
  expect([65534, 65535, 0, 1].map(unwrapNumbers())).toEqual([65534, 65535, 65536, 65537]);
});

it("finds numbers again that rise by less than half a turn, whatever is missing", () => {
  const steps = fc.array(fc.integer({ min: 0, max: 32767 }), { maxLength: 40 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 65535 }), steps, (first, rises) => {
      const numbers = [first];
      for (const rise of rises) numbers.push(numbers.at(-1)! + rise);
      const unwrap = unwrapNumbers();
      expect(numbers.map((number) => unwrap(number & 0xffff))).toEqual(numbers);
    }),
    { seed: 10, numRuns: 200 },
  );
});

it("takes those out of order, and a start from 1, for what they are", () => {
  expect([7, 9, 8, 10].map(unwrapNumbers())).toEqual([7, 9, 8, 10]);
  expect([500, 501, 1, 2].map(unwrapNumbers())).toEqual([500, 501, 1, 2]);
  expect([65535, 0, 65535, 1].map(unwrapNumbers())).toEqual([65535, 65536, 65535, 65537]);
  expect([0, 65535].map(unwrapNumbers())).toEqual([0, 65535]);
});
