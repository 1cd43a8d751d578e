// The byte-offset compression of CBF: differences between neighbours as one byte, or, after the
// smallest number of that size, as two, four or eight. Stops before a code that is not there whole
// and when the target is full; the globals then say where.

/** The last pixel. */
export let value: i32 = 0;
/** Where the next code begins. */
export let source: usize = 0;

export function start(): void {
  value = 0;
}

/** Decodes from `[from, end)` into `[target, targetEnd)`, 4 bytes a pixel; where the target ends then. */
export function decode(from: usize, end: usize, target: usize, targetEnd: usize): usize {
  let at = from;
  let last = value;
  const zero = i16x8.splat(0);
  const marker = i8x16.splat(-128);
  while (target < targetEnd) {
    if (at + 16 <= end && target + 64 <= targetEnd) {
      const bytes = v128.load(at);
      if (!v128.any_true(i8x16.eq(bytes, marker))) {
        // Prefix sums of 8 differences of one byte fit 16 bits.
        let low = i16x8.extend_low_i8x16_s(bytes);
        let high = i16x8.extend_high_i8x16_s(bytes);
        low = i16x8.add(low, i16x8.shuffle(zero, low, 0, 8, 9, 10, 11, 12, 13, 14));
        high = i16x8.add(high, i16x8.shuffle(zero, high, 0, 8, 9, 10, 11, 12, 13, 14));
        low = i16x8.add(low, i16x8.shuffle(zero, low, 0, 1, 8, 9, 10, 11, 12, 13));
        high = i16x8.add(high, i16x8.shuffle(zero, high, 0, 1, 8, 9, 10, 11, 12, 13));
        low = i16x8.add(low, i16x8.shuffle(zero, low, 0, 1, 2, 3, 8, 9, 10, 11));
        high = i16x8.add(high, i16x8.shuffle(zero, high, 0, 1, 2, 3, 8, 9, 10, 11));
        const first = i32x4.splat(last);
        v128.store(target, i32x4.add(first, i32x4.extend_low_i16x8_s(low)));
        v128.store(target, i32x4.add(first, i32x4.extend_high_i16x8_s(low)), 16);
        last += i32(i16x8.extract_lane_s(low, 7));
        const second = i32x4.splat(last);
        v128.store(target, i32x4.add(second, i32x4.extend_low_i16x8_s(high)), 32);
        v128.store(target, i32x4.add(second, i32x4.extend_high_i16x8_s(high)), 48);
        last += i32(i16x8.extract_lane_s(high, 7));
        at += 16;
        target += 64;
        continue;
      }
    }
    if (at >= end) break;
    let difference = i32(load<i8>(at));
    let size: usize = 1;
    if (difference == -0x80) {
      size = 3;
      if (at + size > end) break;
      difference = i32(load<i16>(at, 1));
      if (difference == -0x8000) {
        size = 7;
        if (at + size > end) break;
        difference = load<i32>(at, 3);
        if (difference == i32.MIN_VALUE) {
          size = 15;
          if (at + size > end) break;
          // Sums wrap at 32 bits, so the low half suffices.
          difference = load<i32>(at, 7);
        }
      }
    }
    last += difference;
    store<i32>(target, last);
    at += size;
    target += 4;
  }
  value = last;
  source = at;
  return target;
}
