import { randomStream } from "../../src/simulate/random.js";

/** A pseudo-Voigt of an area, centre, width and Lorentzian part, by its definition. */
export type PeakTruth = readonly [area: number, center: number, fwhm: number, eta: number];

export function pseudoVoigt(x: number, [area, center, fwhm, eta]: PeakTruth): number {
  const deviation = fwhm / Math.sqrt(8 * Math.LN2);
  const far = x - center;
  const gauss = Math.exp(-0.5 * (far / deviation) ** 2) / (deviation * Math.sqrt(2 * Math.PI));
  const lorentz = fwhm / 2 / Math.PI / (far * far + (fwhm / 2) ** 2);
  return area * (eta * lorentz + (1 - eta) * gauss);
}

export function normalNumbers(seed: number): () => number {
  const random = randomStream(seed, 0);
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function bins(low: number, high: number, count: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => low + ((high - low) * i) / (count - 1));
}

/** Peaks on a background, with noise of counts, or of one size, and its errors; none for seed 0. */
export function simulated(
  radial: Float64Array,
  peaks: readonly PeakTruth[],
  {
    background = 50,
    slope = 0,
    seed = 0,
    noise,
  }: { background?: number; slope?: number; seed?: number; noise?: number } = {},
): { radial: Float64Array; intensity: Float64Array; sigma: Float64Array } {
  const normal = normalNumbers(seed);
  const expected = radial.map((x) =>
    peaks.reduce((sum, peak) => sum + pseudoVoigt(x, peak), background + slope * (x - radial[0]!)),
  );
  const sigma = expected.map((value) => noise ?? Math.sqrt(value));
  const intensity = expected.map((value, i) => value + (seed === 0 ? 0 : sigma[i]! * normal()));
  return { radial, intensity, sigma };
}
