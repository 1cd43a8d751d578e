import { describe, expect, it } from "vitest";
import type { TypedArray } from "../../src/array.js";
import type { Integrate1dResult, Integrate2dResult } from "../../src/integrate/result.js";
import { binsWhere, outsideBeam } from "../support/check-case.js";
import {
  integrateCase,
  integrator,
  ownCases,
  type ReferenceCase,
} from "../support/reference-cases.js";

/**
 * The truth is an image whose pixels are 24 × 24 points each: what all splittings approximate. The
 * errors of CakeLab are held against pyFAI's in the same bins, those with at least one whole pixel.
 */
const cases = ownCases().filter((c) => c.truth !== undefined);

interface Errors {
  median: number;
  p99: number;
}

function errors(intensity: TypedArray, truth: TypedArray, bins: number[]): Errors {
  const sorted = bins
    .map((bin) => Math.abs(intensity[bin]! / truth[bin]! - 1))
    .sort((a, b) => a - b);
  expect(Number.isNaN(sorted.at(-1))).toBe(false);
  const quantile = (q: number): number => sorted[Math.round(q * (sorted.length - 1))]!;
  return { median: quantile(0.5), p99: quantile(0.99) };
}

function compare(
  c: ReferenceCase,
  result: Integrate1dResult,
  select: (radial: number, azimuthal: number) => boolean,
): { ours: Errors; theirs: Errors } {
  const bins = binsWhere(
    c,
    (radial, azimuthal, bin) =>
      outsideBeam(c, result, radial) && select(radial, azimuthal) && c.truth!.count![bin]! >= 1,
  );
  expect(bins.length, "bins compared").toBeGreaterThan(20);
  return {
    ours: errors(result.intensity, c.truth!.intensity!, bins),
    theirs: errors(c.pyfai!.intensity!, c.truth!.intensity!, bins),
  };
}

/** Bins whose centre is closer to a limit of the radial range than the widest pixel is wide. */
function nearLimit(c: ReferenceCase, { radial }: Integrate1dResult): (bin: number) => boolean {
  const [low, high] = c.options.radialRange!;
  const deltas = integrator(c.geometry).deltaArray(c.options.unit!).data;
  const pixel = 2 * deltas.reduce((top, delta) => Math.max(top, delta), 0);
  return (bin) => radial[bin]! - low < pixel || high - radial[bin]! < pixel;
}

describe("closer to the truth than pyFAI", () => {
  it.each(cases.filter((c) => c.dim === 1 && c.options.radialRange === undefined))(
    "$name: a median error of at most 1.05 × pyFAI's",
    async (c) => {
      const { ours, theirs } = compare(c, await integrateCase(c, "js"), () => true);
      expect(ours.median).toBeLessThanOrEqual(1.05 * theirs.median);
    },
  );

  it.each(cases.filter((c) => c.dim === 2))("$name: half of pyFAI's errors", async (c) => {
    const result = await integrateCase(c, "js");
    const { ours, theirs } = compare(c, result, () => true);
    expect(ours.median).toBeLessThanOrEqual(theirs.median / 2);
    expect(ours.p99).toBeLessThanOrEqual(theirs.p99 / 2);
  });

  it.each(cases.filter((c) => c.options.radialRange !== undefined))(
    "$name: half of pyFAI's errors within a pixel of the limits",
    async (c) => {
      const result = await integrateCase(c, "js");
      const near = nearLimit(c, result);
      const last = c.dim === 2 ? (result as Integrate2dResult).azimuthal.length - 1 : -1;
      const { ours, theirs } = compare(
        c,
        result,
        (radial, azimuthal) => near(radial) || (c.dim === 2 && azimuthal % last === 0),
      );
      expect(ours.median).toBeLessThanOrEqual(theirs.median / 2);
      expect(ours.p99).toBeLessThanOrEqual(theirs.p99 / 2);
    },
  );
});
