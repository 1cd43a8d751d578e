import { describe, expect, it } from "vitest";
import { poisson } from "../../src/simulate/poisson.js";
import { randomStream } from "../../src/simulate/random.js";

const DRAWS = 40_000;

describe("poisson", () => {
  it.each([0.05, 0.7, 3, 11.9, 12.1, 40, 900, 60_000])(
    "of mean %d has its distribution",
    (mean) => {
      const random = randomStream(11, 0);
      const draws = Float64Array.from({ length: DRAWS }, () => poisson(mean, random));
      expect(draws.every((value) => Number.isInteger(value) && value >= 0)).toBe(true);
      const average = draws.reduce((sum, value) => sum + value, 0) / DRAWS;
      const variance = draws.reduce((sum, value) => sum + (value - average) ** 2, 0) / (DRAWS - 1);
      expect(Math.abs(average - mean)).toBeLessThan(4 * Math.sqrt(mean / DRAWS));
      const spread = Math.sqrt((2 + 1 / mean) / DRAWS);
      expect(Math.abs(variance / mean - 1)).toBeLessThan(4 * spread);
      expect(chiSquare(draws, mean)).toBeLessThan(4);
    },
  );

  it("of mean 0 is 0", () => {
    expect(poisson(0, randomStream(1, 0))).toBe(0);
  });
});

/** χ² of the histogram against the probabilities, in standard deviations above its expectation. */
function chiSquare(draws: Float64Array, mean: number): number {
  const half = Math.ceil(5 * Math.sqrt(mean)) + 3;
  const first = Math.max(0, Math.floor(mean) - half);
  const width = Math.max(1, Math.round(Math.sqrt(mean) / 4));
  const bins = Math.ceil((2 * half) / width);
  const seen = new Float64Array(bins);
  for (const value of draws) {
    const bin = Math.floor((value - first) / width);
    if (bin >= 0 && bin < bins) seen[bin]!++;
  }
  let sum = 0;
  let used = 0;
  let logProbability = -mean;
  for (let k = 1; k <= first; k++) logProbability += Math.log(mean / k);
  for (let bin = 0, k = first; bin < bins; bin++) {
    let probability = 0;
    for (const end = k + width; k < end; k++) {
      probability += Math.exp(logProbability);
      logProbability += Math.log(mean / (k + 1));
    }
    if (probability * DRAWS < 10) continue;
    sum += (seen[bin]! - probability * DRAWS) ** 2 / (probability * DRAWS);
    used++;
  }
  return (sum - used) / Math.sqrt(2 * used);
}
