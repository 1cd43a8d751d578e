import type { Cakes } from "../../cake/cakes.js";
import type { AttributeValue } from "../../hdf5/write-types.js";
import type {
  EngineInfo,
  Integrate1dResult,
  Integrate2dResult,
  Provenance,
} from "../../integrate/result.js";

/** What can be written: a profile, a map of azimuth and radius, or cakes. */
export type NexusResult = Integrate1dResult | Integrate2dResult | Cakes;

type Attributes = Readonly<Record<string, AttributeValue>>;

/** A result as arrays of one shape, `[radial]` or `[azimuthal, radial]`. */
export interface Pattern {
  readonly shape: readonly number[];
  readonly intensity: Float64Array;
  readonly errors: Float64Array | undefined;
  readonly count: Float64Array;
  /** Arrays that only profiles and maps have. */
  readonly sums: Readonly<Record<string, Float64Array>>;
  readonly radial: Float64Array;
  readonly azimuthal: Float64Array | undefined;
  readonly azimuthalAttributes: Attributes;
  readonly unit: string;
  readonly engine: EngineInfo;
  readonly provenance: Provenance;
}

// h5web draws two axes of the same units to one scale: a cake over 2θ "deg" would be a thin line.
const AZIMUTH_UNITS = "degree";

/** The arrays of a result. */
export function patternOf(result: NexusResult): Pattern {
  const { radial, unit, engine, provenance } = result;
  const common = { radial, unit, engine, provenance };
  if ("centers" in result) {
    return {
      ...common,
      shape: [result.intensity.length, radial.length],
      intensity: joined(result.intensity),
      errors: result.sigma && joined(result.sigma),
      count: joined(result.count),
      sums: {},
      azimuthal: unwrapped(result.centers),
      azimuthalAttributes: {
        long_name: "direction of the cake's centre, clockwise from North (deg)",
        units: AZIMUTH_UNITS,
        first_cake_angle: result.firstCakeAngle,
        order: result.order,
      },
    };
  }
  const { intensity, sigma, count, sumSignal, sumNormalization, sumVariance } = result;
  return {
    ...common,
    shape: "azimuthal" in result ? result.shape : [radial.length],
    intensity,
    errors: sigma,
    count,
    sums: {
      sum_signal: sumSignal,
      sum_normalization: sumNormalization,
      ...(sumVariance && { sum_variance: sumVariance }),
    },
    azimuthal: "azimuthal" in result ? result.azimuthal : undefined,
    azimuthalAttributes: { long_name: "χ (deg)", units: AZIMUTH_UNITS },
  };
}

/** Directions without the step at 360°: viewers draw rows along an axis that rises or falls. */
function unwrapped(centers: readonly number[]): Float64Array {
  const angles = Float64Array.from(centers);
  for (let i = 1; i < angles.length; i++) {
    angles[i]! -= 360 * Math.round((angles[i]! - angles[i - 1]!) / 360);
  }
  return angles;
}

function joined(rows: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(rows.reduce((length, row) => length + row.length, 0));
  let at = 0;
  for (const row of rows) {
    all.set(row, at);
    at += row.length;
  }
  return all;
}
