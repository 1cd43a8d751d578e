import { describe, expect, it } from "vitest";
import { colormap, maskedColor } from "../../src/figure/colormap.js";
import { displayLimits } from "../../src/figure/limits.js";
import { paintImage } from "../../src/figure/paint.js";
import { reduceImage } from "../../src/figure/reduce.js";

describe("paintImage", () => {
  it("gives each value its colour, and what does not count a colour of its own", () => {
    const data = Float64Array.of(0, 50, 100, 1e9, Number.NaN, -Infinity, 100, -5);
    const mask = { data: Uint8Array.of(0, 0, 0, 0, 0, 0, 1, 0), shape: [2, 4] as [number, number] };
    const painting = paintImage({ data, shape: [2, 4] }, { limits: [0, 100], mask });
    const table = colormap("viridis");
    const color = (i: number) => [...table.subarray(3 * i, 3 * i + 3), 255];
    const masked = [...maskedColor("viridis"), 255];
    const expected = [
      color(0),
      color(128),
      color(255),
      color(255),
      masked,
      masked,
      masked,
      color(0),
    ];
    expect([...painting.data]).toEqual(expected.flat());
    expect(painting.shape).toEqual([2, 4]);
  });

  it("does not let a few hot pixels darken the rest", () => {
    const data = Uint16Array.from({ length: 10_000 }, (_, i) => (i === 77 ? 65_535 : i % 100));
    const { limits } = paintImage({ data, shape: [100, 100] });
    expect(limits[1]).toBeLessThan(100);
  });

  it("refuses a mask of another shape", () => {
    const image = { data: new Float32Array(4), shape: [2, 2] as [number, number] };
    const mask = { data: new Uint8Array(4), shape: [1, 4] as [number, number] };
    expect(() => paintImage(image, { mask })).toThrow(/mask: its shape is 1 × 4, not 2 × 2/);
  });
});

describe("displayLimits", () => {
  it("leave out what is masked and, for a logarithm, what is not above 0", () => {
    const data = Float32Array.of(-3, 0, 2, 4, 6, Number.NaN, 1e6);
    expect(displayLimits(data, "linear", [0, 100])).toEqual([-3, 1e6]);
    expect(displayLimits(data, "log", [0, 100])).toEqual([2, 1e6]);
    expect(displayLimits(data, "linear", [0, 100], (i) => i !== 6)).toEqual([-3, 6]);
    expect(displayLimits(Float32Array.of(0, Number.NaN), "log")).toEqual([1, 10]);
  });
});

describe("reduceImage", () => {
  const image = {
    data: Float64Array.of(1, 3, 5, 7, 2, 4, Number.NaN, 8),
    shape: [2, 4] as [number, number],
  };

  it("unites pixels by mean or maximum, without those that do not count", () => {
    expect([...reduceImage(image, 1, 2).data]).toEqual([2.5, Math.fround(20 / 3)]);
    expect([...reduceImage(image, 1, 2, "max").data]).toEqual([4, 8]);
    expect([...reduceImage(image, 1, 2, "max", (i) => i === 7).data]).toEqual([4, 7]);
    expect([...reduceImage(image, 1, 4, "mean", (i) => i === 2).data]).toEqual([
      1.5,
      3.5,
      Number.NaN,
      7.5,
    ]);
  });

  it("keeps an image that is small enough, and negative values", () => {
    expect(reduceImage(image, 100, 100)).toEqual({ ...image, data: Float32Array.from(image.data) });
    const negative = { data: Int32Array.of(-5, -3, -9, -7), shape: [1, 4] as [number, number] };
    expect([...reduceImage(negative, 1, 2, "max").data]).toEqual([-3, -7]);
  });

  it("loses no pixel when sizes do not divide", () => {
    const data = Float64Array.from({ length: 7 * 11 }, (_, i) => i);
    const small = reduceImage({ data, shape: [7, 11] }, 3, 4, "max");
    expect(small.shape).toEqual([3, 4]);
    expect(Math.max(...small.data)).toBe(76);
    expect(small.data.every(Number.isFinite)).toBe(true);
  });
});
