import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  filteredBackProjection,
  type Image,
  iterativeReconstruction,
  OptionError,
  type ProjectionFilter,
  projectSlice,
  ShapeError,
} from "../../src/index.js";
import { uniformRandom } from "../support/uniform-random.js";
import { chords, drawSlice, evenAngles, misfit, sample } from "./phantom.js";

const SIZE = 120;
const grains = sample(SIZE);
const truth = drawSlice(grains, SIZE);
const contrast = misfit(truth, new Float64Array(truth.length), SIZE);

function seen(angles: number[], center = (SIZE - 1) / 2): Image<Float64Array> {
  return { data: chords(grains, SIZE, angles, center), shape: [angles.length, SIZE] };
}

/** Of the reconstruction, as a part of the slice's own root mean square. */
const error = (slice: Image): number => misfit(slice.data, truth, SIZE) / contrast;

interface Fixture {
  size: number;
  angles: number[];
  phantom: number[];
  sinogram: number[];
  slices: Record<ProjectionFilter, number[]>;
}
const skimage = JSON.parse(
  readFileSync(join(import.meta.dirname, "../fixtures/tomography/skimage.json"), "utf8"),
) as Fixture;

describe("filteredBackProjection", () => {
  it("gives the slice whose chords the sinogram has, values and directions", () => {
    const slice = filteredBackProjection(seen(evenAngles(180)));
    expect(slice.shape).toEqual([SIZE, SIZE]);
    expect(error(slice)).toBeLessThan(0.06);
    const mean = (image: ArrayLike<number>): number =>
      Array.from(image).reduce((sum, value) => sum + value, 0) / image.length;
    expect(Math.abs(mean(slice.data) / mean(truth) - 1)).toBeLessThan(2e-3);
    expect([0, SIZE - 1, SIZE * SIZE - 1].map((i) => slice.data[i])).toEqual([0, 0, 0]);
  });

  it.each(["ramp", "shepp-logan", "cosine", "hamming", "hann"] as const)(
    "gives what scikit-image does, filter %s",
    (filter) => {
      const { size, angles, sinogram, slices } = skimage;
      const image: Image = { data: Float64Array.from(sinogram), shape: [angles.length, size] };
      const slice = filteredBackProjection(image, { angles, filter });
      const largest = Math.max(...slices[filter]);
      // Their cosine, Hamming and Hann windows are a sample off the middle.
      const tolerance = filter === "ramp" || filter === "shepp-logan" ? 1e-5 : 0.02;
      const worst = slices[filter].reduce((most, value, i) => {
        const [x, y] = [(i % size) - 10, Math.floor(i / size) - 10];
        // On the circle itself, theirs is zero.
        return Math.hypot(x, y) > 9.9 ? most : Math.max(most, Math.abs(slice.data[i]! - value));
      }, 0);
      expect(worst / largest).toBeLessThan(tolerance);
    },
  );

  it("turns around an axis that is not in the middle", () => {
    const center = 50.3;
    const slice = filteredBackProjection(seen(evenAngles(180), center), { center });
    expect(error(slice)).toBeLessThan(0.07);
    expect(error(filteredBackProjection(seen(evenAngles(180), center)))).toBeGreaterThan(0.3);
  });

  it("takes angles in any order, uneven, over a whole turn and twice", () => {
    const turn = evenAngles(360, 360);
    expect(error(filteredBackProjection(seen(turn), { angles: turn }))).toBeLessThan(0.06);
    const twice = [...evenAngles(180), 180];
    expect(error(filteredBackProjection(seen(twice), { angles: twice }))).toBeLessThan(0.06);
    const random = uniformRandom(5);
    const uneven = evenAngles(240).map((angle) => (angle + 2 * random()) % 180);
    uneven.sort(() => random() - 0.5);
    expect(error(filteredBackProjection(seen(uneven), { angles: uneven }))).toBeLessThan(0.08);
  });

  it("fills what is missing from other angles", () => {
    const sinogram = seen(evenAngles(180));
    const random = uniformRandom(3);
    for (let i = 0; i < sinogram.data.length; i++) {
      if (random() < 0.03) sinogram.data[i] = Number.NaN;
    }
    sinogram.data.fill(Number.NaN, 40 * SIZE, 42 * SIZE);
    const slice = filteredBackProjection(sinogram);
    expect(slice.data.every(Number.isFinite)).toBe(true);
    expect(error(slice)).toBeLessThan(0.07);
  });

  it("makes a slice of another size", () => {
    const slice = filteredBackProjection(seen(evenAngles(180)), { size: 60 });
    expect(slice.shape).toEqual([60, 60]);
    const middle = (image: ArrayLike<number>, size: number): number[] =>
      Array.from({ length: 20 }, (_, i) => image[(size / 2) * size + size / 2 - 10 + i]!);
    for (const [i, value] of middle(slice.data, 60).entries()) {
      expect(Math.abs(value - middle(truth, SIZE)[i]!)).toBeLessThan(0.25);
    }
  });

  it("says what does not fit", () => {
    const sinogram = seen(evenAngles(6));
    const make = (options: object) => () => filteredBackProjection(sinogram, options);
    expect(make({ angles: [1, 2] })).toThrow(ShapeError);
    expect(make({ angles: [1, 2, 3, 4, 5, Number.NaN] })).toThrow(OptionError);
    expect(make({ center: 120 })).toThrow(/0 to 119/);
    expect(make({ size: 0 })).toThrow(/size/);
    expect(make({ filter: "hanning" })).toThrow(/there is no filter "hanning"/);
    expect(make({ centre: 3 })).toThrow(/did you mean center/);
    sinogram.data.fill(Number.NaN);
    expect(make({})).toThrow(/column 0 has no value at any angle/);
  });
});

describe("iterativeReconstruction", () => {
  it.each(["sirt", "mlem"] as const)("gives the slice by %s, nowhere below zero", (method) => {
    const sinogram = seen(evenAngles(180));
    const slice = iterativeReconstruction(sinogram, { method });
    expect(error(slice)).toBeLessThan(0.1);
    expect(slice.data.every((value) => value >= 0)).toBe(true);
    const center = 52.6;
    const beside = iterativeReconstruction(seen(evenAngles(180), center), { method, center });
    expect(error(beside)).toBeLessThan(0.1);
  });

  it("comes closer to the sinogram with every iteration", () => {
    const angles = evenAngles(90);
    const sinogram = seen(angles);
    const left = [1, 3, 9].map((iterations) => {
      const slice = iterativeReconstruction(sinogram, { angles, iterations });
      const again = projectSlice(slice, angles);
      return Math.hypot(...again.data.map((value, i) => value - sinogram.data[i]!));
    });
    expect(left[1]! < 0.6 * left[0]! && left[2]! < 0.6 * left[1]!).toBe(true);
  });

  it("has fewer streaks than filtered back projection where angles are few", () => {
    const angles = evenAngles(20);
    const direct = error(filteredBackProjection(seen(angles), { angles }));
    const sirt = iterativeReconstruction(seen(angles), { angles, iterations: 20, subset: 4 });
    expect(error(sirt)).toBeLessThan(0.6 * direct);
  });

  it("says what does not fit", () => {
    const sinogram = seen(evenAngles(6));
    const make = (options: object) => () => iterativeReconstruction(sinogram, options);
    expect(make({ method: "art" })).toThrow(/choose sirt or mlem/);
    expect(make({ iterations: 0 })).toThrow(/whole number from 1/);
    expect(make({ filter: "ramp" })).toThrow(OptionError);
    sinogram.data.fill(-1);
    expect(make({ method: "mlem" })).toThrow(/nowhere above 0/);
  });
});

describe("projectSlice", () => {
  it("gives the chords of what the slice shows", () => {
    const angles = evenAngles(36);
    const { data } = projectSlice({ data: truth, shape: [SIZE, SIZE] }, angles);
    const exact = seen(angles).data;
    const most = Math.max(...exact);
    const sum = data.reduce((total, value, i) => total + (value - exact[i]!) ** 2, 0);
    expect(Math.sqrt(sum / data.length) / most).toBeLessThan(0.01);
  });

  it("keeps the sum of the slice at every angle, also around another axis", () => {
    const total = truth.reduce((sum, value) => sum + value, 0);
    const { data } = projectSlice({ data: truth, shape: [SIZE, SIZE] }, [0, 17, 90], {
      center: 61,
    });
    for (let row = 0; row < 3; row++) {
      const sum = data.subarray(row * SIZE, (row + 1) * SIZE).reduce((a, b) => a + b, 0);
      expect(Math.abs(sum / total - 1)).toBeLessThan(1e-12);
    }
    expect(() => projectSlice({ data: truth, shape: [SIZE / 2, 2 * SIZE] }, [0])).toThrow(
      ShapeError,
    );
  });
});
