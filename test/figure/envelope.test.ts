import { describe, expect, it } from "vitest";
import { envelope } from "../../src/figure/envelope.js";

describe("envelope", () => {
  it("keeps every peak of a long line with few points", () => {
    const x = Float64Array.from({ length: 10_000 }, (_, i) => i);
    const y = x.map((i) => (i === 4321 ? 99 : i === 7000 ? -99 : Math.sin(i / 50)));
    const line = envelope(x, y, 100);
    expect(line.x.length).toBeLessThanOrEqual(200);
    expect(line.x[line.y.indexOf(99)]).toBe(4321);
    expect(line.x[line.y.indexOf(-99)]).toBe(7000);
    for (let i = 1; i < line.x.length; i++) expect(line.x[i]!).toBeGreaterThan(line.x[i - 1]!);
  });

  it("keeps a short line as it is, and gaps as gaps", () => {
    expect(envelope([1, 2], [3, Number.NaN], 5)).toEqual({ x: [1, 2], y: [3, Number.NaN] });
    const y = Array.from({ length: 1000 }, (_, i) => (i >= 500 ? Number.NaN : i));
    const line = envelope(
      y.map((_, i) => i),
      y,
      10,
    );
    expect(line.y.filter(Number.isNaN).length).toBe(5);
    expect(Math.max(...line.y.filter((value) => !Number.isNaN(value)))).toBe(499);
  });
});
