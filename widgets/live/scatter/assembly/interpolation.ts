/** Pixels that are found from four of them: the first, sixth, eleventh and last. */
export const LONG: i32 = 16;
const STEP: f64 = 5;

export const longLows: usize = memory.data(64, 16);
export const longHighs: usize = memory.data(64, 16);
export const longNormalizations: usize = memory.data(64, 16);

/** What each of the four counts for each of the sixteen: `[4][16]`. */
const shares: usize = memory.data(256, 16);

/** Cubics through four points, in Lagrange's form. */
export function startInterpolation(): void {
  for (let node = 0; node < 4; node++) {
    for (let pixel = 0; pixel < LONG; pixel++) {
      let share: f64 = 1;
      for (let other = 0; other < 4; other++) {
        if (other == node) continue;
        share *= (<f64>pixel - STEP * other) / (STEP * (node - other));
      }
      store<f32>(shares + ((<usize>node * LONG + pixel) << 2), <f32>share);
    }
  }
}

/** Writes sixteen values that lie on a cubic through four. */
// @ts-expect-error: decorator
@inline
export function interpolate(from: usize, to: usize): void {
  const a = v128.load32_splat(from);
  const b = v128.load32_splat(from + 4);
  const c = v128.load32_splat(from + 8);
  const d = v128.load32_splat(from + 12);
  for (let i: usize = 0; i < 64; i += 16) {
    const left = f32x4.add(
      f32x4.mul(a, v128.load(shares + i)), f32x4.mul(b, v128.load(shares + 64 + i)),
    );
    const right = f32x4.add(
      f32x4.mul(c, v128.load(shares + 128 + i)), f32x4.mul(d, v128.load(shares + 192 + i)),
    );
    v128.store(to + i, f32x4.add(left, right));
  }
}
