import type { Provenance } from "../../integrate/result.js";

/** The geometry of a result as the text of a PONI file. */
export function poniText({ geometry, detector }: Provenance): string {
  const { dist, poni1, poni2, rot1, rot2, rot3, wavelength } = geometry;
  const config = { ...detector.config, orientation: detector.orientation };
  return [
    "poni_version: 2.1",
    `Detector: ${detector.name}`,
    `Detector_config: ${JSON.stringify(config)}`,
    `Distance: ${dist}`,
    `Poni1: ${poni1}`,
    `Poni2: ${poni2}`,
    `Rot1: ${rot1}`,
    `Rot2: ${rot2}`,
    `Rot3: ${rot3}`,
    ...(wavelength === undefined ? [] : [`Wavelength: ${wavelength}`]),
    "",
  ].join("\n");
}
