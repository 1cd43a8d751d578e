import { OptionError } from "../errors.js";
import type { Axis } from "./axis.js";
import type { Pacer } from "./pacer.js";
import type { Settings } from "./settings.js";
import type { Extent, SplitAxes, Splitter } from "./split/splitter.js";

const DEGREE = Math.PI / 180;

/**
 * The axes of a plan: the ranges asked for, else what the unmasked pixels cover.
 *
 * Azimuth goes all the way round, −180° to 180°, when a pixel straddles ±180°. The azimuthal axis is
 * in radians.
 *
 * @throws OptionError where no pixel is left to take a range from.
 */
export async function planAxes(
  splitter: Splitter,
  settings: Settings,
  shape: readonly [number, number],
  mask: Uint8Array,
  pacer: Pacer,
): Promise<SplitAxes> {
  const { npt, nptAzim } = settings;
  const azimuthGiven = settings.azimuthRange;
  const isMeasured =
    settings.radialRange === undefined || (nptAzim !== undefined && azimuthGiven === undefined);
  const radial: Extent = { low: Infinity, high: -Infinity };
  const azimuth: Extent = { low: Infinity, high: -Infinity };
  let straddles = false;
  if (isMeasured) {
    for (let row = 0; row < shape[0]; row++) {
      if (pacer.isDue) await pacer.pause(0, shape[0]);
      const masked = mask.subarray(row * shape[1], (row + 1) * shape[1]);
      straddles = splitter.extend({ row, masked }, radial, azimuth) || straddles;
    }
    if (!(radial.low <= radial.high)) {
      throw new OptionError(
        "mask",
        undefined,
        "every pixel is masked, so that there is nothing to integrate",
      );
    }
    if (straddles) Object.assign(azimuth, { low: -Math.PI, high: Math.PI });
  }
  const [low, high] = settings.radialRange ?? apart(radial.low, radial.high);
  return { radial: { low, high, bins: npt }, azimuth: azimuthAxis() };

  function azimuthAxis(): Axis | undefined {
    if (azimuthGiven !== undefined) {
      return { low: azimuthGiven[0] * DEGREE, high: azimuthGiven[1] * DEGREE, bins: nptAzim ?? 1 };
    }
    if (nptAzim === undefined) return undefined;
    const [low, high] = apart(azimuth.low, azimuth.high);
    return { low, high, bins: nptAzim };
  }
}

/** A range of no width, as one pixel without splitting has, becomes one that has bins. */
function apart(low: number, high: number): [number, number] {
  if (low < high) return [low, high];
  const margin = Math.max(Math.abs(low) * 1e-6, 1e-12);
  return [low - margin, high + margin];
}
