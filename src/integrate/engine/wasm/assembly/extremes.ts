// The smallest and largest of four numbers in two vectors. WebAssembly's scalar min and max follow
// NaN, which costs branches; pmin and pmax are single instructions.

// @ts-ignore: decorator
@inline
export function min4(a: v128, b: v128): f64 {
  const two = f64x2.pmin(a, b);
  return f64x2.extract_lane(f64x2.pmin(two, swapped(two)), 0);
}

// @ts-ignore: decorator
@inline
export function max4(a: v128, b: v128): f64 {
  const two = f64x2.pmax(a, b);
  return f64x2.extract_lane(f64x2.pmax(two, swapped(two)), 0);
}

// @ts-ignore: decorator
@inline
function swapped(two: v128): v128 {
  return v128.shuffle<u64>(two, two, 1, 0);
}
