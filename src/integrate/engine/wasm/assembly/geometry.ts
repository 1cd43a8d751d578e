import {
  DIST,
  FACTOR,
  MATRIX,
  PONI1,
  PONI2,
  QUANTITY,
  TRANSFORM,
} from "../parameters";
import { atan2x2 } from "./atan";
import { parameter, whole } from "./memory";

/**
 * Radial values and azimuths χ of the points (y, x₀), (y, x₁) … of the detector's plane; `count` must be
 * even, so arrays end with one point to spare.
 */
export function linePoints(y: f64, x: usize, count: i32, radial: usize, chi: usize): void {
  const p1 = f64x2.splat(y - parameter(PONI1));
  const dist = f64x2.splat(parameter(DIST));
  const poni2 = f64x2.splat(parameter(PONI2));
  const quantity = whole(QUANTITY);
  const transform = whole(TRANSFORM);
  const factor = parameter(FACTOR);
  const a = f64x2.add(times(MATRIX, p1), times(MATRIX + 2, dist));
  const b = f64x2.add(times(MATRIX + 3, p1), times(MATRIX + 5, dist));
  const c = f64x2.add(times(MATRIX + 6, p1), times(MATRIX + 8, dist));
  for (let i = 0; i < count; i += 2) {
    const p2 = f64x2.sub(v128.load(x + (i << 3)), poni2);
    const t1 = f64x2.add(a, times(MATRIX + 1, p2));
    const t2 = f64x2.add(b, times(MATRIX + 4, p2));
    const t3 = f64x2.add(c, times(MATRIX + 7, p2));
    const r2 = f64x2.add(f64x2.mul(t1, t1), f64x2.mul(t2, t2));
    v128.store(chi + (i << 3), atan2x2(t1, t2));
    let value: v128;
    if (quantity == 0) value = f64x2.sqrt(r2);
    else if (quantity == 1) value = atan2x2(f64x2.sqrt(r2), t3);
    else value = sinTheta(r2, t3);
    value = f64x2.mul(value, f64x2.splat(factor));
    if (transform != 0) value = transformed(value, transform);
    v128.store(radial + (i << 3), value);
  }
}

// @ts-expect-error: decorator
@inline
function times(index: i32, v: v128): v128 {
  return f64x2.mul(f64x2.splat(parameter(index)), v);
}

/** sin θ from r² and z without angles, written so that nothing cancels near the beam. */
// @ts-expect-error: decorator
@inline
function sinTheta(r2: v128, z: v128): v128 {
  const length = f64x2.sqrt(f64x2.add(r2, f64x2.mul(z, z)));
  const two = f64x2.mul(length, f64x2.splat(2));
  const forward = f64x2.div(r2, f64x2.mul(two, f64x2.add(length, z)));
  const backward = f64x2.div(f64x2.sub(length, z), two);
  return f64x2.sqrt(v128.bitselect(forward, backward, f64x2.gt(z, f64x2.splat(0))));
}

function transformed(value: v128, transform: i32): v128 {
  const low = transformOne(f64x2.extract_lane(value, 0), transform);
  const high = transformOne(f64x2.extract_lane(value, 1), transform);
  return f64x2.replace_lane(f64x2.splat(low), 1, high);
}

function transformOne(value: f64, transform: i32): f64 {
  if (transform == 1) return 1 / value;
  if (transform == 2) return value * value;
  if (transform == 3) return Math.log1p(value);
  if (transform == 4) return Math.asinh(value);
  if (transform == 5) return Math.log(value);
  return Math.log10(value);
}
