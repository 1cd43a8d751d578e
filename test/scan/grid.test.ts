import fc from "fast-check";
import { expect, it } from "vitest";
import { OptionError } from "../../src/errors.js";
import { evenAxis, scanMotor } from "../../src/scan/axis.js";
import { rasterGrid } from "../../src/scan/grid.js";
import { measuredAxis } from "../../src/scan/position-axis.js";
import { positionGrid } from "../../src/scan/position-grid.js";

const size = fc.integer({ min: 1, max: 30 });

it("each point of a raster has one frame, neighbours follow each other", () => {
  const property = fc.property(
    size,
    size,
    fc.nat(9),
    fc.boolean(),
    (lines, columns, offset, zigzag) => {
      const grid = rasterGrid({ points: lines }, { points: columns }, { offset, zigzag });
      const points = Array.from({ length: lines * columns }, (_, i) => grid.point(offset + i));
      expect([...points].sort((a, b) => a - b)).toEqual(points.map((_, i) => i));
      if (offset > 0) expect(grid.point(offset - 1)).toBe(-1);
      expect(grid.point(grid.end)).toBe(-1);
      for (let i = 1; zigzag && i < points.length; i++) {
        const [a, b] = [points[i - 1]!, points[i]!];
        const lineStep = Math.floor(b / columns) - Math.floor(a / columns);
        expect(Math.abs((b % columns) - (a % columns)) + lineStep).toBe(1);
      }
    },
  );
  fc.assert(property, { seed: 9, numRuns: 200 });
});

it("every other line runs back, after the offset, as diff_map has it", () => {
  const grid = rasterGrid({ points: 2 }, { points: 3 }, { offset: 2, zigzag: true });
  const points = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((index) => grid.point(index));
  expect(points).toEqual([-1, -1, 0, 1, 2, 5, 4, 3, -1]);
});

it("motors move from the first position to the last", () => {
  expect([...evenAxis({ points: 4, start: -1, stop: 0.1 }, "fast").positions]).toEqual([
    -1,
    expect.closeTo(-0.6333, 3),
    expect.closeTo(-0.2667, 3),
    0.1,
  ]);
  expect(evenAxis({ points: 3, start: 5 }, "fast")).toMatchObject({ name: "fast" });
  expect([...evenAxis({ points: 3, start: 5 }, "fast").positions]).toEqual([5, 6, 7]);
  expect([...evenAxis({ points: 1, start: 5, stop: 9 }, "fast").positions]).toEqual([5]);
  expect(() => scanMotor("fast", 2.5)).toThrow(OptionError);
  expect(() => scanMotor("slow", { points: 2, start: Number.NaN })).toThrow(/slow.start/);
  expect(() => scanMotor("slow", { point: 2 } as never)).toThrow(/did you mean points/);
});

it("points are found in positions that jitter, whatever the order of the motors", () => {
  const property = fc.property(
    fc.integer({ min: 2, max: 12 }),
    fc.integer({ min: 2, max: 12 }),
    fc.infiniteStream(fc.double({ min: -0.05, max: 0.05, noNaN: true })),
    fc.boolean(),
    (lines, columns, jitter, isKnown) => {
      const points = Array.from({ length: lines * columns }, (_, point) => point);
      // Columns first, each the other way round.
      points.sort((a, b) => (b % columns) - (a % columns) || a - b);
      const noise = (): number => jitter.next().value as number;
      const grid = positionGrid(
        { name: "sy", ...(isKnown && { points: lines }) },
        { name: "sx", ...(isKnown && { points: columns }) },
        {
          slow: points.map((point) => 3 + 0.2 * (Math.floor(point / columns) + noise())),
          fast: points.map((point) => -7 + 2 * ((point % columns) + noise())),
        },
        0,
      );
      expect(grid.shape).toEqual([lines, columns]);
      expect(points.map((_, index) => grid.point(index))).toEqual(points);
    },
  );
  fc.assert(property, { seed: 10, numRuns: 100 });
});

it("of frames at one point the first is taken; a line that is missing is not made up", () => {
  const grid = positionGrid(
    { name: "sy" },
    { name: "sx" },
    { slow: [9, 0, 0, 0, 2, 2, 2], fast: [9, 1, 2, 2, 1, 2, 3] },
    1,
  );
  expect(grid.shape).toEqual([2, 3]);
  expect([0, 1, 2, 3, 4, 5, 6].map((index) => grid.point(index))).toEqual([-1, 0, 1, -1, 3, 4, 5]);
  const { points } = measuredAxis({ name: "sx" }, [1, Number.NaN, 2], "fast");
  expect([...points]).toEqual([0, -1, 1]);
  expect(() => measuredAxis({ name: "sx" }, [Number.NaN], "fast")).toThrow(/none of its positions/);
});
