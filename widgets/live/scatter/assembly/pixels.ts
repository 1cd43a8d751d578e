import {
  DIST, FACTOR, FAST1, FAST2, FAST3, POLARIZATION, QUANTITY, RADIAL_LOW, RADIAL_PER_UNIT, SLOW1,
  SLOW2, SLOW3, SOLID_ANGLE, SPREAD, T3, TRANSFORM,
} from "../parameters";
import { atan2x4 } from "./atan";
import { parameter, splat, whole } from "./memory";

/** What was found for four pixels of a row: from where to where among the bins, and normalization. */
export const lows: usize = memory.data(16, 16);
export const highs: usize = memory.data(16, 16);
export const normalizations: usize = memory.data(16, 16);

// The row at work: the laboratory position of its centres where the beam's column is, and their height.
const row1: usize = memory.data(16, 16);
const row2: usize = memory.data(16, 16);
const row3: usize = memory.data(16, 16);
const height: usize = memory.data(16, 16);
let quantity: i32 = 0;
let transform: i32 = 0;
let hasSolidAngle: bool = false;
let hasPolarization: bool = false;

export function startPixels(): void {
  quantity = whole(QUANTITY);
  transform = whole(TRANSFORM);
  hasSolidAngle = whole(SOLID_ANGLE) != 0;
  hasPolarization = parameter(POLARIZATION) != 2;
}

/** Takes up the row whose centres lie at `y` from the beam and whose pixels are `pitch` high. */
export function beginRow(y: f64, pitch: f64): void {
  v128.store(row1, f32x4.splat(<f32>(parameter(SLOW1) * y)));
  v128.store(row2, f32x4.splat(<f32>(parameter(SLOW2) * y)));
  v128.store(row3, f32x4.splat(<f32>(parameter(T3) + parameter(SLOW3) * y)));
  v128.store(height, f32x4.splat(<f32>Math.abs(pitch)));
}

/** Computes four pixels, from their left and right edges. */
// @ts-expect-error: decorator
@inline
export function computePixels(left: v128, right: v128): void {
  const x = f32x4.mul(f32x4.add(left, right), f32x4.splat(0.5));
  const width = f32x4.sub(right, left);
  const t1 = f32x4.add(v128.load(row1), f32x4.mul(splat(FAST1), x));
  const t2 = f32x4.add(v128.load(row2), f32x4.mul(splat(FAST2), x));
  const t3 = f32x4.add(v128.load(row3), f32x4.mul(splat(FAST3), x));
  const v = f32x4.mul(t1, t1);
  const w = f32x4.mul(t2, t2);
  const r2 = f32x4.add(v, w);
  const r = f32x4.sqrt(r2);
  const length2 = f32x4.add(r2, f32x4.mul(t3, t3));
  const length = f32x4.sqrt(length2);
  // How r²/2 changes along either axis, and with it r, which is 0 where the beam is.
  let slow = f32x4.add(f32x4.mul(t1, splat(SLOW1)), f32x4.mul(t2, splat(SLOW2)));
  let fast = f32x4.add(f32x4.mul(t1, splat(FAST1)), f32x4.mul(t2, splat(FAST2)));
  let per = f32x4.div(f32x4.splat(1), f32x4.pmax(r, f32x4.splat(1e-12)));
  let value = r;
  if (quantity != 0) {
    // d2θ = (z·dr − r·dz) / (r² + z²)
    slow = f32x4.sub(f32x4.mul(t3, slow), f32x4.mul(r2, splat(SLOW3)));
    fast = f32x4.sub(f32x4.mul(t3, fast), f32x4.mul(r2, splat(FAST3)));
    per = f32x4.div(per, length2);
    if (quantity == 1) {
      value = atan2x4(r, t3);
    } else {
      value = sinTheta(r2, t3, length);
      // d sin θ = ½ cos θ d2θ
      const cos2 = f32x4.sub(f32x4.splat(1), f32x4.mul(value, value));
      per = f32x4.mul(per, f32x4.mul(f32x4.splat(0.5), f32x4.sqrt(cos2)));
    }
  }
  const factor = splat(FACTOR);
  value = f32x4.mul(value, factor);
  per = f32x4.mul(per, factor);
  if (transform != 0) {
    const before = value;
    value = transformed(value, transform);
    per = f32x4.mul(per, slope(before, value, transform));
  }
  slow = f32x4.mul(slow, v128.load(height));
  fast = f32x4.mul(fast, width);
  const perUnit = splat(RADIAL_PER_UNIT);
  const side = f32x4.sqrt(f32x4.add(f32x4.mul(slow, slow), f32x4.mul(fast, fast)));
  const reach = f32x4.mul(f32x4.mul(side, f32x4.abs(per)), f32x4.mul(perUnit, splat(SPREAD)));
  const half = f32x4.pmax(reach, f32x4.splat(1e-4));
  const center = f32x4.mul(f32x4.sub(value, splat(RADIAL_LOW)), perUnit);
  v128.store(lows, f32x4.sub(center, half));
  v128.store(highs, f32x4.add(center, half));
  let normalization = f32x4.splat(1);
  if (hasSolidAngle) {
    const cos = f32x4.div(splat(DIST), length);
    normalization = f32x4.mul(cos, f32x4.mul(cos, cos));
  }
  if (hasPolarization) {
    const horizontal = f32x4.mul(splat(POLARIZATION), f32x4.sub(w, v));
    const part = f32x4.div(f32x4.sub(f32x4.mul(t3, t3), horizontal), length2);
    const both = f32x4.mul(f32x4.splat(0.5), f32x4.add(f32x4.splat(1), part));
    normalization = f32x4.mul(normalization, both);
  }
  v128.store(normalizations, normalization);
}

/** sin θ from r² and z without angles, written so that nothing cancels near the beam. */
// @ts-expect-error: decorator
@inline
function sinTheta(r2: v128, z: v128, length: v128): v128 {
  const two = f32x4.add(length, length);
  const forward = f32x4.div(r2, f32x4.mul(two, f32x4.add(length, z)));
  const backward = f32x4.div(f32x4.sub(length, z), two);
  return f32x4.sqrt(v128.bitselect(forward, backward, f32x4.gt(z, f32x4.splat(0))));
}

function transformed(value: v128, transform: i32): v128 {
  if (transform == 1) return f32x4.div(f32x4.splat(1), value);
  if (transform == 2) return f32x4.mul(value, value);
  let result = f32x4.splat(transformOne(f32x4.extract_lane(value, 0), transform));
  result = f32x4.replace_lane(result, 1, transformOne(f32x4.extract_lane(value, 1), transform));
  result = f32x4.replace_lane(result, 2, transformOne(f32x4.extract_lane(value, 2), transform));
  return f32x4.replace_lane(result, 3, transformOne(f32x4.extract_lane(value, 3), transform));
}

function transformOne(value: f32, transform: i32): f32 {
  if (transform == 3) return Mathf.log1p(value);
  if (transform == 4) return Mathf.asinh(value);
  if (transform == 5) return Mathf.log(value);
  return Mathf.log10(value);
}

/** The derivative of a transform. */
function slope(before: v128, after: v128, transform: i32): v128 {
  const one = f32x4.splat(1);
  if (transform == 1) return f32x4.mul(after, after);
  if (transform == 2) return f32x4.add(before, before);
  if (transform == 3) return f32x4.div(one, f32x4.add(one, before));
  if (transform == 4) {
    return f32x4.div(one, f32x4.sqrt(f32x4.add(one, f32x4.mul(before, before))));
  }
  const per = f32x4.div(one, before);
  return transform == 5 ? per : f32x4.mul(per, f32x4.splat(<f32>Math.LOG10E));
}
