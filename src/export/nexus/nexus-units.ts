/** The units of pyFAI's radial units as NeXus has them (UDUNITS), and the quantity. */
const UNITS: Readonly<Record<string, readonly [units: string, quantity: string]>> = {
  "2th_deg": ["deg", "2θ"],
  "2th_rad": ["rad", "2θ"],
  r_mm: ["mm", "r"],
  r_m: ["m", "r"],
  "q_nm^-1": ["1/nm", "q"],
  "q_A^-1": ["1/angstrom", "q"],
  "qtot_nm^-1": ["1/nm", "q"],
  "qtot_A^-1": ["1/angstrom", "q"],
  d_m: ["m", "d"],
  d_nm: ["nm", "d"],
  d_A: ["angstrom", "d"],
  "d*2_nm^-2": ["1/nm^2", "d*²"],
  "d*2_A^-2": ["1/angstrom^2", "d*²"],
};

/** The attributes of a radial axis; a unit that is a formula has no units. */
export function radialAttributes(unit: string): Record<string, string> {
  const [units, quantity] = UNITS[unit] ?? ["", unit];
  return {
    long_name: units === "" ? quantity : `${quantity} (${units})`,
    units,
    pyfai_unit: unit,
  };
}
