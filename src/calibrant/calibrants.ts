import { OptionError } from "../errors.js";
import type { RuleName } from "./reflection-rule.js";
import type { Lattice } from "./reflections.js";

/** A powder whose lattice is known well enough to calibrate with. */
export interface Calibrant {
  /** pyFAI's name. */
  readonly name: string;
  readonly material: string;
  /** Where the lattice comes from. */
  readonly source: string;
  readonly lattice: Lattice;
}

type Row = [name: string, material: string, rule: RuleName, a: number, c: number, source: string];

const CERIA = "ceria, CeO₂";
const HEXABORIDE = "lanthanum hexaboride, LaB₆";
const SILICON = "silicon";
const ALUMINA = "corundum, α-Al₂O₃";

// biome-ignore format: a table
const ROWS: Row[] = [
  ["CeO2", CERIA, "F", 5.411651, 5.411651, "NIST SRM 674b"],
  ["LaB6", HEXABORIDE, "P", 4.156826, 4.156826, "NIST SRM 660c, at 22.5 °C"],
  ["LaB6_SRM660a", HEXABORIDE, "P", 4.1569162, 4.1569162, "NIST SRM 660a"],
  ["LaB6_SRM660b", HEXABORIDE, "P", 4.15689, 4.15689, "NIST SRM 660b"],
  ["LaB6_SRM660c", HEXABORIDE, "P", 4.156826, 4.156826, "NIST SRM 660c, at 22.5 °C"],
  ["Si_SRM640", SILICON, "diamond", 5.43088, 5.43088, "NIST SRM 640"],
  ["Si_SRM640a", SILICON, "diamond", 5.430825, 5.430825, "NIST SRM 640a"],
  ["Si_SRM640b", SILICON, "diamond", 5.43094, 5.43094, "NIST SRM 640b"],
  ["Si_SRM640c", SILICON, "diamond", 5.4311946, 5.4311946, "NIST SRM 640c"],
  ["Si_SRM640d", SILICON, "diamond", 5.43123, 5.43123, "NIST SRM 640d"],
  ["Si_SRM640e", SILICON, "diamond", 5.431179, 5.431179, "NIST SRM 640e"],
  ["Al", "aluminium", "F", 4.0495, 4.0495, "W. Witt, Z. Naturforsch. A 22 (1967) 92"],
  ["Ni", "nickel", "F", 3.52387, 3.52387, "A. Taylor, J. Inst. Metals 77 (1950) 585"],
  ["alpha_Al2O3_SRM676", ALUMINA, "corundum", 4.75919, 12.99183, "NIST SRM 676"],
  ["alpha_Al2O3_SRM676a_2008", ALUMINA, "corundum", 4.7590914, 12.991779, "NIST SRM 676a, 2008"],
  ["alpha_Al2O3_SRM676a_2015", ALUMINA, "corundum", 4.759355, 12.99231, "NIST SRM 676a, 2015"],
];

/** The names that `calibrant` knows. */
export function calibrantNames(): string[] {
  return ROWS.map(([name]) => name);
}

/**
 * A calibrant by pyFAI's name.
 *
 * @throws OptionError that lists the names, for one that is unknown.
 */
export function calibrant(name: string): Calibrant {
  const row = ROWS.find(([known]) => known === name);
  if (row === undefined) {
    const names = calibrantNames().join(", ");
    throw new OptionError("calibrant", name, `"${name}" is not known; there are ${names}`);
  }
  const [, material, rule, a, c, source] = row;
  const angles = rule === "corundum" ? { gamma: 120 } : {};
  return { name, material, source, lattice: { a, b: a, c, ...angles, rule } };
}
