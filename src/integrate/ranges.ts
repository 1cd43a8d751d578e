import { OptionError } from "../errors.js";
import type { Axis } from "./axis.js";
import type { Settings } from "./settings.js";
import type { Extent, SplitAxes } from "./split/splitter.js";

const DEGREE = Math.PI / 180;

/** What the unmasked pixels cover, azimuths in radians. */
export interface Coverage {
  readonly radial: Extent;
  readonly azimuth: Extent;
  /** Whether one straddles ±180°, so that azimuth has no extent. */
  readonly straddles: boolean;
}

/**
 * The axes of a plan: the ranges asked for, else what the unmasked pixels cover, which is measured only
 * if needed.
 *
 * Azimuth goes all the way round, −180° to 180°, when a pixel straddles ±180°. The azimuthal axis is
 * in radians.
 *
 * @throws OptionError where no pixel is left to take a range from.
 */
export async function planAxes(
  settings: Settings,
  measure: () => Promise<Coverage>,
): Promise<SplitAxes> {
  const { npt, nptAzim, radialRange, azimuthRange } = settings;
  const isMeasured =
    radialRange === undefined || (nptAzim !== undefined && azimuthRange === undefined);
  const coverage = isMeasured ? await measure() : undefined;
  if (coverage !== undefined && !(coverage.radial.low <= coverage.radial.high)) {
    throw new OptionError(
      "mask",
      undefined,
      "every pixel is masked, so that there is nothing to integrate",
    );
  }
  const [low, high] = radialRange ?? apart(coverage!.radial);
  return { radial: { low, high, bins: npt }, azimuth: azimuthAxis(settings, coverage) };
}

function azimuthAxis({ nptAzim, azimuthRange }: Settings, coverage?: Coverage): Axis | undefined {
  if (azimuthRange !== undefined) {
    return { low: azimuthRange[0] * DEGREE, high: azimuthRange[1] * DEGREE, bins: nptAzim ?? 1 };
  }
  if (nptAzim === undefined) return undefined;
  if (coverage!.straddles) return { low: -Math.PI, high: Math.PI, bins: nptAzim };
  const [low, high] = apart(coverage!.azimuth);
  return { low, high, bins: nptAzim };
}

/** A range of no width, as one pixel without splitting has, becomes one that has bins. */
function apart({ low, high }: Extent): [number, number] {
  if (low < high) return [low, high];
  const margin = Math.max(Math.abs(low) * 1e-6, 1e-12);
  return [low - margin, high + margin];
}
