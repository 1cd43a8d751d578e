/**
 * Lists the pixels `from` to `to` that do not count in this image alone: at most `delta` from the
 * dummy, NaN or infinite; at `list`, as 32-bit numbers. Returns how many.
 */
export function findInvalid<T>(
  from: i32,
  to: i32,
  image: usize,
  mask: usize,
  dummy: f64,
  delta: f64,
  list: usize,
): i32 {
  let count = 0;
  for (let pixel = from; pixel < to; pixel++) {
    const value = <f64>load<T>(image + <usize>pixel * sizeof<T>());
    // A dummy of NaN compares with nothing.
    const isInvalid = Math.abs(value - dummy) <= delta || (isFloat<T>() && !isFinite(value));
    if (isInvalid && load<u8>(mask + pixel) == 0) {
      store<u32>(list + ((<usize>count) << 2), pixel);
      count++;
    }
  }
  return count;
}
