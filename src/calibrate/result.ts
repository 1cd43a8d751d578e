import type { Calibrant } from "../calibrant/calibrants.js";
import { formatPoni } from "../geometry/format-poni.js";
import { writeAtomic } from "../host/write-atomic.js";
import { AzimuthalIntegrator } from "../integrate/azimuthal-integrator.js";
import type { ApparentWavelength } from "./apparent-wavelength.js";
import { latticeText } from "./calibrant-text.js";
import type { Judged, Verdict } from "./judge.js";
import { median } from "./median.js";
import {
  type CalibrationParameter,
  geometryOf,
  PARAMETERS,
  SIZE,
  WAVELENGTH,
} from "./parameters.js";
import { indexAt } from "./plane.js";
import { type RingRow, ringTable } from "./ring-table.js";
import { twoThetaAt } from "./two-theta.js";

/** How far pieces of rings are from where the geometry has them, in pixels. */
export interface CalibrationResidual {
  readonly median: number;
  readonly rms: number;
  /** The same of rings that the geometry was refined without. */
  readonly heldOutMedian: number;
  readonly heldOutRms: number;
  /** Median misfit of whole rings as a strain of the spacing, in 10⁻⁶. */
  readonly strain: number;
}

/** Pieces of rings where they were found; one entry each. */
export interface RingPoints {
  /** Pixels, 0 = centre of the first one. */
  readonly row: Float64Array;
  readonly column: Float64Array;
  /** Number of the ring, from 0. */
  readonly ring: Int16Array;
  /** Pixels outside the calculated ring, and the standard error of that. */
  readonly misfit: Float64Array;
  readonly sigma: Float64Array;
}

/** A refined geometry, how well it is known, and how the rings lie in it. */
export class CalibrationResult {
  /** The calibrated detector. */
  readonly ai: AzimuthalIntegrator;
  readonly calibrant: Calibrant;
  /** Standard errors in metres and radians; 0 for what was held. */
  readonly sigma: Readonly<Record<CalibrationParameter, number>>;
  /** Correlations of the parameters in the order of `PARAMETERS`, row-major; 0 for what was held. */
  readonly correlations: {
    readonly names: readonly CalibrationParameter[];
    readonly values: Float64Array;
  };
  readonly residual: CalibrationResidual;
  readonly rings: readonly RingRow[];
  readonly points: RingPoints;
  /** Width of rings at half their height, in pixels. */
  readonly fwhm: number;
  /** Part of the image's crests that lie on rings of the calibrant, roughly. */
  readonly explained: number;
  /** What the wavelength would be if it were free; `undefined` where it was, or the distance was held. */
  readonly apparentWavelength: ApparentWavelength | undefined;
  /** What a user should know before trusting the result. */
  readonly warnings: readonly string[];

  constructor({ setup, refinement, uncertainty }: Judged, verdict: Verdict) {
    const { fit, segments, profile } = refinement;
    const { plane, comb } = setup;
    this.ai = new AzimuthalIntegrator({
      ...geometryOf(fit.parameters, setup.start.rot3 ?? 0),
      detector: setup.detector,
      wavelength: fit.parameters[WAVELENGTH],
    });
    this.calibrant = setup.calibrant;
    const errors = PARAMETERS.map((_, j) => Math.sqrt(uncertainty.covariance[j * (SIZE + 1)]!));
    this.sigma = Object.fromEntries(PARAMETERS.map((name, j) => [name, errors[j]!])) as Record<
      CalibrationParameter,
      number
    >;
    const values = uncertainty.covariance.map((value, at) => {
      const product = errors[Math.floor(at / SIZE)]! * errors[at % SIZE]!;
      return product > 0 ? value / product : 0;
    });
    this.correlations = { names: PARAMETERS, values };
    const slope = new Float64Array(segments.count);
    twoThetaAt(fit.parameters, segments.y, segments.x, new Float64Array(segments.count), slope);
    this.rings = ringTable(
      segments,
      fit,
      comb,
      slope.map((value) => value * plane.pixel),
    );
    this.points = {
      row: segments.y.map((y) => indexAt(plane.rows, y)),
      column: segments.x.map((x) => indexAt(plane.columns, x)),
      ring: segments.ring,
      misfit: fit.misfit,
      sigma: fit.sigma,
    };
    this.residual = {
      median: median(fit.misfit.map(Math.abs)),
      rms: rootMeanSquare(fit.misfit),
      heldOutMedian: median(uncertainty.heldOut.map(Math.abs)),
      heldOutRms: rootMeanSquare(uncertainty.heldOut),
      strain: median(Float64Array.from(this.rings, ({ strain }) => Math.abs(strain))),
    };
    this.fwhm = median(profile.fwhm);
    this.explained = verdict.explained;
    this.apparentWavelength = verdict.apparentWavelength;
    this.warnings = verdict.warnings;
  }

  /** The text of a PONI file that pyFAI loads, with calibrant and lattice in comments. */
  formatPoni(options: { readonly image?: string } = {}): string {
    const lines = [`Calibrant: ${latticeText(this.calibrant)}`];
    if (options.image !== undefined) lines.push(`Image: ${options.image}`);
    return formatPoni(this.ai.toPoni(), { comment: lines.join("\n") });
  }

  /** Writes a PONI file, whole or not at all; `image` names the image it comes from. */
  async save(path: string, options: { readonly image?: string } = {}): Promise<void> {
    await writeAtomic(path, this.formatPoni(options));
  }
}

function rootMeanSquare(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}
