import { expect } from "vitest";
import type { TypedArray } from "../../src/array.js";
import type { Integrate1dResult } from "../../src/integrate/result.js";
import { largest } from "./numbers.js";
import type { Answer, ReferenceCase } from "./reference-cases.js";

/** Bins of a case as `[radial index, azimuthal index]` selects them, from low to high. */
export function binsWhere(
  c: ReferenceCase,
  select: (radial: number, azimuthal: number, bin: number) => boolean,
): number[] {
  const bins: number[] = [];
  const cakes = c.dim === 2 ? c.nptAzim : 1;
  for (let azimuthal = 0; azimuthal < cakes; azimuthal++) {
    for (let radial = 0; radial < c.npt; radial++) {
      const bin = azimuthal * c.npt + radial;
      if (select(radial, azimuthal, bin)) bins.push(bin);
    }
  }
  return bins;
}

/** Whether a radial bin lies outside the pixel that holds the beam. */
export function outsideBeam(c: ReferenceCase, result: Integrate1dResult, radial: number): boolean {
  const half = (result.radial[1]! - result.radial[0]!) / 2;
  return result.radial[radial]! - half >= c.beamRadius;
}

/**
 * Holds a result against pyFAI's, in the inner bins that at least half a pixel reaches: of less, the
 * float32 of its corners leaves it too few digits.
 */
export function checkPyfai(c: ReferenceCase, result: Integrate1dResult, answer: Answer): void {
  const cakes = c.dim === 2 ? c.nptAzim : 1;
  const reliable = (radial: number, azimuthal: number): boolean =>
    !c.unreliable.some(([r, a]) => r === radial && a === azimuthal);
  const bins = binsWhere(
    c,
    (radial, azimuthal, bin) =>
      radial > 0 &&
      radial < c.npt - 1 &&
      (c.dim === 1 || (azimuthal > 0 && azimuthal < cakes - 1)) &&
      outsideBeam(c, result, radial) &&
      reliable(radial, azimuthal) &&
      answer.count![bin]! >= 0.5 &&
      result.count[bin]! > 0,
  );
  expect(bins.length, "bins compared").toBeGreaterThan(binsWhere(c, () => true).length / 4);
  // A pixel that lies on a bin's edge may fall on either side of it, whole where it is not split.
  const onEdge = Math.max(6, 0.01 * bins.length);
  const rare = Math.max(1, 0.001 * bins.length);
  const allowed = c.split === "no" ? onEdge : c.dim === 2 ? rare : 0;
  const compare = (what: string, actual: TypedArray, tolerance: number): void => {
    const { over, worst } = deviation(actual, answer[what]!, bins);
    const count = over(tolerance);
    expect(count, `${what}: bins over ${tolerance}, worst ${worst}`).toBeLessThanOrEqual(allowed);
  };
  compare("intensity", result.intensity, c.split === "no" ? 5e-6 : 5e-5);
  const sigma = answer.sigma;
  const hasModel = c.options.errorModel !== undefined || c.options.variance !== undefined;
  if (sigma !== undefined && hasModel && c.pyfaiSigma) {
    expect(result.sigma).toBeDefined();
    compare("sigma", result.sigma!, c.split === "no" ? 1e-5 : 5e-5);
  }
}

/** Differences relative to max(|expected|, a thousandth of the largest). */
function deviation(
  actual: TypedArray,
  expected: TypedArray,
  bins: number[],
): { worst: number; over: (tolerance: number) => number } {
  const floor = 1e-3 * bins.reduce((top, bin) => Math.max(top, Math.abs(expected[bin]!)), 0);
  const all = bins.map((bin) => {
    const difference = Math.abs(actual[bin]! - expected[bin]!);
    return difference / Math.max(Math.abs(expected[bin]!), floor);
  });
  return {
    worst: all.reduce((top, value) => Math.max(top, value), 0),
    // Written so that a NaN counts as over.
    over: (tolerance) => all.filter((value) => !(value <= tolerance)).length,
  };
}

/** Holds a result against the exact calculation: every bin that a thousandth of a pixel reaches. */
export function checkExact(c: ReferenceCase, result: Integrate1dResult, answer: Answer): void {
  expectClose("radial", result.radial, answer.radial!, 1e-9 * result.radial[c.npt - 1]!);
  if (answer.azimuthal !== undefined && "azimuthal" in result) {
    const azimuthal = result.azimuthal as Float64Array;
    const turned = azimuthal.map((angle, i) => {
      return angle + 360 * Math.round((answer.azimuthal![i]! - angle) / 360);
    });
    expectClose("azimuthal", turned, answer.azimuthal, 1e-9);
  }
  const count = answer.count!;
  const bins = binsWhere(
    c,
    (radial, _, bin) => outsideBeam(c, result, radial) && count[bin]! >= 1e-3,
  );
  expect(bins.length, "bins compared").toBeGreaterThan(0);
  for (const what of Object.keys(answer)) {
    if (what === "radial" || what === "azimuthal" || what === "std") continue;
    const actual = result[what as keyof Integrate1dResult] as Float64Array | undefined;
    expect(actual, what).toBeDefined();
    const expected = answer[what]!;
    // One pixel alone deviates from its mean by nothing, or by its last digit.
    const digit = 1e-14 * largest(bins.map((bin) => expected[bin]!));
    const wrong = bins.filter((bin) => {
      const limit = Math.max(1e-6 * Math.abs(expected[bin]!), digit);
      return !(Math.abs(actual![bin]! - expected[bin]!) <= limit);
    });
    const first = wrong[0] ?? 0;
    expect(
      wrong.length,
      `${what}: bins off by more than 1e-6, the first ${first}: ${actual![first]}, not ${expected[first]}`,
    ).toBe(0);
  }
}

function expectClose(what: string, actual: TypedArray, expected: TypedArray, limit: number): void {
  expect(actual.length, what).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= Math.abs(limit))) {
      expect(actual[i], `${what}[${i}]`).toBe(expected[i]);
    }
  }
}
