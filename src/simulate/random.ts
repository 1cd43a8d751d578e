/** A source of random numbers in [0, 1), each of 53 bits. */
export type Random = () => number;

/**
 * xoshiro128** (Blackman & Vigna 2021, doi:10.1145/3460772): the same numbers on every machine.
 *
 * Streams of one seed are independent, so that a longer ring list does not move the dead pixels.
 */
export function randomStream(seed: number, stream: number): Random {
  const next = splitmix32(Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(stream + 1, 0x85ebca6b));
  let [a, b, c, d] = [next(), next(), next(), next()];
  const word = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result;
  };
  return () => ((word() >>> 5) * 0x4000000 + (word() >>> 6)) / 0x20000000000000;
}

/** Fills the state from a seed, as the authors of xoshiro advise: its words are never all zero. */
function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let z = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) | 0;
  };
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}
