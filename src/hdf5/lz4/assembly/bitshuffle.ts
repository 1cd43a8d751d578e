// Bitshuffle (Masui et al. 2015, Astronomy and Computing 12, 181): a block of n elements is kept as
// n/8 bytes of all their bits 0, then of all their bits 1, and so on.

/** The byte planes of 128 elements of 8 bytes. */
const PLANES = memory.data(1024, 16);

/** Puts the bits of `elements` (a multiple of 8) elements of `size` bytes (1, 2, 4, 8) in order. */
export function unshuffle(source: usize, target: usize, elements: u32, size: u32): void {
  const row: usize = elements >> 3;
  let column: usize = 0;
  for (; column + 16 <= row; column += 16) {
    const to = target + column * 8 * size;
    if (size == 1) {
      bytePlane(source + column, row, to);
      continue;
    }
    for (let byte: usize = 0; byte < size; byte++) {
      bytePlane(source + column + byte * 8 * row, row, PLANES + byte * 128);
    }
    if (size == 2) interleave2(to);
    else if (size == 4) interleave4(to);
    else interleave8(to);
  }
  for (; column < row; column++) {
    for (let byte: usize = 0; byte < size; byte++) {
      let bits: u64 = 0;
      for (let bit: usize = 0; bit < 8; bit++) {
        bits |= <u64>load<u8>(source + column + (byte * 8 + bit) * row) << (bit << 3);
      }
      bits = transposed(bits);
      for (let element: usize = 0; element < 8; element++) {
        store<u8>(target + (column * 8 + element) * size + byte, <u8>(bits >> (element << 3)));
      }
    }
  }
}

/** An 8 × 8 matrix of bits, transposed (Warren, Hacker's Delight, 7-3). */
function transposed(x: u64): u64 {
  let t = (x ^ (x >> 7)) & 0x00aa00aa00aa00aa;
  x = x ^ t ^ (t << 7);
  t = (x ^ (x >> 14)) & 0x0000cccc0000cccc;
  x = x ^ t ^ (t << 14);
  t = (x ^ (x >> 28)) & 0x00000000f0f0f0f0;
  return x ^ t ^ (t << 28);
}

/** One byte of each of 128 elements, from 8 rows of 16 bytes of their bits. */
function bytePlane(source: usize, row: usize, target: usize): void {
  let a = v128.load(source);
  let b = v128.load(source + row);
  let c = v128.load(source + 2 * row);
  let d = v128.load(source + 3 * row);
  let e = v128.load(source + 4 * row);
  let f = v128.load(source + 5 * row);
  let g = v128.load(source + 6 * row);
  let h = v128.load(source + 7 * row);

  // Transposes the 8 × 8 bits that lie in one lane of the eight: blocks of 4, of 2, of 1.
  const nibbles = i8x16.splat(0x0f);
  let t = v128.and(v128.xor(i16x8.shr_u(a, 4), e), nibbles);
  e = v128.xor(e, t);
  a = v128.xor(a, i16x8.shl(t, 4));
  t = v128.and(v128.xor(i16x8.shr_u(b, 4), f), nibbles);
  f = v128.xor(f, t);
  b = v128.xor(b, i16x8.shl(t, 4));
  t = v128.and(v128.xor(i16x8.shr_u(c, 4), g), nibbles);
  g = v128.xor(g, t);
  c = v128.xor(c, i16x8.shl(t, 4));
  t = v128.and(v128.xor(i16x8.shr_u(d, 4), h), nibbles);
  h = v128.xor(h, t);
  d = v128.xor(d, i16x8.shl(t, 4));

  const pairs = i8x16.splat(0x33);
  t = v128.and(v128.xor(i16x8.shr_u(a, 2), c), pairs);
  c = v128.xor(c, t);
  a = v128.xor(a, i16x8.shl(t, 2));
  t = v128.and(v128.xor(i16x8.shr_u(b, 2), d), pairs);
  d = v128.xor(d, t);
  b = v128.xor(b, i16x8.shl(t, 2));
  t = v128.and(v128.xor(i16x8.shr_u(e, 2), g), pairs);
  g = v128.xor(g, t);
  e = v128.xor(e, i16x8.shl(t, 2));
  t = v128.and(v128.xor(i16x8.shr_u(f, 2), h), pairs);
  h = v128.xor(h, t);
  f = v128.xor(f, i16x8.shl(t, 2));

  const ones = i8x16.splat(0x55);
  t = v128.and(v128.xor(i16x8.shr_u(a, 1), b), ones);
  b = v128.xor(b, t);
  a = v128.xor(a, i16x8.shl(t, 1));
  t = v128.and(v128.xor(i16x8.shr_u(c, 1), d), ones);
  d = v128.xor(d, t);
  c = v128.xor(c, i16x8.shl(t, 1));
  t = v128.and(v128.xor(i16x8.shr_u(e, 1), f), ones);
  f = v128.xor(f, t);
  e = v128.xor(e, i16x8.shl(t, 1));
  t = v128.and(v128.xor(i16x8.shr_u(g, 1), h), ones);
  h = v128.xor(h, t);
  g = v128.xor(g, i16x8.shl(t, 1));

  // Lane i of a … h is elements 8i … 8i + 7.
  const abLow = low8(a, b);
  const abHigh = high8(a, b);
  const cdLow = low8(c, d);
  const cdHigh = high8(c, d);
  const efLow = low8(e, f);
  const efHigh = high8(e, f);
  const ghLow = low8(g, h);
  const ghHigh = high8(g, h);
  weave(target, low16(abLow, cdLow), low16(efLow, ghLow));
  weave(target + 32, high16(abLow, cdLow), high16(efLow, ghLow));
  weave(target + 64, low16(abHigh, cdHigh), low16(efHigh, ghHigh));
  weave(target + 96, high16(abHigh, cdHigh), high16(efHigh, ghHigh));
}

// @ts-expect-error: decorator
@inline
function weave(target: usize, a: v128, b: v128): void {
  v128.store(target, i32x4.shuffle(a, b, 0, 4, 1, 5));
  v128.store(target + 16, i32x4.shuffle(a, b, 2, 6, 3, 7));
}

function interleave2(target: usize): void {
  for (let i: usize = 0; i < 128; i += 16) {
    const a = v128.load(PLANES + i);
    const b = v128.load(PLANES + i, 128);
    v128.store(target + 2 * i, low8(a, b));
    v128.store(target + 2 * i, high8(a, b), 16);
  }
}

function interleave4(target: usize): void {
  for (let i: usize = 0; i < 128; i += 16) {
    const a = v128.load(PLANES + i);
    const b = v128.load(PLANES + i, 128);
    const c = v128.load(PLANES + i, 256);
    const d = v128.load(PLANES + i, 384);
    const to = target + 4 * i;
    v128.store(to, low16(low8(a, b), low8(c, d)));
    v128.store(to, high16(low8(a, b), low8(c, d)), 16);
    v128.store(to, low16(high8(a, b), high8(c, d)), 32);
    v128.store(to, high16(high8(a, b), high8(c, d)), 48);
  }
}

function interleave8(target: usize): void {
  for (let element: usize = 0; element < 128; element++) {
    for (let byte: usize = 0; byte < 8; byte++) {
      store<u8>(target + element * 8 + byte, load<u8>(PLANES + byte * 128 + element));
    }
  }
}

// @ts-expect-error: decorator
@inline
function low8(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}

// @ts-expect-error: decorator
@inline
function high8(a: v128, b: v128): v128 {
  return i8x16.shuffle(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}

// @ts-expect-error: decorator
@inline
function low16(a: v128, b: v128): v128 {
  return i16x8.shuffle(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
}

// @ts-expect-error: decorator
@inline
function high16(a: v128, b: v128): v128 {
  return i16x8.shuffle(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
}
