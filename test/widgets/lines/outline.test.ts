import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstAtLeast, nearestTo, visibleOutline } from "../../../widgets/lines/outline.js";

const axis = (count: number): Float64Array => Float64Array.from({ length: count }, (_, i) => i);

function columnExtremes(points: Float64Array, of: (x: number) => number) {
  const found = new Map<number, [low: number, high: number]>();
  for (let i = 0; i < points.length; i += 2) {
    const column = of(points[i]!);
    const [low, high] = found.get(column) ?? [Infinity, -Infinity];
    found.set(column, [Math.min(low, points[i + 1]!), Math.max(high, points[i + 1]!)]);
  }
  return found;
}

describe("visibleOutline", () => {
  it("keeps all points of a short line, and one beyond each end of what is seen", () => {
    const [x, y] = [axis(20), axis(20).map((i) => i * i)];
    expect([...visibleOutline(x, y, [3.5, 6.5], 100)]).toEqual([3, 9, 4, 16, 5, 25, 6, 36, 7, 49]);
    expect(visibleOutline(x, y, [30, 40], 100)).toHaveLength(2);
  });

  it("keeps the lowest and the highest point of each column of a long line", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), {
          minLength: 500,
          maxLength: 900,
        }),
        fc.integer({ min: 5, max: 40 }),
        (values, columns) => {
          const y = Float64Array.from(values);
          const x = axis(y.length);
          const high = y.length - 1;
          const of = (at: number): number => Math.floor((at * columns) / high);
          const all = new Float64Array(2 * y.length);
          for (let i = 0; i < y.length; i++) all.set([x[i]!, y[i]!], 2 * i);
          const points = visibleOutline(x, y, [0, high], columns);
          expect(points.length).toBeLessThanOrEqual(10 * (columns + 2));
          expect(columnExtremes(points, of)).toEqual(columnExtremes(all, of));
          for (let i = 2; i < points.length; i += 2) {
            expect(points[i]).toBeGreaterThan(points[i - 2]!);
          }
        },
      ),
      { seed: 6, numRuns: 100 },
    );
  });

  it("keeps gaps", () => {
    const y = new Float64Array(1000).fill(1);
    y.fill(Number.NaN, 300, 700);
    const points = visibleOutline(axis(1000), y, [0, 999], 20);
    const gap = [...points.keys()].filter((i) => i % 2 === 1 && Number.isNaN(points[i]!));
    expect(gap.length).toBeGreaterThan(0);
    for (const i of gap) expect(points[i - 1]).toBeGreaterThanOrEqual(300);
    expect(points.at(-1)).toBe(1);
  });
});

describe("places in an ascending array", () => {
  const x = [1, 2, 4, 8];
  it("finds the first that is at least a value", () => {
    expect([0, 2, 3, 9].map((value) => firstAtLeast(x, value))).toEqual([0, 1, 2, 4]);
  });
  it("finds the nearest", () => {
    expect([0, 1.6, 2.9, 5, 99].map((value) => nearestTo(x, value))).toEqual([0, 1, 1, 2, 3]);
    expect(nearestTo([], 1)).toBe(-1);
  });
});
