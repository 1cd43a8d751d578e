import { OptionError } from "../errors.js";
import type { Poni } from "./poni.js";

/**
 * The text of a PONI file that pyFAI ≥ 2023.9 loads; every number comes back exactly.
 *
 * The version is 2.1, or 3 where the sensor is known, which earlier versions have no place for.
 *
 * @throws OptionError for a number that is not finite, and for a detector given by its corners, which
 * a PONI file cannot describe.
 */
export function formatPoni(poni: Poni, options: { readonly comment?: string } = {}): string {
  const { detector, wavelength } = poni;
  if (detector.name === "NexusDetector") {
    throw new OptionError(
      "detector",
      detector.name,
      "a PONI file cannot hold the corners of pixels; keep the geometry's six numbers instead",
    );
  }
  const version = "sensor" in detector.config ? "3" : "2.1";
  const lines = [
    "# Nota: C-Order, 1 refers to the Y axis, 2 to the X axis",
    ...(options.comment ?? "").split(/\r\n|\r|\n/).flatMap((line) => (line ? [`# ${line}`] : [])),
    `poni_version: ${version}`,
    `Detector: ${detector.name}`,
    `Detector_config: ${JSON.stringify(detector.config)}`,
    `Distance: ${exact("dist", poni.dist)}`,
    `Poni1: ${exact("poni1", poni.poni1)}`,
    `Poni2: ${exact("poni2", poni.poni2)}`,
    `Rot1: ${exact("rot1", poni.rot1)}`,
    `Rot2: ${exact("rot2", poni.rot2)}`,
    `Rot3: ${exact("rot3", poni.rot3)}`,
    ...(wavelength === undefined ? [] : [`Wavelength: ${exact("wavelength", wavelength)}`]),
    ...(version === "3" ? ["Parallax: False"] : []),
  ];
  return `${lines.join("\n")}\n`;
}

/** The shortest text that reads back as the same float64. */
function exact(key: string, value: number): string {
  if (!Number.isFinite(value)) {
    throw new OptionError(key, value, `${value} cannot be saved; give a finite number`);
  }
  return Object.is(value, -0) ? "-0" : String(value);
}
