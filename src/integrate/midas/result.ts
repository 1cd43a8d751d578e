import type { Integrate1dResult, Integrate2dResult } from "../result.js";

/**
 * An image integrated in MIDAS' geometry. Arrays of bins are row-major `[azimuthal bin][radial bin]`;
 * `azimuthal` is MIDAS' η, 0 where rows count on from the beam and 90° where columns do, after ImTransOpt.
 * `count` and `sumNormalization` are the bins' areas in pixels.
 */
export interface MidasResult extends Integrate2dResult {
  /** The mean over η, weighted by the bins' areas (MIDAS' lineout): one value for each radial bin. */
  lineout: Float64Array;
  /** The mean of the azimuthal bins that have an area (MIDAS' lineout_simple_mean). */
  simpleMean: Float64Array;
  /** Standard error of `lineout`, where errors were asked for. */
  lineoutSigma?: Float64Array;
}

/** The lineout of a result, as a profile that can be written like any other. */
export function midasLineout(result: MidasResult): Integrate1dResult {
  const [sectors, rings] = result.shape;
  const over = (values: Float64Array): Float64Array => {
    const sums = new Float64Array(rings);
    for (let sector = 0; sector < sectors; sector++) {
      for (let ring = 0; ring < rings; ring++) sums[ring]! += values[sector * rings + ring]!;
    }
    return sums;
  };
  const { radial, unit, engine, provenance, lineout, lineoutSigma, sumVariance } = result;
  return {
    radial,
    intensity: lineout,
    count: over(result.count),
    sumSignal: over(result.sumSignal),
    sumNormalization: over(result.sumNormalization),
    sumNormalization2: over(result.sumNormalization2),
    unit,
    engine,
    provenance,
    ...(lineoutSigma !== undefined && { sigma: lineoutSigma }),
    ...(sumVariance !== undefined && { sumVariance: over(sumVariance) }),
  };
}

/** The intensities of a result as MIDAS' Int2D has them: row-major `[radial bin][azimuthal bin]`. */
export function midasInt2d({ shape, intensity }: MidasResult): Float64Array {
  const [sectors, rings] = shape;
  const out = new Float64Array(intensity.length);
  for (let sector = 0; sector < sectors; sector++) {
    for (let ring = 0; ring < rings; ring++) {
      out[ring * sectors + sector] = intensity[sector * rings + ring]!;
    }
  }
  return out;
}
