import type { Image } from "../array.js";
import { type Calibrant, calibrant } from "../calibrant/calibrants.js";
import { largestSpacings } from "../calibrant/spacings.js";
import type { Detector } from "../detector/detector.js";
import { detector } from "../detector/detector-factory.js";
import { OptionError } from "../errors.js";
import { checkImage, checkIsImage } from "../integrate/check-image.js";
import { checkOptionNames } from "../option-names.js";
import { suggest } from "../suggest.js";
import { type Comb, combOf, MOST_RINGS } from "./comb.js";
import type { CalibrateOptions, CalibrationStart, FixName } from "./options.js";
import { beamCenter, poniOfCenter, SIZE, WAVELENGTH } from "./parameters.js";
import { type Plane, planeOf, positionAt } from "./plane.js";

/** A calibration that can begin. */
export interface CalibrationSetup {
  readonly detector: Detector;
  readonly plane: Plane;
  readonly calibrant: Calibrant;
  readonly comb: Comb;
  readonly wavelength: number;
  /** Beam centre of the start values in metres, (y, x). */
  readonly center: readonly [number, number] | undefined;
  readonly start: CalibrationStart;
  /** 1 = held, for each parameter. */
  readonly fixed: Uint8Array;
  /** The beam's centre, (y, x) in metres, where it is held. */
  readonly heldCenter: readonly [number, number] | undefined;
  readonly rings: number;
}

const OPTIONS: readonly (keyof CalibrateOptions)[] = [
  "calibrant",
  "wavelength",
  "detector",
  "start",
  "fix",
  "refineWavelength",
  "mask",
  "rings",
  "correctSolidAngle",
  "polarizationFactor",
  "signal",
  "onProgress",
];

const START_VALUES = ["dist", "poni1", "poni2", "rot1", "rot2", "rot3"] as const;
const FIX_NAMES: readonly FixName[] = [...START_VALUES, "wavelength", "center"];

/** Largest 2θ whose rings are looked for: no detector is that wide. */
const WIDEST = (80 * Math.PI) / 180;

/** Checks options and puts together what a calibration needs. */
export function calibrationSetup(image: Image, options: CalibrateOptions): CalibrationSetup {
  checkOptionNames(options, OPTIONS);
  checkIsImage("image", image);
  checkImage("image", image, image.shape);
  const { wavelength, start = {}, mask, rings, polarizationFactor } = options;
  if (!(wavelength > 0 && wavelength < 1e-7)) {
    const message = `${wavelength} is no X-ray wavelength in metres; 1 Å is 1e-10`;
    throw new OptionError("wavelength", wavelength, message);
  }
  if (mask !== undefined) checkImage("mask", mask, image.shape);
  if (rings !== undefined && !(Number.isInteger(rings) && rings > 0)) {
    throw new OptionError("rings", rings, `${rings} is no number of rings; give 1 or more`);
  }
  if (polarizationFactor != null && !(Math.abs(polarizationFactor) <= 1)) {
    const message = `${polarizationFactor} is outside −1 to 1`;
    throw new OptionError("polarizationFactor", polarizationFactor, message);
  }
  checkStart(start);
  const found = detectorOf(options.detector);
  const plane = planeOf(found, image.shape);
  const known =
    typeof options.calibrant === "string" ? calibrant(options.calibrant) : options.calibrant;
  const dMin = (wavelength * 1e10) / (2 * Math.sin(WIDEST / 2));
  const comb = combOf(largestSpacings(known, dMin, MOST_RINGS), wavelength);
  if (comb.d.length === 0) {
    throw new OptionError(
      "wavelength",
      wavelength,
      `${known.name} has no ring at ${wavelength} m; check the wavelength and the calibrant`,
    );
  }
  const fix = fixedNames(options.fix ?? [], start);
  const center = centerOf(start, plane);
  const fixed = new Uint8Array(SIZE);
  (["dist", "poni1", "poni2", "rot1", "rot2"] as const).forEach((name, j) => {
    fixed[j] = fix.includes(name) ? 1 : 0;
  });
  fixed[WAVELENGTH] = options.refineWavelength === true ? 0 : 1;
  return {
    detector: found,
    plane,
    calibrant: known,
    comb,
    wavelength,
    center,
    start,
    fixed,
    heldCenter: fix.includes("center") ? center : undefined,
    rings: rings ?? comb.d.length,
  };
}

/** What is held at its value, put into a geometry. */
export function holdStart(
  parameters: Float64Array,
  { start, fixed, heldCenter }: CalibrationSetup,
): Float64Array {
  const held = parameters.slice();
  START_VALUES.slice(0, 5).forEach((name, j) => {
    if (fixed[j]) held[j] = start[name] ?? 0;
  });
  // Where the beam is stays what it was while distance and rotations are changed.
  const [poni1, poni2] = poniOfCenter(
    heldCenter ?? beamCenter(parameters),
    held[0]!,
    held[3]!,
    held[4]!,
  );
  if (!fixed[1]) held[1] = poni1;
  if (!fixed[2]) held[2] = poni2;
  return held;
}

function detectorOf(given: Detector | string): Detector {
  if (typeof given === "string") return detector(given);
  if (typeof given?.layout === "function") return given;
  throw new OptionError(
    "detector",
    given,
    "it is no detector; give its name, or detector({ pixel1, pixel2 })",
  );
}

function checkStart(start: CalibrationStart): void {
  checkOptionNames(start, [...START_VALUES, "center"]);
  for (const name of START_VALUES) {
    const value = start[name];
    if (value !== undefined && !Number.isFinite(value)) {
      throw new OptionError(`start.${name}`, value, `${value} is not a finite number`);
    }
  }
  const { dist, center } = start;
  if (dist !== undefined && !(dist > 0)) {
    throw new OptionError("start.dist", dist, `${dist} is no distance; give metres above 0`);
  }
  if (center === undefined) return;
  if (start.poni1 !== undefined || start.poni2 !== undefined) {
    throw new OptionError("start.center", center, "the PONI is given too; leave one of them out");
  }
  if (!(center.length === 2 && center.every(Number.isFinite))) {
    throw new OptionError("start.center", center, "give [x, y] = [column, row] in pixels");
  }
}

function fixedNames(fix: readonly string[], start: CalibrationStart): readonly string[] {
  for (const name of fix) {
    if (!(FIX_NAMES as readonly string[]).includes(name)) {
      const near = suggest(name, FIX_NAMES, 1)[0];
      const hint =
        near === undefined ? `choose from ${FIX_NAMES.join(", ")}` : `is "${near}" meant?`;
      throw new OptionError("fix", name, `"${name}" cannot be held; ${hint}`);
    }
    const optional = ["rot1", "rot2", "rot3", "wavelength"].includes(name);
    const given =
      name === "center" ? (start.center ?? start.poni1) : start[name as keyof CalibrationStart];
    if (!optional && given === undefined) {
      throw new OptionError("fix", name, `there is no value to hold; give start.${name}`);
    }
  }
  return fix;
}

function centerOf(start: CalibrationStart, plane: Plane): readonly [number, number] | undefined {
  if (start.center !== undefined) {
    const [x, y] = start.center;
    return [positionAt(plane.rows, y), positionAt(plane.columns, x)];
  }
  const { dist, poni1, poni2, rot1 = 0, rot2 = 0 } = start;
  if (poni1 === undefined || poni2 === undefined) return undefined;
  if (rot1 === 0 && rot2 === 0) return [poni1, poni2];
  return dist === undefined ? undefined : beamCenter([dist, poni1, poni2, rot1, rot2]);
}
