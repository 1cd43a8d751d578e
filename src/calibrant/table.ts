import type { RuleName } from "./reflection-rule.js";
import type { Lattice } from "./reflections.js";

/** A calibrant of the table: its lattice, or its spacings in ångströms. */
export type CalibrantRow = readonly [
  name: string,
  material: string,
  source: string,
  known: Lattice | readonly number[],
];

const CERIA = "ceria, CeO₂";
const HEXABORIDE = "lanthanum hexaboride, LaB₆";
const SILICON = "silicon";
const ALUMINA = "corundum, α-Al₂O₃";

function cubic(a: number, rule: RuleName): Lattice {
  return { a, b: a, c: a, rule };
}

function tetragonal(a: number, c: number, rule: RuleName): Lattice {
  return { a, b: a, c, rule };
}

function hexagonal(a: number, c: number, rule: RuleName): Lattice {
  return { a, b: a, c, gamma: 120, rule };
}

/** Layers of which nothing but the distance is known: the other edges are so short that they give none. */
function layers(c: number): Lattice {
  return { a: 1e-3, b: 1e-3, c, rule: "00l" };
}

// biome-ignore format: a table
export const ROWS: readonly CalibrantRow[] = [
  ["CeO2", CERIA, "NIST SRM 674b", cubic(5.411651, "F")],
  ["LaB6", HEXABORIDE, "NIST SRM 660c, at 22.5 °C", cubic(4.156826, "P")],
  ["LaB6_SRM660a", HEXABORIDE, "NIST SRM 660a", cubic(4.1569162, "P")],
  ["LaB6_SRM660b", HEXABORIDE, "NIST SRM 660b", cubic(4.15689, "P")],
  ["LaB6_SRM660c", HEXABORIDE, "NIST SRM 660c, at 22.5 °C", cubic(4.156826, "P")],
  ["Si", SILICON, "NIST SRM 640c", cubic(5.4311946, "diamond")],
  ["Si_SRM640", SILICON, "NIST SRM 640", cubic(5.43088, "diamond")],
  ["Si_SRM640a", SILICON, "NIST SRM 640a", cubic(5.430825, "diamond")],
  ["Si_SRM640b", SILICON, "NIST SRM 640b", cubic(5.43094, "diamond")],
  ["Si_SRM640c", SILICON, "NIST SRM 640c", cubic(5.4311946, "diamond")],
  ["Si_SRM640d", SILICON, "NIST SRM 640d", cubic(5.43123, "diamond")],
  ["Si_SRM640e", SILICON, "NIST SRM 640e", cubic(5.431179, "diamond")],
  ["Al", "aluminium", "W. Witt, Z. Naturforsch. A 22 (1967) 92", cubic(4.0495, "F")],
  ["Ni", "nickel", "A. Taylor, J. Inst. Metals 77 (1950) 585", cubic(3.52387, "F")],
  ["Au", "gold", "A. Maeland & T. B. Flanagan, Can. J. Phys. 42 (1964) 2364", cubic(4.0782, "F")],
  ["Pt", "platinum", "R. W. G. Wyckoff, 1963", cubic(3.9231, "F")],
  ["NaCl", "halite, NaCl", "D. Walker et al., Am. Mineral. 89 (2004) 204", cubic(5.6401, "F")],
  ["diamond", "diamond, C", "R. W. G. Wyckoff, Crystal Structures 1 (1963) 7", cubic(3.5668, "diamond")],
  ["C60", "buckminsterfullerene, C₆₀", "Acta Cryst. A 50 (1994) 344", cubic(14.26, "F")],
  ["CuO", "cuprite (Cu₂O)", "doi:10.1107/S0108767389012596", cubic(4.2685, "Pn-3")],
  ["verneite", "Na₂Ca₃Al₂F₁₄", "doi:10.1016/0022-4596(88)90239-3", cubic(10.257, "I")],
  ["alpha_Al2O3", ALUMINA, "doi:10.1107/S0108767389012596", hexagonal(4.757, 12.9877, "corundum")],
  ["alpha_Al2O3_SRM676", ALUMINA, "NIST SRM 676", hexagonal(4.75919, 12.99183, "corundum")],
  ["alpha_Al2O3_SRM676a_2008", ALUMINA, "NIST SRM 676a, 2008", hexagonal(4.7590914, 12.991779, "corundum")],
  ["alpha_Al2O3_SRM676a_2015", ALUMINA, "NIST SRM 676a, 2015", hexagonal(4.759355, 12.99231, "corundum")],
  ["Cr2O3", "eskolaite, Cr₂O₃", "NIST SRM 674b", hexagonal(4.958979, 13.59592, "corundum")],
  ["TiO2", "rutile, TiO₂", "NIST SRM 674b", tetragonal(4.593927, 2.958875, "P4_2/mnm")],
  ["ZnO", "zincite, ZnO", "NIST SRM 674b", hexagonal(3.249897, 5.20653, "hcp")],
  ["graphite", "graphite, C", "R. W. G. Wyckoff, Crystal Structures 1 (1963) 7", hexagonal(2.456, 6.696, "hcp")],
  ["quartz", "quartz, SiO₂", "L. Levien et al., Am. Mineral. 65 (1980) 920", hexagonal(4.916, 5.4054, "P3_221")],
  ["cristobaltite", "cristobalite, SiO₂", "R. T. Downs & D. C. Palmer, Am. Mineral. 79 (1994) 9", tetragonal(4.9717, 6.9223, "P4_12_12")],
  ["hydrocerussite", "basic lead carbonate", "doi:10.1107/S0108270102006844", hexagonal(5.24656, 23.7023, "R")],
  ["vanadinite", "vanadinite, Pb₅(VO₄)₃Cl", "H. Okudera, Am. Mineral. 98 (2013) 1573", hexagonal(10.3231, 7.3399, "P6_3/m")],
  ["lysozyme", "hen egg-white lysozyme", "doi:10.1524/zkri.2007.2007.suppl_26.1", tetragonal(79.2688, 37.9573, "P4_12_12")],
  ["PBBA", "para-bromobenzoic acid", "K. Ohkura et al., Bull. Chem. Soc. Jpn. 45 (1972) 2651", { a: 29.59, b: 6.15, c: 3.98, beta: 95.5, rule: "P2_1/a" }],
  ["AgBh", "silver behenate", "doi:10.1107/S0021889899012388", layers(58.38)],
  ["C14H30O", "tetradecan-1-ol", "G. W. Brindley, Clays Clay Miner. 29 (1981) 67", layers(39.681)],
  ["CrOx", "a chromium oxide", "pyFAI's list", [3.645, 2.672, 2.487, 2.181, 1.819, 1.676, 1.467, 1.433]],
  ["mock", "made up, for tests", "pyFAI's list", [14.32685417, 11.46279281, 9.5536613, 8.19020412, 7.16779351, 6.37274742, 5.73685662, 5.21671526, 4.78338612]],
];
