import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CornerLayout, GridLayout, Orientation } from "../../src/detector/detector.js";
import { detector } from "../../src/detector/detector-factory.js";
import type { DetectorSpec } from "../../src/detector/spec.js";
import { OptionError, ShapeError } from "../../src/errors.js";

const ORIENTATIONS: Orientation[] = [1, 2, 3, 4];

/** Every corner (z, y, x) of a detector, row-major. */
function allCorners(layout: CornerLayout, [rows, columns]: readonly [number, number]): number[] {
  const line = new Float64Array(columns * layout.corners * 3);
  const all: number[] = [];
  for (let row = 0; row < rows; row++) {
    layout.row(row, line);
    all.push(...line);
  }
  return all;
}

/** The corners that a grid of 2 × 3 pixels has, plus a distortion by pixel. */
function quadrilaterals(): Float64Array {
  const data: number[] = [];
  for (let i = 0; i < 2; i++) {
    for (let j = 0; j < 3; j++) {
      for (const [a, b] of [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ] as const) {
        data.push(0.001 * (i + a) * (j + b), (i + a) * 1e-3, (j + b) * 2e-3);
      }
    }
  }
  return Float64Array.from(data);
}

describe("a detector by pixel size", () => {
  it("has equal pixels and fits any image unless it has a shape", () => {
    const subject = detector({ pixel1: 2e-4, pixel2: 1e-4 });
    const layout = subject.layout([2, 3]) as GridLayout;
    expect([...layout.rows]).toEqual([0, 2e-4, 2e-4, 4e-4]);
    expect([...layout.columns]).toEqual([0, 1e-4, 1e-4, 2e-4, 2e-4, 3 * 1e-4]);
    expect(subject.shape).toBeUndefined();
    expect(subject.mask([2, 3])).toBeUndefined();
    expect(detector({ pixel1: 5e-5 }).pixel2).toBe(5e-5);
  });

  it("refuses an image of another shape and says which fits", () => {
    const subject = detector({ pixel1: 1e-4, shape: [4, 5] });
    expect(() => subject.layout([5, 4])).toThrow(ShapeError);
    expect(() => subject.mask([5, 4])).toThrow(/5 × 4, not 4 × 5/);
  });

  it("runs backwards along the axes that an orientation flips", () => {
    const edges = (orientation: Orientation) => {
      const { rows, columns } = detector({ pixel1: 1, pixel2: 1, orientation }).layout([
        2, 2,
      ]) as GridLayout;
      return [[...rows], [...columns]];
    };
    const [forwards, backwards] = [
      [0, 1, 1, 2],
      [2, 1, 1, 0],
    ];
    expect(edges(1)).toEqual([backwards, backwards]);
    expect(edges(2)).toEqual([backwards, forwards]);
    expect(edges(3)).toEqual([forwards, forwards]);
    expect(edges(4)).toEqual([forwards, backwards]);
  });

  it.each([
    [{}, /pixel1: it is missing/],
    [{ pixel1: 0 }, /pixel1: 0 is not a length/],
    [{ pixel1: Number.NaN }, /pixel1: NaN/],
    [{ pixel1: 1e-4, pixel2: -1 }, /pixel2: -1/],
    [{ pixel1: 1e-4, shape: [2.5, 3] }, /shape: \[2.5,3\]/],
    [{ pixel1: 1e-4, shape: [0, 3] }, /shape/],
    [{ pixel1: 1e-4, orientation: 5 }, /orientation: 5 is not supported/],
    [{ pixel1: 1e-4, orientaton: 2 }, /did you mean "orientation"/],
    [{ pixel1: 1e-4, sensor: { thickness: 1 } }, /sensor/],
    [{ name: 7 }, /7 is not a detector's name/],
    [undefined, /give a name or/],
  ])("refuses %o", (spec, message) => {
    expect(() => detector(spec as DetectorSpec)).toThrow(OptionError);
    expect(() => detector(spec as DetectorSpec)).toThrow(message);
  });
});

describe("a detector by name", () => {
  it("suggests the nearest names for one that it does not know", () => {
    expect(() => detector("Pilatus1N")).toThrow(/"Pilatus1M"/);
    expect(() => detector("Eigr 4M")).toThrow(/"Eiger4M"/);
    expect(() => detector("qqqqqqqqqqqqqq")).toThrow(/give its pixel size instead/);
  });

  it("fits images of every readout that the makers list, and no other", () => {
    const mar = detector("MAR 165");
    expect((mar.layout([2048, 2048]) as GridLayout).rows[1]).toBe(79e-6);
    expect((mar.layout([4096, 2048]) as GridLayout).columns[1]).toBe(79e-6);
    // Its 3 × 3 binned images are one pixel smaller than a third.
    expect((mar.layout([1364, 1364]) as GridLayout).rows[1]).toBe(118.616e-6);
    expect(() => mar.layout([2047, 2048])).toThrow(/not 4096 × 4096; .*2048 × 2048/);
    expect(() => detector("Pilatus1M").layout([1043, 980])).toThrow(ShapeError);
    expect((detector("Mar345").layout([2300, 2300]) as GridLayout).rows[1]).toBe(150e-6);
    expect(detector("Perkin").shape).toEqual([2048, 2048]);
    expect((detector("Perkin").layout([4096, 4096]) as GridLayout).rows[1]).toBe(100e-6);
    expect(detector({ name: "Mar345", pixel1: 150e-6, pixel2: 150e-6 }).shape).toEqual([
      2300, 2300,
    ]);
  });

  it("takes refined pixel sizes, and joins pixels where they are multiples", () => {
    const refined = detector({ name: "Pilatus100k", pixel1: 171.9e-6, pixel2: 172.1e-6 });
    expect(refined.shape).toEqual([195, 487]);
    expect((refined.layout([195, 487]) as GridLayout).columns[1]).toBe(172.1e-6);
    const joined = detector({ name: "Pilatus300k", pixel1: 344e-6, pixel2: 344e-6 });
    expect(joined.shape).toEqual([309, 243]);
    const mask = joined.mask([309, 243])!;
    // Gaps of rows 195 to 211 touch rows 97 to 105 of the smaller image.
    const masked = Array.from({ length: 110 }, (_, row) => row).filter((row) => mask[row * 243]);
    expect(masked).toEqual([97, 98, 99, 100, 101, 102, 103, 104, 105]);
  });

  it.each([
    [{ name: "RayonixSx165", pixel1: 50e-6 }, /no pixel size of RayonixSx165/],
    [{ name: "ImXPadS140", pixel1: 100e-6 }, /built of pixels of 0.00013 m/],
    [{ name: "Pixirad1", maxShape: [10, 10] }, /laid out for 476 × 512/],
    [{ name: "Pilatus1M", radius: 1 }, /is not bent/],
    [{ name: "Pilatus1M", shape: [1043, 981] }, /known are .*maxShape/],
  ])("refuses %o", (spec, message) => {
    expect(() => detector(spec as DetectorSpec)).toThrow(message);
  });

  it("takes its mask along with an orientation", () => {
    const shape = [3333, 3212] as const;
    const native = detector("Jungfrau8M").mask(shape)!;
    const at = (mask: Uint8Array, row: number, column: number) => mask[row * shape[1] + column];
    const [row, column] = [1, 607];
    expect([at(native, row, column), at(native, row - 1, column)]).toEqual([0, 1]);
    const mirror = [shape[0] - 1 - row, shape[1] - 1 - column] as const;
    const oriented = (orientation: Orientation) =>
      detector({ name: "Jungfrau8M", orientation }).mask(shape)!;
    const count = (mask: Uint8Array) => mask.reduce((sum, value) => sum + value, 0);
    expect(at(oriented(1), ...mirror)).toBe(0);
    expect(at(oriented(1), mirror[0] + 1, mirror[1])).toBe(1);
    expect(at(oriented(2), mirror[0], column)).toBe(0);
    expect(at(oriented(2), mirror[0] + 1, column)).toBe(1);
    expect(at(oriented(4), row, mirror[1])).toBe(0);
    expect(at(oriented(4), row - 1, mirror[1])).toBe(1);
    for (const orientation of ORIENTATIONS)
      expect(count(oriented(orientation))).toBe(count(native));
  });

  it("bends the Aarhus plate by its radius", () => {
    const shape = [1000, 16000] as const;
    const line = new Float64Array(shape[1] * 12);
    const layout = detector({ name: "Aarhus", radius: 1.2 }).layout(shape) as CornerLayout;
    layout.row(999, line);
    const [z, y, x] = line.subarray(line.length - 6, line.length - 3);
    const angle = (16000 * 24.893e-6) / 1.2;
    expect(z).toBeCloseTo(1.2 * (Math.cos(angle) - 1), 12);
    expect(y).toBeCloseTo(1000 * 24.893e-6, 12);
    expect(x).toBeCloseTo(1.2 * Math.sin(angle), 12);
  });
});

describe("a detector by its corners", () => {
  const shape = [2, 3] as const;
  const corners = { data: quadrilaterals(), shape: [2, 3, 4, 3] as [2, 3, 4, 3] };

  it("has these corners in orientation 3, and tells its pixel size", () => {
    const subject = detector({ corners });
    expect(allCorners(subject.layout(shape) as CornerLayout, shape)).toEqual([...corners.data]);
    expect(subject.flat).toBe(false);
    expect(subject.pixel1).toBeCloseTo(Math.hypot(1e-3, 1e-3), 12);
    expect(subject.pixel2).toBeCloseTo(Math.hypot(2e-3, 1e-3), 12);
    expect(subject.shape).toEqual([2, 3]);
  });

  it("remaps corners as a grid's are remapped", () => {
    const flat = Float64Array.from(corners.data, (value, i) => (i % 3 === 0 ? 0 : value));
    for (const orientation of ORIENTATIONS) {
      const given = detector({ corners: { ...corners, data: flat }, orientation });
      const grid = detector({ pixel1: 1e-3, pixel2: 2e-3, orientation }).layout(
        shape,
      ) as GridLayout;
      const expected: number[] = [];
      for (let i = 0; i < 2; i++) {
        for (let j = 0; j < 3; j++) {
          for (const [a, b] of [
            [0, 0],
            [1, 0],
            [1, 1],
            [0, 1],
          ] as const) {
            expected.push(0, grid.rows[2 * i + a]!, grid.columns[2 * j + b]!);
          }
        }
      }
      expect(allCorners(given.layout(shape) as CornerLayout, shape)).toEqual(expected);
      expect(given.flat).toBe(true);
    }
  });

  it("masks what the mask says and pixels without finite corners, in every orientation", () => {
    const data = corners.data.slice();
    data[14] = Number.NaN;
    const mask = { data: [0, 0, 0, 0, 0, 7], shape };
    const masked = (orientation: Orientation) => [
      ...detector({ corners: { ...corners, data }, mask, orientation }).mask(shape)!,
    ];
    expect(masked(3)).toEqual([0, 1, 0, 0, 0, 1]);
    expect(masked(1)).toEqual([1, 0, 0, 0, 1, 0]);
    expect(masked(2)).toEqual([0, 0, 1, 0, 1, 0]);
    expect(masked(4)).toEqual([0, 1, 0, 1, 0, 0]);
    expect(detector({ corners }).mask(shape)).toBeUndefined();
  });

  it("refuses arrays that give no pixels", () => {
    const data = new Float64Array(24);
    expect(() => detector({ corners: { data, shape: [2, 1, 5, 3] } })).toThrow(OptionError);
    expect(() => detector({ corners: { data, shape: [2, 2, 4, 3] } })).toThrow(
      /array of 24 numbers/,
    );
    expect(() => detector({ corners: { data, shape: [2, 1, 4, 3] } })).toThrow(/no pixel size/);
    expect(() => detector({ corners, mask: { data: [0], shape: [1, 1] } })).toThrow(ShapeError);
    expect(() => detector({ corners }).layout([3, 2])).toThrow(ShapeError);
  });

  it("gives each pixel to exactly one index, whatever the orientation", () => {
    const property = fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 6 }),
      fc.constantFrom(...ORIENTATIONS),
      (rows, columns, orientation) => {
        const data = Float64Array.from({ length: rows * columns * 12 }, (_, i) => i + 1);
        const given = { data, shape: [rows, columns, 4, 3] as [number, number, number, 3] };
        const layout = detector({ corners: given, orientation }).layout([rows, columns]);
        const all = allCorners(layout as CornerLayout, [rows, columns]);
        expect(all.toSorted((a, b) => a - b)).toEqual([...data]);
      },
    );
    fc.assert(property, { seed: 11, numRuns: 60 });
  });
});
