import { putFixed } from "./fixed.js";

const WIDTH = 12;
const DECIMALS = 8;
const SCALE = 1e8;
const POINT = 46;
const ZERO = 48;

/** Four characters as a little-endian word, for each number below 10000. */
interface Words {
  /** `"0007"` */
  readonly zeros: Uint32Array;
  /** `"   7"` */
  readonly spaces: Uint32Array;
}

let words: Words | undefined;

/**
 * Writes a number as C's `printf("%12.8f")` would, as `putFixed` does, and twice as fast where it is
 * from 0 to 10000: tables of text are written hundreds of thousands of numbers at a time.
 *
 * @param view of the same bytes as `buffer`, which must have room for `fixedSize(12, 8)`
 * @param value finite
 * @returns the offset behind what was written
 */
export function putCell(buffer: Uint8Array, view: DataView, offset: number, value: number): number {
  const product = value * SCALE;
  const down = Math.floor(product);
  const rest = product - down;
  const isPlain = value > 0 ? value < 9999 : Object.is(value, 0);
  // The rounding of what may be a tie is left to exact decimal arithmetic.
  if (!isPlain || Math.abs(rest - 0.5) <= product * 2 ** -52) {
    return putFixed(buffer, offset, value, WIDTH, DECIMALS);
  }
  words ??= newWords();
  const units = rest > 0.5 ? down + 1 : down;
  const whole = Math.floor(units / SCALE) | 0;
  const decimals = (units - whole * SCALE) | 0;
  const high = (decimals / 10000) | 0;
  const head = words.spaces[whole]!;
  let start = offset;
  if (whole > 999) buffer[start++] = head & 255;
  view.setUint32(start, (head >>> 8) | (POINT << 24), true);
  view.setUint32(start + 4, words.zeros[high]!, true);
  view.setUint32(start + 8, words.zeros[decimals - high * 10000]!, true);
  return start + WIDTH;
}

function newWords(): Words {
  const zeros = new Uint32Array(10000);
  const spaces = new Uint32Array(10000);
  for (let i = 0; i < 10000; i++) {
    const digits = [i / 1000, (i / 100) % 10, (i / 10) % 10, i % 10];
    zeros[i] = digits.reduce((word, digit, place) => word | ((ZERO + digit) << (8 * place)), 0);
    // A zero is 16 codes above a space.
    spaces[i] = zeros[i]! - (i < 10 ? 0x101010 : i < 100 ? 0x1010 : i < 1000 ? 0x10 : 0);
  }
  return { zeros, spaces };
}
