import { formatPoni } from "../../src/geometry/poni.js";
import type { AzimuthalIntegrator } from "../../src/integrate/azimuthal-integrator.js";

/** The text of a PONI file, for the page; null for corners of pixels, which such a file cannot hold. */
export function poniText(ai: AzimuthalIntegrator): string | null {
  return ai.detector.name === "NexusDetector" ? null : formatPoni(ai.toPoni());
}
