import { expect, test } from "vitest";
import { residualMap } from "../../src/calibrate/residual-map.js";

test("means of misfits in cells, weighted by their errors; NaN where nothing was found", () => {
  const map = residualMap(
    {
      row: Float64Array.of(0, 1, 23.4),
      column: Float64Array.of(0, 1, 47.4),
      ring: Int16Array.of(0, 0, 1),
      misfit: Float64Array.of(0.1, 0.4, -0.2),
      sigma: Float64Array.of(0.1, 0.2, 0.1),
    },
    [24, 48],
  );
  expect([map.shape, map.cell]).toEqual([[12, 24], 2]);
  expect(map.data[0]).toBeCloseTo((4 * 0.1 + 0.4) / 5, 12);
  expect(map.data.at(-1)).toBeCloseTo(-0.2, 12);
  expect(map.data.filter(Number.isFinite).length).toBe(2);
  expect(map.limit).toBeCloseTo(0.2, 12);
});
