/**
 * Arctangents of four quotients at once, to the last bits of float32: argument reduction to
 * |x| ≤ tan(π/8), then the polynomial of the Cephes library (S. L. Moshier, atanf.c).
 */
// @ts-expect-error: decorator
@inline
export function atan2x4(y: v128, x: v128): v128 {
  const sign = f32x4.splat(-0.0);
  const ay = v128.andnot(y, sign);
  const ax = v128.andnot(x, sign);
  const small = f32x4.pmin(ax, ay);
  const large = f32x4.pmax(ax, ay);
  // atan(t) = π/4 + atan((t − 1) / (t + 1)) for t = small/large above tan(π/8)
  const reduce = f32x4.gt(small, f32x4.mul(large, f32x4.splat(0.41421356)));
  const top = v128.bitselect(f32x4.sub(small, large), small, reduce);
  const bottom = v128.bitselect(f32x4.add(small, large), large, reduce);
  // 0/0 at the origin, where the angle is 0 by convention
  const t = f32x4.div(top, f32x4.pmax(bottom, f32x4.splat(1e-37)));
  const z = f32x4.mul(t, t);
  let p = f32x4.splat(8.05374449538e-2);
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-1.38776856032e-1));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(1.99777106478e-1));
  p = f32x4.add(f32x4.mul(p, z), f32x4.splat(-3.33329491539e-1));
  let angle = f32x4.add(t, f32x4.mul(f32x4.mul(p, z), t));
  angle = f32x4.add(angle, v128.and(f32x4.splat(<f32>(Math.PI / 4)), reduce));
  angle = v128.bitselect(
    f32x4.sub(f32x4.splat(<f32>(Math.PI / 2)), angle), angle, f32x4.gt(ay, ax),
  );
  angle = v128.bitselect(
    f32x4.sub(f32x4.splat(<f32>Math.PI), angle), angle, f32x4.lt(x, f32x4.splat(0)),
  );
  return v128.or(angle, v128.and(y, sign));
}
