import type { Detector } from "../detector/detector.js";
import { FileFormatError } from "../errors.js";
import type { Geometry } from "./geometry.js";
import { poniDetector } from "./poni-detector.js";
import { mistypedKey, type PoniEntries, readEntries, readNumber } from "./poni-entries.js";

export { formatPoni } from "./format-poni.js";

/** What a PONI file holds: where the detector is, and what it is; lengths in metres, angles in radians. */
export interface Poni extends Geometry {
  /** `undefined` where the file has none. */
  readonly wavelength?: number;
  readonly detector: Detector;
}

/** The newest version of the format that is read. */
const NEWEST = 3;

/** Metres: from gamma rays to far beyond soft X-rays. */
const WAVELENGTHS = [1e-13, 1e-7] as const;

/**
 * Reads the text of a PONI file of version 1, 2, 2.1 or 3; `path` is named in errors.
 *
 * Keys are compared without case, and the last entry of a key counts, as in pyFAI.
 *
 * @throws FileFormatError for a newer version, a missing key, a value that is no finite number, a
 * wavelength that is not in metres, a detector that is not known, and for what CakeLab does not
 * correct: spline files and parallax.
 */
export function parsePoni(text: string, path: string): Poni {
  const entries = readEntries(text, path);
  const version = readVersion(entries, path);
  refuseParallax(entries, path);
  const detector = poniDetector(entries, version, path);
  const wavelength = readWavelength(entries, path);
  return {
    dist: readDistance(entries, path),
    poni1: readNumber(entries, "Poni1", path),
    poni2: readNumber(entries, "Poni2", path),
    rot1: readNumber(entries, "Rot1", path),
    rot2: readNumber(entries, "Rot2", path),
    rot3: readNumber(entries, "Rot3", path),
    ...(wavelength === undefined ? {} : { wavelength }),
    detector,
  };
}

/** As pyFAI does: the keys tell a version at least, whatever the file says. */
function readVersion(entries: PoniEntries, path: string): number {
  const written = entries.has("poni_version") ? readNumber(entries, "poni_version", path) : 1;
  if (written > NEWEST) {
    throw new FileFormatError(
      path,
      `PONI version ${written} is newer than ${NEWEST}, the newest that CakeLab reads; ` +
        "write it with an older pyFAI, or update CakeLab",
    );
  }
  if (written < 1) {
    throw new FileFormatError(path, `there is no PONI version ${written}; known are 1, 2, 2.1, 3`);
  }
  return entries.has("detector_config") ? Math.max(written, 2) : written;
}

function refuseParallax(entries: PoniEntries, path: string): void {
  const entry = entries.get("parallax");
  const value = entry?.text.toLowerCase();
  if (value === undefined || value === "false" || value === "none") return;
  if (value === "true") {
    throw new FileFormatError(
      path,
      "it asks for the parallax correction, which CakeLab does not have; " +
        'write "Parallax: False" to integrate without it',
    );
  }
  throw new FileFormatError(
    path,
    `Parallax is ${JSON.stringify(entry?.text)}; write True or False`,
  );
}

function readDistance(entries: PoniEntries, path: string): number {
  const key = entries.has("dist") && !entries.has("distance") ? "Dist" : "Distance";
  const dist = readNumber(entries, key, path);
  if (dist !== 0) return dist;
  throw new FileFormatError(path, `the ${key} is 0, a detector in the sample; write it in metres`);
}

function readWavelength(entries: PoniEntries, path: string): number | undefined {
  const entry = entries.get("wavelength");
  if (entry === undefined) {
    const near = mistypedKey(entries, "Wavelength");
    if (near === undefined) return undefined;
    throw new FileFormatError(path, `the key "${near}" is not known; write it Wavelength`);
  }
  // pyFAI's word for a wavelength that is not known.
  if (entry.text === "None") return undefined;
  const value = readNumber(entries, "Wavelength", path);
  if (value >= WAVELENGTHS[0] && value <= WAVELENGTHS[1]) return value;
  const isAngstrom = value >= 1e-3 && value <= 1e3;
  const remedy = isAngstrom
    ? `${entry.text} looks like Å: write ${Number((value * 1e-10).toPrecision(15))}`
    : "write it in metres, as 1e-10 for 1 Å";
  throw new FileFormatError(
    path,
    `the Wavelength ${entry.text} is not one of X-rays in metres; ${remedy}`,
  );
}
