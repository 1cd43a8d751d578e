import { describe, expect, it } from "vitest";
import { centerOfRotation, type Image, OptionError } from "../../src/index.js";
import { uniformRandom } from "../support/uniform-random.js";
import { chords, evenAngles, sample } from "./phantom.js";

const SIZE = 100;
const grains = sample(SIZE);

function seen(
  center: number,
  angles: number[],
  change: (value: number, row: number) => number = (value) => value,
): Image {
  const data = chords(grains, SIZE, angles, center);
  const changed = data.map((value, i) => change(value, Math.floor(i / SIZE)));
  return { data: changed, shape: [angles.length, SIZE] };
}

describe("centerOfRotation", () => {
  it.each([49.5, 46.3, 54.75, 43])("finds the axis at column %d", (center) => {
    expect(Math.abs(centerOfRotation(seen(center, evenAngles(120))) - center)).toBeLessThan(0.03);
  });

  it.each([
    ["with a background and noise", 0.2, (value: number, noise: number) => value + 10 + 3 * noise],
    [
      "where grains diffract more at some angles",
      0.15,
      (value: number, noise: number, row: number) =>
        value * (1 + 0.3 * Math.sin(row * 1.7)) + noise,
    ],
  ])("finds it %s", (_, tolerance, change) => {
    const random = uniformRandom(11);
    // The sum of 12 is close to a normal distribution of width 1.
    const noise = (): number => Array.from({ length: 12 }, random).reduce((a, b) => a + b) - 6;
    for (const center of [47.2, 52.8]) {
      const sinogram = seen(center, evenAngles(120), (value, row) => change(value, noise(), row));
      expect(Math.abs(centerOfRotation(sinogram) - center)).toBeLessThan(tolerance);
    }
  });

  it("takes a whole turn, uneven angles and gaps", () => {
    const turn = evenAngles(150, 360);
    const whole = seen(51.4, turn);
    expect(Math.abs(centerOfRotation(whole, { angles: turn }) - 51.4)).toBeLessThan(0.03);
    const uneven = evenAngles(120).map((angle) => angle ** 1.2 / 180 ** 0.2);
    const sinogram = seen(47.9, uneven);
    sinogram.data.fill(Number.NaN, 30 * SIZE, 31 * SIZE);
    expect(Math.abs(centerOfRotation(sinogram, { angles: uneven }) - 47.9)).toBeLessThan(0.06);
  });

  it("refuses what tells no axis", () => {
    const empty: Image = { data: new Float64Array(40), shape: [4, 10] };
    expect(() => centerOfRotation(empty)).toThrow(/do not tell where the axis is/);
    const one = seen(49.5, [0, 0, 0]);
    expect(() => centerOfRotation(one, { angles: [0, 0, 0] })).toThrow(OptionError);
  });
});
