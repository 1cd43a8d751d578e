import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calibrant, calibrantNames } from "../../src/calibrant/calibrants.js";
import { parseCif, parseSpacings } from "../../src/calibrant/read-calibrant.js";
import { reflections } from "../../src/calibrant/reflections.js";
import { spacingsOf } from "../../src/calibrant/spacings.js";

type Lines = Record<string, [d: number, multiplicity: number | null][]>;
const fixture = new URL("../fixtures/calibrant/lines.json", import.meta.url);
const { lines } = JSON.parse(readFileSync(fixture, "utf8")) as { lines: Lines };

/** Lists that leave out no line for its intensity. */
const WHOLE = calibrantNames().filter((name) => /^(CeO2|LaB6|Si_|Al$|Ni|alpha_Al2O3_)/.test(name));
/** Relative error of lists that are rounded, or computed with a cell of fewer digits. */
const ROUNDED: Readonly<Record<string, number>> = {
  AgBh: 1e-4,
  C60: 1e-4,
  PBBA: 3e-4,
  diamond: 1e-4,
  graphite: 3e-4,
  vanadinite: 2e-4,
};

/** Lines of pyFAI's lists that glide planes and screw axes extinguish. */
const EXTINCT: Readonly<Record<string, readonly number[]>> = {
  Cr2O3: [0.93964441],
  TiO2: [1.07065805, 1.06398577],
  ZnO: [1.041306],
};

describe("reflections", () => {
  it("there are pyFAI's 39 calibrants", () => {
    expect(calibrantNames().sort()).toEqual(Object.keys(lines).sort());
  });

  it.each(WHOLE)("of %s are the lines that pyFAI lists", (name) => {
    const expected = lines[name]!;
    const last = expected.at(-1)![0];
    const found = reflections(calibrant(name).lattice!, last * (1 - 1e-6));
    expect(found.length).toBe(expected.length);
    for (const [i, [d, multiplicity]] of expected.entries()) {
      expect(Math.abs(found[i]!.d / d - 1)).toBeLessThan(2e-8);
      if (multiplicity !== null) expect(found[i]!.multiplicity).toBe(multiplicity);
    }
  });

  it.each(calibrantNames())("of %s include the lines that pyFAI lists", (name) => {
    const expected = lines[name]!;
    const found = spacingsOf(calibrant(name), expected.at(-1)![0] * 0.999);
    for (const [d] of expected) {
      if (EXTINCT[name]?.includes(d)) continue;
      const nearest = found.reduce((best, own) =>
        Math.abs(own - d) < Math.abs(best - d) ? own : best,
      );
      expect(Math.abs(nearest / d - 1), `${d}`).toBeLessThan(ROUNDED[name] ?? 3e-8);
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

describe("calibrants of one's own", () => {
  it("from a list of spacings", () => {
    const text = "# Calibrant: Ceria (CeO2)\n# Ref: NIST\n\n 1.5 # (1 1 1)\n2.75\n";
    const own = parseSpacings(text, "folder/mine.D");
    expect(own).toEqual({
      name: "mine",
      material: "Ceria (CeO2)",
      source: "NIST",
      spacings: [2.75, 1.5],
    });
    expect(spacingsOf(own, 2)).toEqual([2.75]);
    expect(() => parseSpacings("# nothing\n", "x.D")).toThrow(/x.D: it lists no spacings/);
    expect(() => parseSpacings("3.1\nabc\n", "x.D")).toThrow(/line 2: "abc" is no spacing/);
  });

  it("from the cell of a CIF", () => {
    const cif = `data_CeO2
_cell_length_a 5.4112(3)
_cell_length_b 5.4112(3)
_cell_length_c 5.4112(3)
_cell_angle_alpha 90.
_symmetry_space_group_name_H-M 'F m -3 m'
`;
    const own = parseCif(cif, "a.cif");
    expect(own.lattice).toMatchObject({ a: 5.4112, c: 5.4112, alpha: 90, rule: "F" });
    expect(spacingsOf(own, 2.5)).toHaveLength(2);
    expect(() => parseCif("data_x\n", "a.cif")).toThrow(/a.cif: the entry _cell_length_a/);
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
