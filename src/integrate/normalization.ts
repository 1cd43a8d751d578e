import type { Image } from "../array.js";
import type { Detector } from "../detector/detector.js";
import type { Geometry } from "../geometry/geometry.js";
import { pixelRows } from "../geometry/pixel-rows.js";
import { polarizationAt } from "../geometry/polarization.js";
import { solidAngleRows } from "../geometry/solid-angle.js";
import { isDummy } from "./dummy.js";

/** What a pixel's normalization is made of; what is left out counts 1. */
export interface NormalizationInput {
  readonly geometry: Geometry;
  readonly detector: Detector;
  readonly shape: readonly [number, number];
  readonly mask: Uint8Array;
  readonly flat: Image | undefined;
  /** A flat value that marks an invalid pixel, within `deltaDummy`. */
  readonly dummy: number | undefined;
  readonly deltaDummy: number | undefined;
  readonly polarizationFactor: number | undefined;
  readonly correctSolidAngle: boolean;
  readonly normalizationFactor: number;
}

/**
 * What each pixel's signal is divided by: monitor × flat × polarization × solid angle.
 *
 * Pixels that the mask leaves out have 0; those whose normalization is 0 or not finite, or whose flat
 * is the dummy, are added to `mask` as 1.
 */
export function normalizationArray(input: NormalizationInput): Float64Array {
  const { shape, mask, flat, dummy, deltaDummy, polarizationFactor } = input;
  const [rows, columns] = shape;
  const normalization = new Float64Array(rows * columns);
  const solidAngle = new Float64Array(columns);
  const writeSolidAngle = input.correctSolidAngle
    ? solidAngleRows(input.geometry, input.detector, shape)
    : (_row: number, out: Float64Array) => out.fill(1);
  const { centersOfRow } = pixelRows(input.geometry, input.detector, shape);
  const centers = new Float64Array(columns * 3);
  const isUnusable = isDummy({
    value: dummy ?? 0,
    delta: dummy === undefined ? 0 : (deltaDummy ?? 0),
  });
  for (let row = 0; row < rows; row++) {
    writeSolidAngle(row, solidAngle);
    if (polarizationFactor !== undefined) centersOfRow(row, centers);
    for (let column = 0; column < columns; column++) {
      const pixel = row * columns + column;
      if (mask[pixel] !== 0) continue;
      let value = input.normalizationFactor * solidAngle[column]!;
      if (polarizationFactor !== undefined) {
        const i = 3 * column;
        value *= polarizationAt(centers[i]!, centers[i + 1]!, centers[i + 2]!, polarizationFactor);
      }
      if (flat !== undefined) value *= isUnusable(flat.data[pixel]!) ? 0 : flat.data[pixel]!;
      if (value === 0 || !Number.isFinite(value)) mask[pixel] = 1;
      else normalization[pixel] = value;
    }
  }
  return normalization;
}
