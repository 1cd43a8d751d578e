import type { MidasGrid } from "./midas-grid.js";

/** Pixels² from which a bin counts, as in MIDAS. */
const LEAST_AREA = 1e-9;

/** A cake and its profiles as MIDAS has them: bins without pixels are 0. */
export interface ReducedCake {
  /** `[radial][azimuthal]`. */
  readonly cake: Float64Array;
  /** Mean over the azimuth, weighted by area. */
  readonly lineout: Float64Array;
  /** Mean of the bins that have pixels. */
  readonly simpleMean: Float64Array;
}

/**
 * Makes profiles of a cake.
 *
 * @param intensity `[azimuthal][radial]`; what it says of bins without pixels does not matter
 */
export function reduceCake(
  intensity: Float64Array,
  { radial, azimuthal, maps }: MidasGrid,
): ReducedCake {
  const cake = new Float64Array(radial * azimuthal);
  const lineout = new Float64Array(radial);
  const simpleMean = new Float64Array(radial);
  for (let r = 0; r < radial; r++) {
    let [sum, weighted, areas, bins] = [0, 0, 0, 0];
    for (let a = 0; a < azimuthal; a++) {
      const at = r * azimuthal + a;
      const area = maps.Area[at]!;
      const value = intensity[a * radial + r]!;
      if (!(area > LEAST_AREA) || !Number.isFinite(value)) continue;
      cake[at] = value;
      sum += value;
      weighted += value * area;
      areas += area;
      bins++;
    }
    if (bins === 0) continue;
    lineout[r] = weighted / areas;
    simpleMean[r] = sum / bins;
  }
  return { cake, lineout, simpleMean };
}

/** Whether each radial bin has pixels at any azimuth. */
export function covered({ radial, azimuthal, maps }: MidasGrid): readonly boolean[] {
  return Array.from({ length: radial }, (_, r) =>
    maps.Area.subarray(r * azimuthal, (r + 1) * azimuthal).some((area) => area > LEAST_AREA),
  );
}
