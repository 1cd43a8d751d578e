import type { Image } from "../../array.js";
import type { AzimuthalIntegrator } from "../../integrate/azimuthal-integrator.js";
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

/** Integrates an image over a sector, through a plan that the integrator keeps. */
export async function integrateSector(
  image: Image,
  ai: AzimuthalIntegrator,
  { sector, limits }: SectorLimits,
  settings: DiffractogramSettings,
): Promise<DiffractogramPattern> {
  const { points, correctSolidAngle, mask, dark, flat, method, unit } = settings;
  const { radialRange, scale } = limits;
  const { azimuth } = sector;
  const { radial, intensity } = await ai.integrate1d(image, points, {
    unit: limits.unit,
    correctSolidAngle,
    ...(radialRange && { radialRange }),
    ...(azimuth && { azimuthRange: azimuth }),
    ...(mask && { mask }),
    ...(dark && { dark }),
    ...(flat && { flat }),
    ...(method && { method }),
  });
  return {
    radial: scale === 1 ? radial : radial.map((value) => value * scale),
    intensity,
    unit,
    ...(radialRange && { radialRange: [radialRange[0] * scale, radialRange[1] * scale] }),
    ...(azimuth && { azimuthRange: azimuth }),
  };
}
