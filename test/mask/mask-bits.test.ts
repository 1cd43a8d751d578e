import fc from "fast-check";
import { expect, it } from "vitest";
import { packMask, unpackMask } from "../../src/mask/mask-bits.js";

it("masks come back from their bits", () => {
  const size = fc.integer({ min: 1, max: 30 });
  fc.assert(
    fc.property(size, size, fc.infiniteStream(fc.nat(1)), (rows, columns, values) => {
      const stream = values[Symbol.iterator]();
      const data = Uint8Array.from({ length: rows * columns }, () => stream.next().value as number);
      const bits = packMask({ data, shape: [rows, columns] });
      expect(bits.length).toBe(Math.ceil((rows * columns) / 8));
      expect(unpackMask(bits, [rows, columns])).toEqual({ data, shape: [rows, columns] });
    }),
    { seed: 3, numRuns: 50 },
  );
});
