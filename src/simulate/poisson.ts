import type { Random } from "./random.js";

/** Above this mean rejection is faster than multiplication, and its constants are valid (≥ 10). */
const SMALL = 12;

/** A number drawn from the Poisson distribution of a mean ≥ 0, exactly. */
export function poisson(mean: number, random: Random): number {
  return mean < SMALL ? byMultiplication(mean, random) : byRejection(mean, random);
}

/** Counts exponential waiting times (Knuth, The Art of Computer Programming 2, 3.4.1). */
function byMultiplication(mean: number, random: Random): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}

/** PTRS, transformed rejection with squeeze (Hörmann 1993, doi:10.1016/0167-6687(93)90997-4). */
function byRejection(mean: number, random: Random): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  const logMean = Math.log(mean);
  for (;;) {
    const u = random() - 0.5;
    const v = random();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= squeeze) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    const logDensity = k * logMean - mean - logFactorial(k);
    if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= logDensity) return k;
  }
}

/** ln k!, by Stirling's series; k ≥ 10 gives 12 digits, smaller k are multiplied out. */
function logFactorial(k: number): number {
  if (k < 10) {
    let product = 1;
    for (let i = 2; i <= k; i++) product *= i;
    return Math.log(product);
  }
  const n = k + 1;
  const n2 = n * n;
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / (1680 * n2)) / n2) / n2) / n;
  return (n - 0.5) * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI) + series;
}
