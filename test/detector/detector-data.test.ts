import { describe, expect, it } from "vitest";
import type { Shape } from "../../src/detector/detector.js";
import { detectorData, detectorOfData } from "../../src/detector/detector-data.js";
import { detector } from "../../src/detector/detector-factory.js";
import { detectorRows } from "../../src/geometry/pixel-rows.js";

const CASES: readonly (readonly [string, ReturnType<typeof detector>, Shape])[] = [
  ["equal pixels", detector({ pixel1: 1e-4, pixel2: 2e-4, orientation: 2 }), [5, 7]],
  ["a module", detector("Pilatus100k"), [195, 487]],
  ["modules with gaps", detector("Xpad S540 flat"), [960, 560]],
  ["hexagons", detector("Pixirad1"), [476, 512]],
];

describe("a detector as plain data", () => {
  it.each(CASES)("keeps %s", (_name, original, shape) => {
    const made = detectorOfData(structuredClone(detectorData(original, shape)));
    const before = detectorRows(original.layout(shape), shape);
    const after = detectorRows(made.layout(shape), shape);
    const [a, b] = [0, 0].map(() => new Float64Array(3 * before.corners * shape[1])) as [
      Float64Array,
      Float64Array,
    ];
    for (const row of [0, shape[0] >> 1, shape[0] - 1]) {
      before.cornersOfRow(row, a);
      after.cornersOfRow(row, b);
      for (const [i, value] of a.entries()) expect(Math.abs(b[i]! - value)).toBeLessThan(1e-8);
    }
    expect(made.mask(shape)).toEqual(original.mask(shape));
    for (const key of ["name", "pixel1", "orientation", "flat", "dummy", "config"] as const) {
      expect(made[key]).toEqual(original[key]);
    }
  });
});
