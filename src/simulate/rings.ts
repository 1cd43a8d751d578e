import { calibrant } from "../calibrant/calibrants.js";
import {
  type Lattice,
  type Reflection,
  reflectionName,
  reflections,
} from "../calibrant/reflections.js";
import { OptionError } from "../errors.js";
import { azimuthTable, sampleAzimuth } from "./azimuth-table.js";
import type { Phase } from "./options.js";
import type { Random } from "./random.js";

const DEGREE = Math.PI / 180;
/** A profile ends here, in units of its width: a Lorentzian is 1/10⁴ of its top. */
const REACH = 50;
/** Where a ring varies around, its profile does so to here; the faint rest is the same all around. */
const CORE = 8;
/** Points of a profile table for each width: linear interpolation is then good to 10⁻⁴. */
const POINTS_PER_WIDTH = 100;
const STRETCH = 2 * POINTS_PER_WIDTH;

/** Expected counts at a 2θ in radians and a direction in radians, before corrections. */
export type RingCounts = (twoTheta: number, direction: number) => number;

interface Ring extends Reflection {
  readonly twoTheta: number;
  readonly fwhm: number;
  readonly height: number;
}

interface UnevenRing {
  /** Where its profile begins in the table over 2θ. */
  readonly first: number;
  readonly profile: Float64Array;
  readonly azimuth: Float64Array;
}

/**
 * The rings of a phase without strain, up to a largest 2θ in radians.
 *
 * Profiles are added up in one table over 2θ; rings that vary along their circumference keep tables
 * of their own.
 */
export function ringCounts(
  phase: Phase,
  wavelength: number,
  largest: number,
  random: Random,
): RingCounts {
  const rings = ringsOf(phase, wavelength, largest);
  if (rings.length === 0) return () => 0;
  const step = Math.min(...rings.map((ring) => ring.fwhm)) / POINTS_PER_WIDTH;
  const eta = phase.eta ?? 0.3;
  const size = Math.ceil(largest / step) + 2;
  const smooth = new Float64Array(size);
  const uneven: UnevenRing[] = [];
  for (const ring of rings) {
    const azimuth = azimuthTable(phase, ring, random);
    addProfile(smooth, 0, step, ring, REACH, (x) => {
      return pseudoVoigt(x, eta) * (azimuth === undefined ? 1 : 1 - core(x));
    });
    if (azimuth === undefined) continue;
    const first = Math.max(0, Math.floor((ring.twoTheta - CORE * ring.fwhm) / step));
    const profile = new Float64Array(Math.ceil((2 * CORE * ring.fwhm) / step) + 2);
    addProfile(profile, first, step, ring, CORE, (x) => pseudoVoigt(x, eta) * core(x));
    uneven.push({ first, profile, azimuth });
  }
  const near = neighbours(uneven, size);
  return (twoTheta, direction) => {
    const place = twoTheta / step;
    let sum = interpolate(smooth, place);
    for (const { first, profile, azimuth } of near[Math.floor(place / STRETCH)] ?? []) {
      const height = interpolate(profile, place - first);
      if (height !== 0) sum += height * sampleAzimuth(azimuth, direction);
    }
    return sum;
  };
}

/** Which rings reach into each stretch of the table, so that a pixel asks few of them. */
function neighbours(rings: readonly UnevenRing[], size: number): UnevenRing[][] {
  return Array.from({ length: Math.ceil(size / STRETCH) }, (_, i) =>
    rings.filter(({ first, profile }) => {
      return first < (i + 1) * STRETCH && first + profile.length > i * STRETCH;
    }),
  );
}

/** Adds a ring's height times a shape to a table that begins at index `first`; x is in units of its width. */
function addProfile(
  table: Float64Array,
  first: number,
  step: number,
  { twoTheta, fwhm, height }: Ring,
  reach: number,
  shape: (x: number) => number,
): void {
  const start = Math.max(first, Math.ceil((twoTheta - reach * fwhm) / step));
  const end = Math.min(first + table.length, Math.floor((twoTheta + reach * fwhm) / step) + 1);
  for (let i = start; i < end; i++) {
    table[i - first]! += height * shape((i * step - twoTheta) / fwhm);
  }
}

/** 1 at a ring's middle, going smoothly to 0 at the end of its core. */
function core(x: number): number {
  return Math.abs(x) < CORE ? Math.cos((Math.PI * x) / (2 * CORE)) ** 2 : 0;
}

/** Profile of height 1 and full width at half maximum 1. */
function pseudoVoigt(x: number, eta: number): number {
  return eta / (1 + 4 * x * x) + (1 - eta) * Math.exp(-4 * Math.LN2 * x * x);
}

function interpolate(table: Float64Array, place: number): number {
  const index = Math.floor(place);
  if (!(index >= 0 && index < table.length - 1)) return 0;
  const low = table[index]!;
  return low + (place - index) * (table[index + 1]! - low);
}

function ringsOf(phase: Phase, wavelength: number, largest: number): Ring[] {
  const lattice = latticeOf(phase);
  const angstroms = wavelength * 1e10;
  // One profile's reach beyond the last pixel still shines into it.
  const margin = REACH * width(phase, Math.tan(largest / 2));
  const dMin = angstroms / (2 * Math.sin(Math.min(largest + margin, Math.PI) / 2));
  const found = reflections(lattice, dMin);
  requireRings(phase, found);
  const relative = found.map((line) => relativeHeight(line, phase, angstroms));
  const strongest = relative.reduce((most, value) => Math.max(most, value), 0);
  return found.flatMap((line, i) => {
    const height = ((phase.counts ?? 1000) * relative[i]!) / strongest;
    const theta = Math.asin(Math.min(angstroms / (2 * line.d), 1));
    return height > 0
      ? [{ ...line, twoTheta: 2 * theta, fwhm: width(phase, Math.tan(theta)), height }]
      : [];
  });
}

function latticeOf({ lattice }: Phase): Lattice {
  if (typeof lattice !== "string") return lattice;
  const known = calibrant(lattice).lattice;
  if (known !== undefined) return known;
  throw new OptionError("lattice", lattice, "only its spacings are known; give a lattice");
}

/** A misspelt ring would otherwise be left out without a word; one beyond the image may be named. */
function requireRings(
  { intensities = {}, texture = [] }: Phase,
  found: readonly Reflection[],
): void {
  const names = found.map(reflectionName);
  for (const name of [...Object.keys(intensities), ...texture.map(({ ring }) => ring)]) {
    if (!names.includes(name)) {
      const there = names.slice(0, 12).join(", ");
      throw new OptionError(
        "phases",
        name,
        `no ring "${name}" falls on this image; there are ${there}`,
      );
    }
  }
}

function width({ fwhm = 0.03 }: Phase, tanTheta: number): number {
  const degrees =
    typeof fwhm === "number"
      ? fwhm
      : Math.sqrt(fwhm.u * tanTheta * tanTheta + fwhm.v * tanTheta + fwhm.w);
  if (!(degrees > 0)) {
    throw new OptionError("fwhm", fwhm, `gives a width of ${degrees}°, but it must be above 0`);
  }
  return degrees * DEGREE;
}

/**
 * Height of a ring when no intensities are given: its planes, the Lorentz factor of a ring on an area
 * detector, 1/(sin θ sin 2θ), and a falloff with sin θ/λ such as atoms and their motion have.
 */
function relativeHeight(line: Reflection, phase: Phase, wavelength: number): number {
  if (phase.intensities !== undefined) return phase.intensities[reflectionName(line)] ?? 0;
  const theta = Math.asin(Math.min(wavelength / (2 * line.d), 1));
  const lorentz = 1 / (Math.sin(theta) * Math.sin(2 * theta));
  return line.multiplicity * lorentz * Math.exp(-1 / (line.d * line.d));
}
