import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  binsWithin,
  meanPattern,
  profilesOf,
  rangeMap,
  updateProfile,
} from "../../src/scan/range-map.js";
import type { Scan } from "../../src/scan/scan.js";

const radial = Float64Array.of(1, 2, 3, 4, 5);

function scanOf(intensity: Float32Array, azimuthal?: Float64Array): Scan {
  const axis = { name: "m", positions: Float64Array.of(0, 1) };
  return {
    ...{ title: "", shape: [2, 1] as const, slow: axis, fast: axis, radial, unit: "2th_deg" },
    ...{ intensity, pointer: Int32Array.of(0, 1), frames: 2, framesDone: 2, isRunning: false },
    failed: [],
    ...(azimuthal === undefined ? {} : { azimuthal }),
  };
}

describe("binsWithin", () => {
  it("takes the bins whose centres lie in the range, ends included", () => {
    expect(binsWithin(radial, [2, 4])).toEqual([1, 4]);
    expect(binsWithin(radial, [-9, 99])).toEqual([0, 5]);
  });
  it("takes the nearest bin where none does", () => {
    expect(binsWithin(radial, [2.6, 2.7])).toEqual([2, 3]);
    expect(binsWithin(radial, [7, 8])).toEqual([4, 5]);
    expect(binsWithin(radial, [-3, -2])).toEqual([0, 1]);
  });
});

describe("rangeMap", () => {
  const data = Float32Array.of(1, 2, 3, 4, 5, 10, NaN, 30, NaN, NaN);
  const profiles = { data, points: 2, bins: 5 };

  it("is the mean of the bins that are there, less that of the background", () => {
    expect([...rangeMap(profiles, [0, 3])]).toEqual([2, 20]);
    expect([...rangeMap(profiles, [1, 3], [0, 1])]).toEqual([1.5, 20]);
    expect([...rangeMap(profiles, [3, 5])]).toEqual([4.5, NaN]);
    expect([...rangeMap(profiles, [0, 1], [3, 5])]).toEqual([-3.5, NaN]);
  });

  it("has a mean over two ranges between those of its parts", () => {
    fc.assert(
      fc.property(
        fc.array(fc.float({ min: 0, max: 1000, noNaN: true }), { minLength: 6, maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        (values, cut) => {
          const one = { data: Float32Array.from(values), points: 1, bins: 6 };
          const [whole] = rangeMap(one, [0, 6]);
          const [left] = rangeMap(one, [0, cut]);
          const [right] = rangeMap(one, [cut, 6]);
          expect(whole).toBeCloseTo((left! * cut + right! * (6 - cut)) / 6, 2);
        },
      ),
      { seed: 9 },
    );
  });
});

describe("patterns of a scan", () => {
  it("have a mean over the points that are there", () => {
    const data = Float32Array.of(1, NaN, 3, NaN, NaN, NaN);
    expect([...meanPattern({ data, points: 2, bins: 3 })]).toEqual([1, NaN, 3]);
  });

  it("are the scan's own numbers where it has profiles", () => {
    const intensity = new Float32Array(10);
    expect(profilesOf(scanOf(intensity)).data).toBe(intensity);
  });

  it("unite cakes over the azimuth, and again when a pattern comes", () => {
    const intensity = new Float32Array(20).fill(NaN);
    const scan = scanOf(intensity, Float64Array.of(-90, 90));
    intensity.set([1, 2, 3, 4, NaN, 3, NaN, 5, 6, NaN]);
    const profiles = profilesOf(scan);
    expect([...profiles.data]).toEqual([2, 2, 4, 5, NaN, NaN, NaN, NaN, NaN, NaN]);
    intensity.fill(7, 10);
    updateProfile(profiles, scan, 1);
    expect([...profiles.data.subarray(5)]).toEqual([7, 7, 7, 7, 7]);
  });
});
