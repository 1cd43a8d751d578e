import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fewerColors } from "../../../kernel-ext/show/fewer-colors.js";

describe("fewerColors", () => {
  it("leaves at most so many, all of them from before, and changes nothing where they suffice", () => {
    const words = fc.uint32Array({ minLength: 1, maxLength: 200 });
    const property = fc.property(words, fc.integer({ min: 1, max: 40 }), (before, most) => {
      const pixels = before.slice();
      fewerColors(pixels, most);
      const [had, has] = [new Set(before), new Set(pixels)];
      expect(has.size).toBe(Math.min(most, had.size));
      expect([...has].every((color) => had.has(color))).toBe(true);
      if (had.size <= most) expect(pixels).toEqual(before);
    });
    fc.assert(property, { seed: 7, numRuns: 200 });
  });

  it("keeps a rare colour that is like no other, and even steps of a gradient", () => {
    const gradient = Uint32Array.from({ length: 25_600 }, (_, i) => {
      const grey = i % 256;
      return (0xff000000 | (grey << 16) | (grey << 8) | grey) >>> 0;
    });
    const red = 0xff0000ff;
    const pixels = Uint32Array.of(...gradient, red, red, red);
    fewerColors(pixels, 64);
    expect([...pixels.subarray(-3)]).toEqual([red, red, red]);
    for (const [i, color] of gradient.entries()) {
      expect(Math.abs((pixels[i]! & 255) - (color & 255))).toBeLessThanOrEqual(6);
    }
  });
});
