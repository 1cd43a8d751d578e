import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OUTSIDE, rasterOf, sampleRaster, type Window } from "../../../widgets/raster/raster.js";

function image(rows: number, columns: number) {
  const data = Float32Array.from({ length: rows * columns }, (_, i) => (i * 7919) % 1009);
  return { data, shape: [rows, columns] as [number, number] };
}

function sample(of: ReturnType<typeof rasterOf>, window: Window, size: [number, number]) {
  const out = new Float32Array(size[0] * size[1]);
  sampleRaster(of, window, size, "mean", out);
  return out;
}

describe("what a screen shows of an image", () => {
  it("is each pixel as often as it is magnified", () => {
    const whole = { top: 0, bottom: 2, left: 0, right: 3 };
    const shown = sample(
      rasterOf({ data: Uint8Array.of(1, 2, 3, 4, 5, 6), shape: [2, 3] }),
      whole,
      [4, 6],
    );
    expect([...shown]).toEqual([
      1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 4, 4, 5, 5, 6, 6,
    ]);
  });

  it("is the mean of what lies below where it is reduced, without what is masked", () => {
    const { data, shape } = image(96, 120);
    const mask = Uint8Array.from(data, (_, i) => (i % 5 === 0 ? 1 : 0));
    const shown = sample(
      rasterOf({ data, shape }, mask),
      { top: 0, bottom: 96, left: 0, right: 120 },
      [32, 40],
    );
    for (let y = 0; y < 32; y++) {
      for (let x = 0; x < 40; x++) {
        const box: number[] = [];
        for (let i = 0; i < 9; i++) {
          const at = (3 * y + Math.floor(i / 3)) * 120 + 3 * x + (i % 3);
          if (mask[at] === 0) box.push(data[at]!);
        }
        const mean = box.reduce((sum, value) => sum + value, 0) / box.length;
        expect(shown[y * 40 + x]).toBeCloseTo(mean, 3);
      }
    }
  });

  it("has the last row and column of an odd number in their places", () => {
    const [rows, columns] = [513, 1025];
    const data = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++) data[row * columns + columns - 1] = 1;
    const whole = { top: 0, bottom: rows, left: 0, right: columns };
    const shown = sample(rasterOf({ data, shape: [rows, columns] }), whole, [33, 64]);
    for (let y = 0; y < 33; y++) {
      expect(shown[y * 64 + 62]).toBe(0);
      expect(shown[y * 64 + 63]).toBeGreaterThan(0.03);
    }
  });

  it("keeps the mean of a large image, which is drawn from smaller ones", () => {
    const { data, shape } = image(512, 1024);
    const shown = sample(
      rasterOf({ data, shape }),
      { top: 0, bottom: 512, left: 0, right: 1024 },
      [16, 32],
    );
    const mean = (values: Float32Array) => values.reduce((sum, v) => sum + v, 0) / values.length;
    expect(mean(shown)).toBeCloseTo(mean(data), 1);
  });

  it("stays within the values below it, and is nothing beyond the edges", () => {
    const raster = rasterOf(image(50, 70));
    const edge = fc.double({ min: -40, max: 110, noNaN: true });
    const size = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(edge, edge, edge, edge, size, size, (a, b, c, d, height, width) => {
        fc.pre(Math.abs(a - b) > 0.01 && Math.abs(c - d) > 0.01);
        const shown = sample(raster, { top: a, bottom: b, left: c, right: d }, [height, width]);
        for (let y = 0; y < height; y++) {
          const row = a + ((y + 0.5) * (b - a)) / height;
          for (let x = 0; x < width; x++) {
            const column = c + ((x + 0.5) * (d - c)) / width;
            const inside = row >= 0 && row < 50 && column >= 0 && column < 70;
            const value = shown[y * width + x]!;
            if (!inside) expect(value).toBe(OUTSIDE);
            else expect(value >= 0 && value < 1009).toBe(true);
          }
        }
      }),
      { seed: 4, numRuns: 100 },
    );
  });

  it("is turned over where the window is", () => {
    const raster = rasterOf({ data: Uint8Array.of(1, 2, 3), shape: [3, 1] });
    expect([...sample(raster, { top: 3, bottom: 0, left: 0, right: 1 }, [3, 1])]).toEqual([
      3, 2, 1,
    ]);
  });

  it("shows the largest value where that is asked for", () => {
    const out = new Float32Array(1);
    const raster = rasterOf({ data: Uint8Array.of(1, 9, 3, 2), shape: [2, 2] });
    sampleRaster(raster, { top: 0, bottom: 2, left: 0, right: 2 }, [1, 1], "max", out);
    expect(out[0]).toBe(9);
  });
});
