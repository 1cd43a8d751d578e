import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blockMean } from "../../src/figure/block-mean.js";

describe("blockMean", () => {
  it("is the mean of what counts in each square, cut off at the edges", () => {
    const value = fc.oneof(fc.integer({ min: 0, max: 1000 }), fc.constantFrom(NaN, Infinity));
    const property = fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 2, max: 5 }),
      fc.infiniteStream(value),
      fc.infiniteStream(fc.boolean()),
      (rows, columns, factor, values, masks) => {
        const data = Float64Array.from({ length: rows * columns }, () => values.next().value);
        const mask = Uint8Array.from(data, () => Number(masks.next().value));
        const small = blockMean({ data, shape: [rows, columns] }, factor, mask);
        const [high, wide] = [Math.ceil(rows / factor), Math.ceil(columns / factor)];
        expect(small.shape).toEqual([high, wide]);
        for (let i = 0; i < high * wide; i++) {
          const inside = [...data.keys()].filter((at) => {
            const [row, column] = [Math.floor(at / columns), at % columns];
            return (
              Math.floor(row / factor) === Math.floor(i / wide) &&
              Math.floor(column / factor) === i % wide &&
              Number.isFinite(data[at]) &&
              mask[at] === 0
            );
          });
          const mean = inside.reduce((sum, at) => sum + data[at]!, 0) / inside.length;
          if (inside.length === 0) expect(small.data[i]).toBeNaN();
          else expect(small.data[i]).toBeCloseTo(mean, 3);
        }
      },
    );
    fc.assert(property, { seed: 5, numRuns: 60 });
  });

  it("keeps an image that is not made smaller, but for what is masked", () => {
    const data = Uint16Array.of(1, 2, 3, 4);
    expect(blockMean({ data, shape: [2, 2] }, 1).data).toBe(data);
    const masked = blockMean({ data, shape: [2, 2] }, 1, Uint8Array.of(0, 1, 0, 0));
    expect([...masked.data]).toEqual([1, NaN, 3, 4]);
  });
});
