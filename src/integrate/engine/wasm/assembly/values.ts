/** Squares of the float64 numbers `from` to `to`, into `out`. */
export function squareValues(from: i32, to: i32, values: usize, out: usize): void {
  for (let i = (<usize>from) << 3; i < (<usize>to) << 3; i += 8) {
    const value = load<f64>(values + i);
    store<f64>(out + i, value * value);
  }
}

/** 1 for pixels that are not masked, 0 for those that are, one byte each, into `out`; how many are. */
export function validPixels(from: i32, to: i32, mask: usize, out: usize): i32 {
  let masked = 0;
  for (let pixel = from; pixel < to; pixel++) {
    const isMasked = load<u8>(mask + pixel);
    store<u8>(out + pixel, 1 - isMasked);
    masked += isMasked;
  }
  return masked;
}

/** How many groups of four weights the runs of pixels have. */
export function countGroups(from: i32, to: i32, codes: usize): i32 {
  let groups: u32 = 0;
  for (let pixel = from; pixel < to; pixel++) groups += load<u32>(codes + (<usize>pixel << 2)) & 63;
  return <i32>groups;
}
