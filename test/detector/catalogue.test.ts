import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { models } from "../../src/detector/catalogue/find-model.js";
import type { Detector, Shape } from "../../src/detector/detector.js";
import { detector } from "../../src/detector/detector-factory.js";

interface Pixels {
  pixels: [number, number][];
  corners: number[][];
  centres: number[][];
}
interface Facts extends Pixels {
  shape: Shape;
  pixel: [number, number];
  names: string[];
  flat: boolean;
  dummy: number | null;
  deltaDummy: number | null;
  mask: MaskFacts | null;
  binned?: { pixel: number; shape: Shape; mask: MaskFacts | null }[];
}
interface MaskFacts {
  count: number;
  sha256: string;
}
const fixture = JSON.parse(
  readFileSync(new URL("../fixtures/detector/detectors.json", import.meta.url), "utf8"),
) as {
  detectors: Record<string, Facts>;
  oriented: (Pixels & { name: string; orientation: 1 | 2 | 4 })[];
  oriented_centres: (Pixels & { name: string; orientation: 1 | 2 | 4 })[];
};
const catalogue = Object.entries(fixture.detectors);

/** Corners (z, y, x) of one pixel. */
function cornersOf(subject: Detector, shape: Shape, [row, column]: [number, number]): number[] {
  const layout = subject.layout(shape);
  if (layout.kind === "grid") {
    const [near, far] = [layout.rows[2 * row]!, layout.rows[2 * row + 1]!];
    const [left, right] = [layout.columns[2 * column]!, layout.columns[2 * column + 1]!];
    return [0, near, left, 0, far, left, 0, far, right, 0, near, right];
  }
  const line = new Float64Array(shape[1] * layout.corners * 3);
  layout.row(row, line);
  const size = layout.corners * 3;
  return [...line.subarray(column * size, (column + 1) * size)];
}

/** pyFAI's centre (y, x, z): the mean of the first four corners. */
function centreOf(corners: readonly number[]): number[] {
  return [1, 2, 0].map((k) => [0, 1, 2, 3].reduce((sum, i) => sum + corners[3 * i + k]! / 4, 0));
}

function maskFacts(mask: Uint8Array | undefined): MaskFacts | null {
  if (mask === undefined) return null;
  let count = 0;
  for (const value of mask) count += value;
  return { count, sha256: createHash("sha256").update(mask).digest("hex") };
}

/** Largest difference, against what float32 resolves in the coordinates of this detector. */
function excess(actual: readonly number[], expected: readonly number[]): number {
  const scale = Math.max(1e-3, ...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(actual[i]! - value))) / (scale * 2 ** -22);
}

describe("catalogue", () => {
  it("has every class of pyFAI, and no other", () => {
    const names = models().map(({ name }) => name);
    expect([...names].sort()).toEqual(Object.keys(fixture.detectors).sort());
    expect(names.length).toBe(109);
  });

  it("finds every detector by each of pyFAI's names, in any spelling", () => {
    for (const [name, { names }] of catalogue) {
      for (const alias of names) {
        expect(detector(alias).name).toBe(name);
        expect(detector(alias.toUpperCase().replaceAll("_", " ")).name).toBe(name);
      }
    }
  });

  it.each(catalogue)("%s has pyFAI's shape, pixels and mask", (name, facts) => {
    const subject = detector(name);
    expect(subject.shape).toEqual(facts.shape);
    expect([subject.pixel1, subject.pixel2]).toEqual(facts.pixel);
    expect(subject.flat).toBe(facts.flat);
    expect(subject.dummy ?? null).toBe(facts.dummy);
    expect(subject.deltaDummy ?? null).toBe(facts.deltaDummy);
    expect(maskFacts(subject.mask(facts.shape))).toEqual(facts.mask);
    // Jungfrau8M: pyFAI widens each 256th pixel although the image is assembled on a regular grid.
    if (name === "Jungfrau8M") return;
    facts.pixels.forEach((pixel, i) => {
      const corners = cornersOf(subject, facts.shape, pixel);
      expect(corners.length).toBe(facts.corners[i]!.length);
      expect(excess(corners, facts.corners[i]!)).toBeLessThan(1);
      expect(excess(centreOf(corners), facts.centres[i]!)).toBeLessThan(1);
    });
  });

  it("gives Jungfrau8M equal pixels", () => {
    const { rows, columns } = detector("Jungfrau8M").layout([3333, 3212]) as {
      rows: Float64Array;
      columns: Float64Array;
    };
    expect(rows.at(-1)).toBeCloseTo(3333 * 75e-6, 12);
    expect(columns.at(-1)).toBeCloseTo(3212 * 75e-6, 12);
  });

  it("joins pixels as the makers list it", () => {
    for (const [name, { binned = [] }] of catalogue) {
      for (const { pixel, shape, mask } of binned) {
        const subject = detector({ name, pixel1: pixel, pixel2: pixel });
        expect(subject.shape).toEqual(shape);
        expect(maskFacts(subject.mask(shape))).toEqual(mask);
        const plain = detector(name).layout(shape) as { rows: Float64Array };
        expect(plain.rows[1]).toBe(pixel);
      }
    }
  });
});

describe("orientation", () => {
  it.each(fixture.oriented)("$name in orientation $orientation has pyFAI's corners", (facts) => {
    const subject = detector({ name: facts.name, orientation: facts.orientation });
    facts.pixels.forEach((pixel, i) => {
      const corners = cornersOf(subject, subject.shape!, pixel);
      expect(excess(corners, facts.corners[i]!)).toBeLessThan(1);
    });
  });

  // pyFAI 2026.9 remaps only the centres of these, not their corners.
  it.each(fixture.oriented_centres)(
    "$name in orientation $orientation has pyFAI's centres",
    (facts) => {
      const subject = detector({ name: facts.name, orientation: facts.orientation });
      facts.pixels.forEach((pixel, i) => {
        const corners = cornersOf(subject, subject.shape!, pixel);
        expect(excess(centreOf(corners), facts.centres[i]!)).toBeLessThan(1);
      });
    },
  );
});
