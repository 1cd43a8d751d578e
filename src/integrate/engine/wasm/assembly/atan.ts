/**
 * Arctangents of two numbers at once, to the last bits of float64: argument reduction to |x| ≤ 0.66,
 * then the rational approximation of the Cephes library (S. L. Moshier, atan.c).
 */
// @ts-expect-error: decorator
@inline
export function atan2x2(y: v128, x: v128): v128 {
  const sign = f64x2.splat(-0.0);
  const ay = v128.andnot(y, sign);
  const ax = v128.andnot(x, sign);
  // Unlike min and max, these are single instructions; they differ for NaN, which comes out as NaN anyway.
  const small = f64x2.pmin(ax, ay);
  const large = f64x2.pmax(ax, ay);
  // atan(t) = π/4 + atan((t − 1) / (t + 1)) for t = small/large above 0.66
  const reduce = f64x2.gt(small, f64x2.mul(large, f64x2.splat(0.66)));
  const top = v128.bitselect(f64x2.sub(small, large), small, reduce);
  const bottom = v128.bitselect(f64x2.add(small, large), large, reduce);
  // 0/0 at the origin, where the angle is 0 by convention
  const origin = f64x2.eq(large, f64x2.splat(0));
  const t = v128.andnot(f64x2.div(top, v128.bitselect(f64x2.splat(1), bottom, origin)), origin);
  const z = f64x2.mul(t, t);
  let p = f64x2.splat(-8.750608600031904122785e-1);
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-1.615753718733365076637e1));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-7.500855792314704667340e1));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-1.228866684490136173410e2));
  p = f64x2.add(f64x2.mul(p, z), f64x2.splat(-6.485021904942025371773e1));
  let q = f64x2.add(z, f64x2.splat(2.485846490142306297962e1));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(1.650270098316988542046e2));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(4.328810604912902668951e2));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(4.853903996359136964868e2));
  q = f64x2.add(f64x2.mul(q, z), f64x2.splat(1.945506571482613964425e2));
  let angle = f64x2.add(t, f64x2.mul(f64x2.mul(t, z), f64x2.div(p, q)));
  angle = f64x2.add(angle, v128.and(f64x2.splat(Math.PI / 4), reduce));
  const steep = f64x2.gt(ay, ax);
  angle = v128.bitselect(f64x2.sub(f64x2.splat(Math.PI / 2), angle), angle, steep);
  const backward = f64x2.lt(x, f64x2.splat(0));
  angle = v128.bitselect(f64x2.sub(f64x2.splat(Math.PI), angle), angle, backward);
  return v128.or(angle, v128.and(y, sign));
}
