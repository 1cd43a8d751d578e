import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calibrant, calibrantNames } from "../../src/calibrant/calibrants.js";
import { reflections } from "../../src/calibrant/reflections.js";

type Lines = Record<string, [d: number, multiplicity: number | null][]>;
const fixture = new URL("../fixtures/calibrant/lines.json", import.meta.url);
const { lines } = JSON.parse(readFileSync(fixture, "utf8")) as { lines: Lines };

describe("reflections", () => {
  it.each(calibrantNames())("of %s are the lines that pyFAI lists", (name) => {
    const expected = lines[name]!;
    const last = expected.at(-1)![0];
    const found = reflections(calibrant(name).lattice, last * (1 - 1e-6));
    expect(found.length).toBe(expected.length);
    for (const [i, [d, multiplicity]] of expected.entries()) {
      expect(Math.abs(found[i]!.d / d - 1)).toBeLessThan(2e-8);
      if (multiplicity !== null) expect(found[i]!.multiplicity).toBe(multiplicity);
    }
  });

  it("of a triclinic cell agree with the reciprocal basis", () => {
    const angle = fc.double({ min: 70, max: 110, noNaN: true });
    const edge = fc.double({ min: 3, max: 9, noNaN: true });
    fc.assert(
      fc.property(fc.tuple(edge, edge, edge, angle, angle, angle), ([a, b, c, al, be, ga]) => {
        const cell = { a, b, c, alpha: al, beta: be, gamma: ga };
        for (const line of reflections(cell, 1.5)) {
          expect(line.d).toBeCloseTo(spacing(cell, line.h, line.k, line.l), 10);
        }
      }),
      { seed: 7, numRuns: 40 },
    );
  });

  it("names hexagonal close-packed lines as metallurgists do", () => {
    const titanium = { a: 2.925, c: 4.67, gamma: 120, rule: "hcp" } as const;
    const names = reflections(titanium, 1.2).map(({ h, k, l }) => `${h}${k}${l}`);
    expect(names).toEqual(["100", "002", "101", "102", "110", "103", "200", "112", "201"]);
  });

  it("refuses what is no cell and no rule", () => {
    expect(() => reflections({ a: 0 }, 1)).toThrow(/^a: is 0/);
    expect(() => reflections({ a: 4 }, Number.NaN)).toThrow(/^dMin: is NaN/);
    expect(() => reflections({ a: 4, alpha: 170, beta: 20, gamma: 90 }, 1)).toThrow(/angles/);
    expect(() => reflections({ a: 4, rule: "X" as "P" }, 1)).toThrow(/no rule "X"; there are P, I/);
    expect(() => calibrant("CeO3")).toThrow(/"CeO3" is not known; there are CeO2/);
  });
});

interface Triclinic {
  a: number;
  b: number;
  c: number;
  alpha: number;
  beta: number;
  gamma: number;
}

/** d = 1/|h·a* + k·b* + l·c*| by vectors. */
function spacing(
  { a, b, c, alpha, beta, gamma }: Triclinic,
  h: number,
  k: number,
  l: number,
): number {
  const cos = (degrees: number) => Math.cos((degrees * Math.PI) / 180);
  const sinGamma = Math.sin((gamma * Math.PI) / 180);
  const va = [a, 0, 0];
  const vb = [b * cos(gamma), b * sinGamma, 0];
  const cy = (cos(alpha) - cos(beta) * cos(gamma)) / sinGamma;
  const vc = [c * cos(beta), c * cy, c * Math.sqrt(1 - cos(beta) ** 2 - cy ** 2)];
  const volume = dot(va, cross(vb, vc));
  const [ra, rb, rc] = [cross(vb, vc), cross(vc, va), cross(va, vb)];
  const g = [0, 1, 2].map((i) => (h * ra[i]! + k * rb[i]! + l * rc[i]!) / volume);
  return 1 / Math.hypot(...g);
}

const dot = (p: number[], q: number[]): number => p.reduce((sum, v, i) => sum + v * q[i]!, 0);
const cross = (p: number[], q: number[]): number[] => [
  p[1]! * q[2]! - p[2]! * q[1]!,
  p[2]! * q[0]! - p[0]! * q[2]!,
  p[0]! * q[1]! - p[1]! * q[0]!,
];
