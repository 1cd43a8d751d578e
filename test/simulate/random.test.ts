import { describe, expect, it } from "vitest";
import { randomStream } from "../../src/simulate/random.js";

describe("randomStream", () => {
  it("is the same for ever", () => {
    const random = randomStream(1, 0);
    expect([random(), random(), random()]).toMatchInlineSnapshot(`
      [
        0.041053761813265366,
        0.6136893187911171,
        0.2559576356948515,
      ]
    `);
  });

  it("differs by seed and stream, and fills [0, 1) evenly", () => {
    const numbers = new Set<number>();
    for (let seed = 0; seed < 20; seed++) {
      for (let stream = 0; stream < 20; stream++) numbers.add(randomStream(seed, stream)());
    }
    expect(numbers.size).toBe(400);
    const random = randomStream(3, 1);
    const tenths = new Float64Array(10);
    for (let i = 0; i < 100_000; i++) tenths[Math.floor(10 * random())]!++;
    for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(400);
  });
});
