import fc from "fast-check";
import { expect, test } from "vitest";
import { exactFixed, fixedSize, putFixed } from "../../src/export/fixed.js";

function text(value: number, width: number, decimals: number): string {
  const buffer = new Uint8Array(fixedSize(width, decimals)).fill(33);
  const end = putFixed(buffer, 0, value, width, decimals);
  return String.fromCharCode(...buffer.subarray(0, end));
}

/** Integers only: the double is m · 2^e, and halves of its last decimal go to the even one. */
function byIntegers(value: number, width: number, decimals: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  const bits = view.getBigUint64(0);
  const biased = Number((bits >> 52n) & 0x7ffn);
  const mantissa = (bits & 0xfffffffffffffn) | (biased === 0 ? 0n : 1n << 52n);
  const power = BigInt(Math.max(biased, 1) - 1075);
  const scaled = mantissa * 10n ** BigInt(decimals);
  let units = power >= 0n ? scaled << power : scaled >> -power;
  if (power < 0n) {
    const rest = scaled & ((1n << -power) - 1n);
    const half = 1n << (-power - 1n);
    if (rest > half || (rest === half && units % 2n === 1n)) {
      units += 1n;
    }
  }
  const digits = units.toString().padStart(decimals + 1, "0");
  const sign = bits >> 63n === 1n ? "-" : "";
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`.padStart(width);
}

const decimals = fc.integer({ min: 1, max: 9 });

test("any number is written as exact integer arithmetic rounds it", () => {
  const value = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(value, decimals, (x, d) => {
      expect(text(x, 12, d)).toBe(byIntegers(x, 12, d));
      expect(exactFixed(x, d)).toBe(byIntegers(x, 0, d));
    }),
    { seed: 1, numRuns: 3000 },
  );
});

test("intensities of usual size are written as exact integer arithmetic rounds them", () => {
  const value = fc.double({ noNaN: true, min: -1e6, max: 1e6 });
  fc.assert(
    fc.property(value, (x) => {
      expect(text(x, 12, 8)).toBe(byIntegers(x, 12, 8));
    }),
    { seed: 2, numRuns: 5000 },
  );
});

test("exact ties and their neighbours are written as exact integer arithmetic rounds them", () => {
  const neighbour = fc.constantFrom(0, -1, 1);
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 40 }), decimals, neighbour, (n, d, side) => {
      const tie = (2 * n + 1) / 2 ** (d + 1);
      const x = tie * (1 + side * 2 ** -52);
      expect(text(x, 12, d)).toBe(byIntegers(x, 12, d));
    }),
    { seed: 3, numRuns: 5000 },
  );
});

test("values just beside a decimal tie are not taken for one", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), (n) => {
      const x = (n + 0.5) / 1e8;
      expect(text(x, 12, 8)).toBe(byIntegers(x, 12, 8));
    }),
    { seed: 4, numRuns: 5000 },
  );
});

test.each([
  [0, "  0.00000000"],
  [-0, " -0.00000000"],
  [1 / 512, "  0.00195312"],
  [3 / 512, "  0.00585938"],
  [0.999999999, "  1.00000000"],
  [999.999999996, "1000.00000000"],
  [-12.5, "-12.50000000"],
  [2 ** 31, "2147483648.00000000"],
  [1e22, "10000000000000000000000.00000000"],
])("%d is written as %o", (value, expected) => {
  expect(text(value, 12, 8)).toBe(expected);
});

test("what has no digits is refused", () => {
  expect(() => exactFixed(Number.NaN, 8)).toThrow(RangeError);
  expect(() => exactFixed(Infinity, 8)).toThrow(RangeError);
});
