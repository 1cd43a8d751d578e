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
  const dist = parameter(DIST);
  const hasSolidAngle = parameter(SOLID_ANGLE) != 0;
  const polarization = parameter(POLARIZATION);
  const centers = address(COLUMN_CENTERS);
  const poni2 = f64x2.splat(parameter(PONI2));
  for (let row = from; row < to; row++) {
    const edges = address(ROW_EDGES) + (<usize>row << 4);
    const p1 = (load<f64>(edges) + load<f64>(edges, 8)) / 2 - parameter(PONI1);
    // Centres end with one to spare.
    for (let column = 0; column < columns; column += 2) {
      const p2 = f64x2.sub(v128.load(centers + (<usize>column << 3)), poni2);
      let value = f64x2.splat(parameter(NORMALIZATION_FACTOR));
      if (hasSolidAngle) {
        const square = f64x2.add(f64x2.splat(dist * dist + p1 * p1), f64x2.mul(p2, p2));
        const cos = f64x2.div(f64x2.splat(dist), f64x2.sqrt(square));
        value = f64x2.mul(value, f64x2.mul(f64x2.mul(cos, cos), cos));
      }
      if (polarization < 2) {
        const v = lab(MATRIX, p1, p2, dist);
        const h = lab(MATRIX + 3, p1, p2, dist);
        const z = lab(MATRIX + 6, p1, p2, dist);
        const part = f64x2.sub(z, f64x2.mul(f64x2.splat(polarization), f64x2.sub(h, v)));
        const all = f64x2.add(f64x2.add(v, h), z);
        const factor = f64x2.add(f64x2.splat(1), f64x2.div(part, all));
        value = f64x2.mul(value, f64x2.mul(f64x2.splat(0.5), factor));
      }
      const pixel = <usize>(row * columns + column);
      normalizePixel(pixel, f64x2.extract_lane(value, 0));
      if (column + 1 < columns) normalizePixel(pixel + 1, f64x2.extract_lane(value, 1));
    }
  }
}

function normalizePixel(pixel: usize, corrections: f64): void {
  let value = corrections;
  if (load<u8>(address(MASK) + pixel) != 0) {
    value = 0;
  } else {
    if (address(FLAT) != 0) value *= load<f64>(address(FLAT) + (pixel << 3));
    if (value == 0 || !isFinite(value)) {
      store<u8>(address(MASK) + pixel, 1);
      value = 0;
    }
  }
  store<f64>(address(NORMALIZATION) + (pixel << 3), value);
}

/** The square of a coordinate in the laboratory. */
// @ts-expect-error: decorator
@inline
function lab(row: i32, p1: f64, p2: v128, dist: f64): v128 {
  const fixed = f64x2.splat(parameter(row) * p1 + parameter(row + 2) * dist);
  const t = f64x2.add(fixed, f64x2.mul(f64x2.splat(parameter(row + 1)), p2));
  return f64x2.mul(t, t);
}
