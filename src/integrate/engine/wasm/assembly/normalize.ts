import {
  COLUMN_CENTERS,
  COLUMNS,
  DIST,
  FLAT,
  MASK,
  MATRIX,
  NORMALIZATION,
  NORMALIZATION_FACTOR,
  POLARIZATION,
  PONI1,
  PONI2,
  ROW_EDGES,
  SOLID_ANGLE,
} from "../parameters";
import { address, parameter, whole } from "./memory";

/**
 * Normalization of the pixels of rows, as normalizationArray computes it: monitor × flat ×
 * polarization × solid angle; a pixel without one is masked.
 */
export function normalizeRows(from: i32, to: i32): void {
  const columns = whole(COLUMNS);
  const mask = address(MASK);
  const normalization = address(NORMALIZATION);
  const flat = address(FLAT);
  const dist = parameter(DIST);
  const hasSolidAngle = parameter(SOLID_ANGLE) != 0;
  const polarization = parameter(POLARIZATION);
  const centers = address(COLUMN_CENTERS);
  for (let row = from; row < to; row++) {
    const edges = address(ROW_EDGES) + (<usize>row << 4);
    const p1 = (load<f64>(edges) + load<f64>(edges, 8)) / 2 - parameter(PONI1);
    for (let column = 0; column < columns; column++) {
      const pixel = <usize>(row * columns + column);
      let value: f64 = 0;
      if (load<u8>(mask + pixel) == 0) {
        const p2 = load<f64>(centers + (<usize>column << 3)) - parameter(PONI2);
        value = parameter(NORMALIZATION_FACTOR);
        if (hasSolidAngle) {
          const cos = dist / Math.sqrt(dist * dist + p1 * p1 + p2 * p2);
          value *= cos * cos * cos;
        }
        if (polarization < 2) {
          const v = lab(MATRIX, p1, p2, dist);
          const h = lab(MATRIX + 3, p1, p2, dist);
          const z = lab(MATRIX + 6, p1, p2, dist);
          value *= 0.5 * (1 + (z - polarization * (h - v)) / (v + h + z));
        }
        if (flat != 0) value *= load<f64>(flat + (pixel << 3));
        if (value == 0 || !isFinite(value)) {
          store<u8>(mask + pixel, 1);
          value = 0;
        }
      }
      store<f64>(normalization + (pixel << 3), value);
    }
  }
}

/** The square of a coordinate in the laboratory. */
// @ts-expect-error: decorator
@inline
function lab(row: i32, p1: f64, p2: f64, dist: f64): f64 {
  const t = parameter(row) * p1 + parameter(row + 1) * p2 + parameter(row + 2) * dist;
  return t * t;
}
