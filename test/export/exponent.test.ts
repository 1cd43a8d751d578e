import fc from "fast-check";
import { expect, test } from "vitest";
import { exponent } from "../../src/export/exponent.js";

test.each([
  [0, "  0.000000e+00"],
  [-0, " -0.000000e+00"],
  [6.913297418463434e-3, "  6.913297e-03"],
  [-123456.75, " -1.234568e+05"],
  [1e100, " 1.000000e+100"],
  [Number.NaN, "           nan"],
  [-Infinity, "          -inf"],
])("%d is written as %o", (value, expected) => {
  expect(exponent(value, 14, 6)).toBe(expected);
});

// Integers of eight digits that end in 5 are the ties of seven digits.
test("ties go to the even digit and all else to the nearest", () => {
  fc.assert(
    fc.property(fc.integer({ min: 10_000_000, max: 99_999_999 }), fc.boolean(), (n, five) => {
      const value = five ? 10 * Math.floor(n / 10) + 5 : n;
      const tens = Math.floor(value / 10);
      const rest = value % 10;
      const units = rest > 5 || (rest === 5 && tens % 2 === 1) ? tens + 1 : tens;
      const [power, digits] = units === 10_000_000 ? [8, "1000000"] : [7, `${units}`];
      expect(exponent(value, 0, 6)).toBe(`${digits[0]}.${digits.slice(1)}e+0${power}`);
    }),
    { seed: 5, numRuns: 2000 },
  );
});

test("a value beside a tie is not taken for one", () => {
  // As C prints them: the first double lies above its tie, the second below.
  expect(exponent(1.0000005, 0, 6)).toBe("1.000001e+00");
  expect(exponent(1.0000015, 0, 6)).toBe("1.000001e+00");
});

test("what is written reads back within half of its last digit", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: 1e-300 }), (value) => {
      expect(Math.abs(Number(exponent(value, 14, 6)) / value - 1)).toBeLessThan(5.1e-7);
    }),
    { seed: 6, numRuns: 2000 },
  );
});
