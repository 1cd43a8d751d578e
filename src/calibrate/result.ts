import type { Calibrant } from "../calibrant/calibrants.js";
import { AzimuthalIntegrator } from "../integrate/azimuthal-integrator.js";
import type { Verdict } from "./judge.js";
import { type CalibrationParameter, geometryOf, PARAMETERS, SIZE } from "./parameters.js";
import type { Refinement } from "./refine.js";
import type { CalibrationSetup } from "./setup.js";
import type { Uncertainty } from "./uncertainty.js";

/** A refined geometry, how well it is known, and how the rings lie in it. */
export class CalibrationResult {
  /** The calibrated detector. */
  readonly ai: AzimuthalIntegrator;
  readonly calibrant: Calibrant;
  /** Standard errors in metres and radians; 0 for what was held. */
  readonly sigma: Readonly<Record<CalibrationParameter, number>>;
  readonly warnings: readonly string[];
  readonly verdict: Verdict;
  readonly refinement: Refinement;
  readonly uncertainty: Uncertainty;

  constructor({ setup, refinement, uncertainty, verdict }: { setup: CalibrationSetup; refinement: Refinement; uncertainty: Uncertainty; verdict: Verdict }) {
    const p = refinement.fit.parameters;
    this.ai = new AzimuthalIntegrator({
      ...geometryOf(p, setup.start.rot3 ?? 0),
      detector: setup.detector,
      wavelength: p[SIZE - 1],
    });
    this.calibrant = setup.calibrant;
    this.sigma = Object.fromEntries(
      PARAMETERS.map((name, j) => [name, Math.sqrt(uncertainty.covariance[j * (SIZE + 1)]!)]),
    ) as Record<CalibrationParameter, number>;
    this.warnings = verdict.warnings;
    this.verdict = verdict;
    this.refinement = refinement;
    this.uncertainty = uncertainty;
  }
}
