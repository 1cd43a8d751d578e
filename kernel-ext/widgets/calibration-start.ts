import { type Calibrant, calibrant } from "../../src/calibrant/calibrants.js";
import { reflectionName, reflections } from "../../src/calibrant/reflections.js";
import type { CalibrationStart, FixName } from "../../src/calibrate/options.js";
import { beamCenter } from "../../src/calibrate/parameters.js";
import { indexAt, type Plane } from "../../src/calibrate/plane.js";
import type { CalibrationSetup } from "../../src/calibrate/setup.js";
import { startOf } from "../../src/calibrate/start.js";
import type { Geometry } from "../../src/geometry/geometry.js";

/** A line of a calibrant: its spacing in metres. */
export interface Spacing {
  readonly label: string;
  readonly d: number;
}

/** The rings of a setup by their numbers; those of a lattice by their indices. */
export function spacingsOf({ comb, calibrant: { lattice } }: CalibrationSetup): Spacing[] {
  const d = Array.from(comb.d);
  const lines = lattice === undefined ? [] : reflections(lattice, d.at(-1)!);
  const labels = new Map(lines.map((line) => [line.d, reflectionName(line)]));
  return d.map((value) => ({
    label: labels.get(value) ?? `d ${Number(value.toPrecision(5))} Å`,
    d: value * 1e-10,
  }));
}

/** A calibrant of one's own, or one that is known by its name. */
export function calibrantOf(name: string, own: Calibrant | undefined): Calibrant {
  return own?.name === name ? own : calibrant(name);
}

/** Ring that a guess puts at this part of the detector's smaller side. */
const [GUESSED_RING, GUESSED_PART] = [4, 0.33];

/** The geometry of start values; what they lack is guessed so that rings are seen. */
export function firstGeometry(setup: CalibrationSetup): Geometry {
  const { plane, comb, start, center } = setup;
  const middle = (line: Float64Array): number => (line[0]! + line.at(-1)!) / 2;
  const side = (line: Float64Array): number => Math.abs(line.at(-1)! - line[0]!);
  const twoTheta = comb.twoTheta[Math.min(GUESSED_RING, comb.twoTheta.length - 1)]!;
  const radius = GUESSED_PART * Math.min(side(plane.rows), side(plane.columns));
  const dist = start.dist ?? radius / Math.tan(twoTheta);
  const beam = center ?? [middle(plane.rows), middle(plane.columns)];
  const p = startOf({ ...setup, center: beam, start: { ...start, dist } })!;
  const [, poni1, poni2, rot1, rot2] = p;
  return { dist, poni1: poni1!, poni2: poni2!, rot1: rot1!, rot2: rot2!, rot3: start.rot3 ?? 0 };
}

/** A geometry as start values of all parameters. */
export function wholeStart(geometry: Geometry): CalibrationStart {
  const { dist, poni1, poni2, rot1, rot2, rot3 } = geometry;
  return { dist, poni1, poni2, rot1, rot2, rot3 };
}

/** Of a geometry only what is held, for a search that is to find the rest. */
export function heldStart(
  geometry: Geometry,
  fix: readonly FixName[],
  plane: Plane,
): CalibrationStart {
  const [y, x] = beamCenter([
    geometry.dist,
    geometry.poni1,
    geometry.poni2,
    geometry.rot1,
    geometry.rot2,
  ]);
  const isPoniHeld = fix.includes("poni1") || fix.includes("poni2");
  return {
    ...(fix.includes("dist") ? { dist: geometry.dist } : {}),
    ...(fix.includes("rot1") ? { rot1: geometry.rot1 } : {}),
    ...(fix.includes("rot2") ? { rot2: geometry.rot2 } : {}),
    ...(isPoniHeld ? { poni1: geometry.poni1, poni2: geometry.poni2 } : {}),
    ...(fix.includes("center") && !isPoniHeld
      ? { center: [indexAt(plane.columns, x), indexAt(plane.rows, y)] as const }
      : {}),
  };
}
