const ZERO = 48;
const MINUS = 45;
const POINT = 46;
const SPACE = 32;

/** Powers of ten by their exponent: `**` would take as long as all the rest. */
const SCALES = [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];

/**
 * Writes a number as C's `printf("%<width>.<decimals>f")` would, correct to the last digit, exact
 * ties to even: right-aligned with spaces, wider where the digits need it.
 *
 * @param value finite; NaN and ±Infinity have no digits and must not come here
 * @param decimals 1 to 9
 * @returns the offset behind what was written; the buffer must have room for `fixedSize(width, decimals)`
 */
export function putFixed(
  buffer: Uint8Array,
  offset: number,
  value: number,
  width: number,
  decimals: number,
): number {
  const magnitude = Math.abs(value);
  const scale = SCALES[decimals]!;
  const product = magnitude * scale;
  let units = Math.floor(product);
  const rest = product - units;
  // The product is off by half a unit in its last place at most; nearer to a tie than that, and where
  // halves can no longer be told apart or 32 bits do not hold the whole part, the rounding is left to exact decimal arithmetic.
  if (!(product < 2 ** 51 && magnitude < 2 ** 30) || Math.abs(rest - 0.5) <= product * 2 ** -52) {
    return putText(buffer, offset, exactFixed(value, decimals), width);
  }
  if (rest > 0.5) {
    units += 1;
  }
  const whole = Math.floor(units / scale);
  const wholeDigits = countDigits(whole);
  const negative = value < 0 || Object.is(value, -0) ? 1 : 0;
  let end = offset + Math.max(width, negative + wholeDigits + 1 + decimals);
  const next = end;
  end = putDigits(buffer, end, units - whole * scale, decimals);
  buffer[--end] = POINT;
  end = putDigits(buffer, end, whole, wholeDigits);
  if (negative === 1) {
    buffer[--end] = MINUS;
  }
  while (end > offset) {
    buffer[--end] = SPACE;
  }
  return next;
}

/** The most bytes that one number of this format takes: float64 has up to 309 digits before its point. */
export function fixedSize(width: number, decimals: number): number {
  return Math.max(width, 311 + decimals);
}

/** The same number as text, without padding: slower, and exact without a fast path. */
export function exactFixed(value: number, decimals: number): string {
  if (!Number.isFinite(value) || decimals < 1 || decimals >= SCALES.length) {
    throw new RangeError(`${value} with ${decimals} decimals cannot be written in fixed notation`);
  }
  const magnitude = Math.abs(value);
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  if (magnitude >= 1e21) {
    return `${sign}${BigInt(magnitude)}.${"0".repeat(decimals)}`;
  }
  // toFixed is exact but takes ties upwards, C to even. Only odd multiples of 2^-(decimals + 1) are
  // ties, and those have exactly one decimal more, which can be cut off.
  const rounded = magnitude.toFixed(decimals);
  const halves = magnitude * 2 ** (decimals + 1);
  const tie = halves % 2 === 1;
  const odd = (rounded.charCodeAt(rounded.length - 1) - ZERO) % 2 === 1;
  return sign + (tie && odd ? magnitude.toFixed(decimals + 1).slice(0, -1) : rounded);
}

function putDigits(buffer: Uint8Array, end: number, value: number, count: number): number {
  // Below 2^31, where division is that of integers.
  let rest = value | 0;
  for (let left = count; left > 0; left--) {
    const tenth = (rest / 10) | 0;
    buffer[--end] = ZERO + rest - tenth * 10;
    rest = tenth;
  }
  return end;
}

function countDigits(value: number): number {
  let digits = 1;
  for (let rest = value | 0; rest >= 10; rest = (rest / 10) | 0) {
    digits++;
  }
  return digits;
}

function putText(buffer: Uint8Array, offset: number, text: string, width: number): number {
  const start = Math.max(0, width - text.length);
  buffer.fill(SPACE, offset, offset + start);
  for (let i = 0; i < text.length; i++) {
    buffer[offset + start + i] = text.charCodeAt(i);
  }
  return offset + start + text.length;
}
