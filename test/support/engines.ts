import type { Image, TypedArray } from "../../src/array.js";
import { detector } from "../../src/detector/detector-factory.js";
import { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";
import type { Algorithm, IntegrateOptions } from "../../src/integrate/options.js";
import type { Integrate1dResult } from "../../src/integrate/result.js";
import { simulatePowder } from "../../src/simulate/index.js";

export const SHAPE: [number, number] = [230, 260];
export const geometry = {
  dist: 0.12,
  poni1: 0.021,
  poni2: 0.027,
  rot1: 0.05,
  rot2: -0.03,
  rot3: 0.2,
  wavelength: 5e-11,
  detector: detector({ pixel1: 0.0002, pixel2: 0.0002, shape: SHAPE }),
};
export const integrator = (): AzimuthalIntegrator => new AzimuthalIntegrator(geometry);

/** Rings on a tilted detector. */
export const rings: Image = simulatePowder({
  ...geometry,
  phases: [{ lattice: { a: 5.4117, rule: "F" }, counts: 2000, fwhm: 0.2 }],
  background: { flat: 50 },
  seed: 4,
});

/** Integrates on one engine; the wasm engine with 16-bit weights unless another algorithm is named. */
export function integrate(
  ai: AzimuthalIntegrator,
  image: Image,
  engine: "js" | "wasm",
  bins: { npt: number; nptAzim?: number },
  options: IntegrateOptions & { algorithm?: Algorithm; split?: "no" | "bbox" | "full" },
): Promise<Integrate1dResult> {
  const { algorithm = "csr-compact", split = "full", ...rest } = options;
  const all = { unit: "2th_deg", ...rest, method: { engine, algorithm, split } };
  return bins.nptAzim === undefined
    ? ai.integrate1d(image, bins.npt, all)
    : ai.integrate2d(image, bins.npt, bins.nptAzim, all);
}

/** The same for standard errors, which may be nothing but rounding where a bin holds one pixel. */
export function sigmaDifference(a: Integrate1dResult, b: Integrate1dResult, least: number): number {
  const floor = (result: Integrate1dResult) =>
    result.sigma!.map((sigma, bin) => sigma + 1e-6 * Math.abs(result.intensity[bin]!));
  return difference(floor(a), floor(b), b.count, least);
}

/** The largest relative difference where a bin holds at least so much of a pixel. */
export function difference(a: TypedArray, b: TypedArray, count: TypedArray, least: number): number {
  let worst = 0;
  for (let bin = 0; bin < a.length; bin++) {
    if (count[bin]! < least || b[bin] === 0) continue;
    const off = Math.abs(a[bin]! - b[bin]!) / Math.abs(b[bin]!);
    worst = off <= worst ? worst : off;
  }
  return worst;
}
