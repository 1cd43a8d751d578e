import fc from "fast-check";
import { expect, test } from "vitest";
import { putCell } from "../../src/export/cell.js";
import { exactFixed, fixedSize } from "../../src/export/fixed.js";

function text(value: number): string {
  const buffer = new Uint8Array(fixedSize(12, 8)).fill(33);
  const end = putCell(buffer, new DataView(buffer.buffer), 0, value);
  return String.fromCharCode(...buffer.subarray(0, end));
}

const expected = (value: number): string => exactFixed(value, 8).padStart(12);

test.each([
  [0, "  0.00000000"],
  [-0, " -0.00000000"],
  [7.25, "  7.25000000"],
  [42.00000001, " 42.00000001"],
  [123.456, "123.45600000"],
  [4321.001953125, "4321.00195312"],
  [9998.999999999, "9999.00000000"],
  [9999.5, "9999.50000000"],
  [12345.5, "12345.50000000"],
  [-3.5, " -3.50000000"],
  [1e30, "1000000000000000019884624838656.00000000"],
])("%d", (value, written) => expect(text(value)).toBe(written));

test("any number is written as exact arithmetic rounds it", () => {
  const usual = fc.double({ noNaN: true, min: -100, max: 11000 });
  const any = fc.double({ noNaN: true, noDefaultInfinity: true });
  const ties = fc.integer({ min: 0, max: 2 ** 40 }).map((n) => (2 * n + 1) / 2 ** 9);
  fc.assert(
    fc.property(fc.oneof(usual, any, ties), (value) => {
      expect(text(value)).toBe(expected(value));
    }),
    { seed: 7, numRuns: 8000 },
  );
});

test("every group of four digits is written", () => {
  for (let i = 0; i < 10000; i++) {
    expect(text(i)).toBe(expected(i));
    expect(text(i / 1e4)).toBe(expected(i / 1e4));
    expect(text(i / 1e8)).toBe(expected(i / 1e8));
  }
});
