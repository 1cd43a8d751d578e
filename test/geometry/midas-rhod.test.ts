import { describe, expect, it } from "vitest";
import { resolveRhoD } from "../../src/geometry/midas-rhod.js";
import { midasCase } from "../support/midas-cases.js";

describe("resolveRhoD", () => {
  const { parameters } = midasCase("distorted");
  const farthest = 200 * Math.hypot(23 - 10.3, 19 - 8.9);
  const resolve = (RhoD: number, more = {}) => resolveRhoD({ ...parameters, RhoD, ...more });

  it("takes what is of the detector's size", () => {
    expect(resolve(farthest)).toEqual({ RhoD: farthest, notice: undefined });
    expect(resolve(4.9 * farthest).notice).toBeUndefined();
  });

  it("takes pixels for pixels, and tells", () => {
    const { RhoD, notice } = resolve(16);
    expect(RhoD).toBe(3200);
    expect(notice).toMatch(/RhoD 16 is in µm, and it seems to be in pixels/);
  });

  it("takes the farthest corner for anything else, and tells", () => {
    expect(resolve(1)).toMatchObject({
      notice: expect.stringMatching(/not of the detector's size/),
    });
    expect(resolve(1).RhoD).toBeCloseTo(farthest, 9);
    expect(resolve(200 * 4000).RhoD).toBe(4000);
  });

  it("says nothing without a distortion, and needs it with one", () => {
    const none = Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`p${i}`, 0]));
    expect(resolve(16, none)).toEqual({ RhoD: 3200, notice: undefined });
    expect(resolve(0, none)).toEqual({ RhoD: 0, notice: undefined });
    expect(() => resolve(0)).toThrow(
      /RhoD: p0, p1, p2, p4, p5, p7, p9, p11, p13 need it; .* here 3245/,
    );
  });
});
