import type { Detector } from "../detector/detector.js";
import { OptionError } from "../errors.js";
import type { Geometry } from "../geometry/geometry.js";
import { pixelRows } from "../geometry/pixel-rows.js";
import type { Calibrant } from "./calibrants.js";
import { reflectionName, reflections } from "./reflections.js";
import { largestSpacings } from "./spacings.js";

/** A ring of a calibrant: its indices, or its spacing where no lattice is known, and 2θ in radians. */
export interface CalibrantRing {
  readonly label: string;
  readonly twoTheta: number;
}

/** No detector resolves more, and no eye. */
const MOST_RINGS = 60;

/**
 * The rings of a calibrant that reach a detector, from the smallest; by Bragg's law, 2θ = 2 asin λ/2d.
 *
 * @throws OptionError where the wavelength is not known.
 */
export function ringsOn(
  calibrant: Calibrant,
  setup: Geometry & { readonly detector: Detector; readonly wavelength?: number | undefined },
  shape: readonly [rows: number, columns: number],
): CalibrantRing[] {
  const { wavelength } = setup;
  if (wavelength === undefined) {
    throw new OptionError("wavelength", wavelength, "rings need it; set ai.wavelength in metres");
  }
  const angstroms = wavelength * 1e10;
  const dMin = angstroms / (2 * Math.sin(largestTwoTheta(setup, setup.detector, shape) / 2));
  const { lattice } = calibrant;
  const labels = new Map(
    lattice === undefined
      ? []
      : reflections(lattice, dMin).map((line) => [line.d, reflectionName(line)]),
  );
  return largestSpacings(calibrant, dMin, MOST_RINGS)
    .slice(0, MOST_RINGS)
    .map((d) => ({
      label: labels.get(d) ?? `d ${Number(d.toPrecision(5))} Å`,
      twoTheta: 2 * Math.asin(angstroms / (2 * d)),
    }));
}

/** Of the pixels at a detector's edges: no pixel inside is farther from the beam. */
function largestTwoTheta(
  geometry: Geometry,
  detector: Detector,
  shape: readonly [rows: number, columns: number],
): number {
  const { centersOfRow } = pixelRows(geometry, detector, shape);
  const row = new Float64Array(3 * shape[1]);
  let largest = 1e-6;
  for (const index of [0, shape[0] >> 1, shape[0] - 1]) {
    centersOfRow(index, row);
    for (let i = 0; i < row.length; i += 3) {
      const angle = Math.atan2(Math.hypot(row[i]!, row[i + 1]!), row[i + 2]!);
      if (angle > largest) largest = angle;
    }
  }
  return largest;
}
