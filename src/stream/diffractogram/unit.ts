import { OptionError } from "../../errors.js";
import { suggest } from "../../suggest.js";

/** The units of a diffractogram: pyFAI's names, and `"r_pixel"`, which is LaVue's own. */
export const DIFFRACTOGRAM_UNITS = [
  "q_nm^-1",
  "q_A^-1",
  "2th_deg",
  "2th_rad",
  "r_mm",
  "r_pixel",
] as const;

export type DiffractogramUnit = (typeof DIFFRACTOGRAM_UNITS)[number];

/** The same units as LaVue's configuration calls them. */
export const TOOL_UNITS = [
  "q [1/nm]",
  "q [1/A]",
  "2th [deg]",
  "2th [rad]",
  "r [mm]",
  "r [pixel]",
] as const;

export type ToolUnit = (typeof TOOL_UNITS)[number];

/**
 * The unit of a name, pyFAI's or LaVue's, in small or capital letters.
 *
 * @throws OptionError for another one.
 * @example diffractogramUnit("q [1/A]") // "q_A^-1"
 */
export function diffractogramUnit(name: string): DiffractogramUnit {
  const at = placeOf(name);
  if (at >= 0) return DIFFRACTOGRAM_UNITS[at]!;
  const names = [...DIFFRACTOGRAM_UNITS, ...TOOL_UNITS];
  const near = typeof name === "string" ? suggest(name, names) : [];
  const remedy =
    near.length > 0 ? `did you mean ${near.join(" or ")}?` : `choose from ${names.join(", ")}`;
  throw new OptionError("unit", name, `${JSON.stringify(name)} is none here; ${remedy}`);
}

/** What LaVue calls a unit. */
export function toolUnit(unit: DiffractogramUnit): ToolUnit {
  return TOOL_UNITS[DIFFRACTOGRAM_UNITS.indexOf(unit)]!;
}

function placeOf(name: unknown): number {
  const typed = String(name).toLowerCase();
  const isSame = (known: string): boolean => known.toLowerCase() === typed;
  return Math.max(DIFFRACTOGRAM_UNITS.findIndex(isSame), TOOL_UNITS.findIndex(isSame));
}
