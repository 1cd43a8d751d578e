import type { Comb } from "./comb.js";
import { SIZE, WAVELENGTH } from "./parameters.js";
import type { Refinement } from "./refine.js";
import { refineOnSegments } from "./segment-refinement.js";
import { estimateUncertainty } from "./uncertainty.js";

/** The wavelength that rings ask for when it is left free: a check of the one that was given. */
export interface ApparentWavelength {
  /** Metres. */
  readonly wavelength: number;
  /** Standard error in metres; infinite where the rings do not say. */
  readonly sigma: number;
}

/** Refines once more with the wavelength free. Rings at small angles tell little of it. */
export function apparentWavelength(
  { segments, fit }: Refinement,
  comb: Comb,
  fixed: Uint8Array,
  pixel: number,
  center: readonly [number, number] | undefined,
): ApparentWavelength {
  const free = fixed.slice();
  free[WAVELENGTH] = 0;
  const released = refineOnSegments(segments, comb, fit.parameters, { fixed: free, pixel, center });
  const wavelength = released.parameters[WAVELENGTH]!;
  if (released.covariance === undefined) return { wavelength, sigma: Infinity };
  const { covariance } = estimateUncertainty(segments, comb, released);
  return { wavelength, sigma: Math.sqrt(covariance[WAVELENGTH * (SIZE + 1)]!) };
}
