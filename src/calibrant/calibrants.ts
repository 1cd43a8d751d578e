import { OptionError } from "../errors.js";
import { suggest } from "../suggest.js";
import type { Lattice } from "./reflections.js";
import { ROWS } from "./table.js";

/** A powder whose lattice, or whose spacings, are known well enough to calibrate with. */
export interface Calibrant {
  /** pyFAI's name, or one of one's own. */
  readonly name: string;
  readonly material: string;
  /** Where the lattice comes from. */
  readonly source: string;
  /** `undefined` where only spacings are known. */
  readonly lattice?: Lattice;
  /** Spacings in ångströms, where there is no lattice. */
  readonly spacings?: readonly number[];
}

/** The names that `calibrant` knows: pyFAI's. */
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
    const near = suggest(name, calibrantNames(), 1)[0];
    const names = calibrantNames().join(", ");
    const hint = near === undefined ? "" : `; is ${near} meant?`;
    throw new OptionError("calibrant", name, `"${name}" is not known; there are ${names}${hint}`);
  }
  const [, material, source, known] = row;
  return Array.isArray(known)
    ? { name, material, source, spacings: known as readonly number[] }
    : { name, material, source, lattice: known as Lattice };
}
