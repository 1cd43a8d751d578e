/**
 * The discrete Fourier transform of complex numbers, in place; the inverse is not divided by the length.
 *
 * @param real as many as `imaginary`, a power of two.
 * @see Cooley & Tukey 1965, doi:10.1090/S0025-5718-1965-0178586-1
 */
export function fourierTransform(
  real: Float64Array,
  imaginary: Float64Array,
  inverse = false,
): void {
  const { length } = real;
  reorder(real, imaginary);
  for (let half = 1; half < length; half *= 2) {
    const turn = ((inverse ? 1 : -1) * Math.PI) / half;
    for (let k = 0; k < half; k++) {
      const [cos, sin] = [Math.cos(turn * k), Math.sin(turn * k)];
      for (let i = k; i < length; i += 2 * half) {
        const j = i + half;
        const re = real[j]! * cos - imaginary[j]! * sin;
        const im = real[j]! * sin + imaginary[j]! * cos;
        real[j] = real[i]! - re;
        imaginary[j] = imaginary[i]! - im;
        real[i]! += re;
        imaginary[i]! += im;
      }
    }
  }
}

/** Exchanges each place with the one whose bits are the same backwards. */
function reorder(real: Float64Array, imaginary: Float64Array): void {
  for (let i = 1, j = 0; i < real.length; i++) {
    let bit = real.length >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i >= j) continue;
    [real[i], real[j]] = [real[j]!, real[i]!];
    [imaginary[i], imaginary[j]] = [imaginary[j]!, imaginary[i]!];
  }
}
