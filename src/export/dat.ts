import { writeAtomic } from "../host/write-atomic.js";
import type { Integrate1dResult, Provenance } from "../integrate/result.js";
import { exponent } from "./exponent.js";
import { explicitJson } from "./side-file.js";

/**
 * The text of a profile as pyFAI 2026.9 writes it: the geometry as a PONI of version 2.1 and what was
 * applied as `#` comments, then bin centre, intensity and, where there is one, standard error in
 * `%14.6e`. A line `# CakeLab: {…}` holds everything that was applied as JSON. Bins without a pixel
 * are `nan`, which `numpy.loadtxt` reads.
 *
 * @param name what the file calls itself
 */
export function formatDat(result: Integrate1dResult, name: string): string {
  const { radial, intensity, sigma, unit, provenance } = result;
  const header = [
    ...JSON.stringify(poni(provenance), undefined, 4).split("\n"),
    `Mask applied: ${provenance.hasUserMask ? "user provided" : provenance.hasDetectorMask ? "from detector" : "False"}`,
    `Dark current applied: ${provenance.hasDark ? "provided" : "False"}`,
    `Flat field applied: ${provenance.hasFlat ? "provided" : "False"}`,
    `Polarization factor: ${provenance.polarizationFactor ?? "None"}`,
    `Normalization factor: ${provenance.normalizationFactor}`,
    `CakeLab: ${explicitJson({ ...provenance, engine: result.engine })}`,
    `--> ${name.replace(/[\r\n]+/g, " ")}`,
  ].map((line) => `# ${line}\n`);
  const titles = [unit, "I", ...(sigma === undefined ? [] : ["sigma"])];
  const rows = Array.from(radial, (center, bin) => {
    const error = sigma === undefined ? "" : ` ${exponent(sigma[bin]!, 14, 6)}`;
    return `${exponent(center, 14, 6)}  ${exponent(intensity[bin]!, 14, 6)}${error}\n`;
  });
  return `${header.join("")}#${titles.map((title) => title.padEnd(14)).join(" ")}\n${rows.join("")}`;
}

/**
 * Writes a profile as pyFAI does; see `formatDat`. Throws an OutputError where it cannot be written.
 *
 * @example
 * await writeDat("integrated.dat", await ai.integrate1d(image, 5000, { unit: "2th_deg" }));
 */
export async function writeDat(path: string, result: Integrate1dResult): Promise<void> {
  await writeAtomic(path, formatDat(result, path));
}

function poni({ geometry, detector }: Provenance): object {
  const { wavelength, ...lengths } = geometry;
  return {
    poni_version: 2.1,
    ...lengths,
    detector: detector.name,
    detector_config: { ...detector.config, orientation: detector.orientation },
    ...(wavelength === undefined ? {} : { wavelength }),
  };
}
