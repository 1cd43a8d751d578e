import type {
  EngineInfo,
  Integrate1dResult,
  Integrate2dResult,
  Provenance,
} from "../integrate/result.js";

/** What the patterns of a scan have in common. */
export interface PatternLayout {
  readonly radial: Float64Array;
  /** In degrees; `undefined` for profiles. */
  readonly azimuthal: Float64Array | undefined;
  readonly unit: string;
  readonly hasSigma: boolean;
  readonly engine: EngineInfo;
  /** Without what differs from frame to frame. */
  readonly provenance: Omit<Provenance, "invalidPixels">;
}

/** The layout of a result. */
export function patternLayout(result: Integrate1dResult | Integrate2dResult): PatternLayout {
  const { radial, unit, engine } = result;
  const { invalidPixels: _, ...provenance } = result.provenance;
  return {
    radial,
    azimuthal: "azimuthal" in result ? result.azimuthal : undefined,
    unit,
    hasSigma: result.sigma !== undefined,
    engine,
    provenance,
  };
}

/** Shape of a pattern, `[radial]` or `[azimuthal, radial]`. */
export function patternShape({ radial, azimuthal }: PatternLayout): number[] {
  return azimuthal === undefined ? [radial.length] : [azimuthal.length, radial.length];
}

/** Values of a pattern. */
export function patternSize(layout: PatternLayout): number {
  return patternShape(layout).reduce((all, size) => all * size, 1);
}
