import fc from "fast-check";
import { expect, it } from "vitest";
import { narrowWide, wideValues } from "../../../src/stream/midas-socket/wide-integers.js";

const bytes = (values: readonly bigint[]): Uint8Array =>
  new Uint8Array(BigInt64Array.from(values).buffer);

it.each([
  ["Uint32Array", [0n, 1n, 4294967295n]],
  ["Int32Array", [-1n, 2147483647n, -2147483648n]],
  ["Float64Array", [-1n, 4294967295n]],
  ["Float64Array", [2n ** 53n - 1n, 1n - 2n ** 53n, 2n ** 62n, -(2n ** 63n), 2n ** 53n + 2n]],
])("becomes %s where that is the smallest that holds all", (name, values) => {
  const narrow = narrowWide(bytes(values));
  expect(narrow.constructor.name).toBe(name);
  expect([...narrow].map(BigInt)).toEqual(values);
});

it.each([2n ** 53n + 1n, -(2n ** 53n) - 1n, 2n ** 63n - 1n])("refuses %s by its name", (value) => {
  expect(() => narrowWide(bytes([5n, value]))).toThrow(`value 1 is ${value}`);
});

it("gives every value that it does not refuse", () => {
  const value = fc.oneof(
    fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
    fc.bigInt(-(2n ** 54n), 2n ** 54n),
    fc.bigInt(-(2n ** 33n), 2n ** 33n),
  );
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 20 }), (all) => {
      const fits = all.every((one) => BigInt(Number(one)) === one);
      if (!fits) expect(() => wideValues(bytes(all))).toThrow(RangeError);
      else {
        expect([...wideValues(bytes(all))].map(BigInt)).toEqual(all);
        expect([...narrowWide(bytes(all))].map(BigInt)).toEqual(all);
      }
    }),
    { seed: 3, numRuns: 500 },
  );
});
