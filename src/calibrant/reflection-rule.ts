/** Tells whether a reflection is allowed. */
export type ReflectionRule = (h: number, k: number, l: number) => boolean;

/**
 * Lattice centrings; the structures whose atoms on special positions extinguish more: `"diamond"`
 * (Fd-3m, atoms in 8a), `"hcp"` (P6₃/mmc and P6₃mc, atoms in 2c and 2b) and `"corundum"` (R-3c,
 * hexagonal axes); space groups by their screw axes and glide planes; and `"00l"`, layers seen edge on
 * alone. The conditions are those of International Tables for Crystallography A.
 */
export type RuleName =
  | "P"
  | "I"
  | "F"
  | "A"
  | "B"
  | "C"
  | "R"
  | "diamond"
  | "hcp"
  | "corundum"
  | "Pn-3"
  | "P4_2/mnm"
  | "P4_12_12"
  | "P3_221"
  | "P6_3/m"
  | "P2_1/a"
  | "00l";

export const REFLECTION_RULES: Readonly<Record<RuleName, ReflectionRule>> = {
  P: () => true,
  I: (h, k, l) => even(h + k + l),
  F: (h, k, l) => even(h + k) && even(k + l),
  A: (_h, k, l) => even(k + l),
  B: (h, _k, l) => even(h + l),
  C: (h, k) => even(h + k),
  // Obverse setting on hexagonal axes.
  R: (h, k, l) => (-h + k + l) % 3 === 0,
  diamond: (h, k, l) => even(h + k) && even(k + l) && (!even(h) || (h + k + l) % 4 === 0),
  hcp: (h, k, l) => even(l) || (h - k) % 3 !== 0,
  corundum: (h, k, l) => (-h + k + l) % 3 === 0 && (!glides(h, k) || even(l)),
  "Pn-3": (h, k, l) =>
    (h !== 0 || even(k + l)) && (k !== 0 || even(h + l)) && (l !== 0 || even(h + k)),
  "P4_2/mnm": (h, k, l) => (h !== 0 || even(k + l)) && (k !== 0 || even(h + l)),
  P4_12_12: (h, k, l) =>
    (h !== 0 || k !== 0 || l % 4 === 0) &&
    (k !== 0 || l !== 0 || even(h)) &&
    (h !== 0 || l !== 0 || even(k)),
  P3_221: (h, k, l) => h !== 0 || k !== 0 || l % 3 === 0,
  "P6_3/m": (h, k, l) => h !== 0 || k !== 0 || even(l),
  "P2_1/a": (h, k, l) => (k !== 0 || even(h)) && (h !== 0 || l !== 0 || even(k)),
  "00l": (h, k) => h === 0 && k === 0,
};

function even(n: number): boolean {
  return n % 2 === 0;
}

/** The zone of the c glide planes of R-3c: h 0 l and its equivalents on hexagonal axes. */
function glides(h: number, k: number): boolean {
  return h === 0 || k === 0 || h === -k;
}
