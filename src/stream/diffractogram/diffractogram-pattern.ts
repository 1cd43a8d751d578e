import type { Image } from "../../array.js";
import type { IntegrateOptions } from "../../integrate/options.js";
import type { Plan } from "../../integrate/plan.js";
import type { Integrate1dResult } from "../../integrate/result.js";
import type { DiffractogramSettings } from "./diffractogram-settings.js";
import type { RadialLimits } from "./radial-limits.js";
import type { Sector } from "./sector.js";
import type { DiffractogramUnit } from "./unit.js";

/** The profile of a sector. */
export interface DiffractogramPattern {
  /** Bin centres, in `unit`. */
  readonly radial: Float64Array;
  /** NaN in bins without a pixel. */
  readonly intensity: Float64Array;
  /** Standard errors, as if pixels were counts; of images of whole numbers only. */
  readonly sigma?: Float64Array;
  readonly unit: DiffractogramUnit;
  /** The limits of the radial axis in `unit`, where it has some. */
  readonly radialRange?: readonly [low: number, high: number];
  /** Degrees. */
  readonly azimuthRange?: readonly [low: number, high: number];
}

/** A sector with its limits in the unit. */
export interface SectorLimits {
  readonly sector: Sector;
  readonly limits: RadialLimits;
}

/** How a sector of an image is integrated. */
export function sectorOptions(
  { sector: { azimuth }, limits: { unit, radialRange } }: SectorLimits,
  { correctSolidAngle, mask, dark, flat, method }: DiffractogramSettings,
  { data }: Image,
): IntegrateOptions {
  const isCounted = !(data instanceof Float32Array || data instanceof Float64Array);
  return {
    unit,
    correctSolidAngle,
    ...(isCounted && { errorModel: "poisson" }),
    ...(radialRange && { radialRange }),
    ...(azimuth && { azimuthRange: azimuth }),
    ...(mask && { mask }),
    ...(dark && { dark }),
    ...(flat && { flat }),
    ...(method && { method }),
  };
}

/** Integrates a sector of an image by its plan. */
export async function integrateSector(
  image: Image,
  plan: Plan,
  { sector: { azimuth }, limits: { radialRange, scale } }: SectorLimits,
  unit: DiffractogramUnit,
): Promise<DiffractogramPattern> {
  const { radial, intensity, sigma }: Integrate1dResult = await plan.integrate(image);
  return {
    radial: scale === 1 ? radial : radial.map((value) => value * scale),
    intensity,
    ...(sigma && { sigma }),
    unit,
    ...(radialRange && { radialRange: [radialRange[0] * scale, radialRange[1] * scale] }),
    ...(azimuth && { azimuthRange: azimuth }),
  };
}
