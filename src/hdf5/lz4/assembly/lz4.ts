// The block format of LZ4: https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md

/** Row n holds i mod n: what repeats the last n bytes over a vector. */
const REPEATS = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1,
  0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2, 0,
  0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3,
  0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0,
  0, 1, 2, 3, 4, 5, 0, 1, 2, 3, 4, 5, 0, 1, 2, 3,
  0, 1, 2, 3, 4, 5, 6, 0, 1, 2, 3, 4, 5, 6, 0, 1,
  0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 6,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 0, 1, 2, 3, 4,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2, 3,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 0, 1, 2,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 0, 1,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0,
], 16);

/** Unpacks `[at, end)` to exactly `[target, targetEnd)`; false where the data are damaged. */
export function unpack(at: usize, end: usize, target: usize, targetEnd: usize): bool {
  const begin = target;
  while (at < end) {
    const token = load<u8>(at++);
    let literals: usize = token >> 4;
    if (literals == 15) {
      let more: u8;
      do {
        if (at >= end || literals > targetEnd - target) return false;
        more = load<u8>(at++);
        literals += more;
      } while (more == 255);
    }
    if (literals > end - at || literals > targetEnd - target) return false;
    // Vectors overshoot into the slack, or what is written next.
    for (let i: usize = 0; i < literals; i += 16) v128.store(target + i, v128.load(at + i));
    at += literals;
    target += literals;
    if (at == end) return target == targetEnd;

    if (end - at < 2) return false;
    const distance = <usize>load<u16>(at);
    at += 2;
    if (distance == 0 || distance > target - begin) return false;
    let length: usize = token & 15;
    if (length == 15) {
      let more: u8;
      do {
        if (at >= end || length > targetEnd - target) return false;
        more = load<u8>(at++);
        length += more;
      } while (more == 255);
    }
    length += 4;
    if (length > targetEnd - target) return false;
    repeat(target, distance, length);
    target += length;
  }
  return false;
}

/** Writes the bytes that lie `distance` before, which may overlap. */
// @ts-expect-error: decorator
@inline
function repeat(target: usize, distance: usize, length: usize): void {
  const source = target - distance;
  if (distance >= 16) {
    for (let i: usize = 0; i < length; i += 16) v128.store(target + i, v128.load(source + i));
  } else {
    const pattern = i8x16.swizzle(v128.load(source), v128.load(REPEATS + (distance << 4)));
    const step = 16 - (16 % distance);
    for (let i: usize = 0; i < length; i += step) v128.store(target + i, pattern);
  }
}
