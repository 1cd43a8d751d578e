import type { Calibrant } from "../calibrant/calibrants.js";

/** A calibrant in a line: its name, the lattice that was used, and where that comes from. */
export function latticeText({ name, lattice, source }: Calibrant): string {
  if (lattice === undefined) return `${name} (${source})`;
  if (lattice.rule === "00l") return `${name} (c = ${lattice.c} Å; ${source})`;
  const { a, b = a, c = a, alpha = 90, beta = 90, gamma = 90 } = lattice;
  const edges = b === a && c === a ? `a = ${a} Å` : `a = ${a} Å, b = ${b} Å, c = ${c} Å`;
  const right = alpha === 90 && beta === 90 && gamma === 90;
  const angles = right ? "" : `, α = ${alpha}°, β = ${beta}°, γ = ${gamma}°`;
  return `${name} (${edges}${angles}; ${source})`;
}
