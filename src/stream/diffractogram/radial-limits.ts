import type { Detector } from "../../detector/detector.js";
import { OptionError } from "../../errors.js";
import { cross, dot, frameOfGeometry, type Vector } from "../../geometry/frame.js";
import type { Geometry } from "../../geometry/geometry.js";
import { radialFormula, radialUnit } from "../../geometry/units.js";
import type { AzimuthalIntegrator } from "../../integrate/azimuthal-integrator.js";
import type { Sector } from "./sector.js";
import type { DiffractogramUnit } from "./unit.js";

const DEGREE = Math.PI / 180;
/** What an open end of 2θ stands for; a detector that is hardly tilted would see it metres away. */
const OPEN = 90;

/** How a sector is integrated. */
export interface RadialLimits {
  /** The unit to integrate in. */
  readonly unit: Exclude<DiffractogramUnit, "r_pixel">;
  /** In that unit; without: the data's own. */
  readonly radialRange?: readonly [low: number, high: number];
  /** What a radial value is then multiplied by: pixels per millimetre for `"r_pixel"`, else 1. */
  readonly scale: number;
}

/**
 * The radial limits of a sector, from 2θ to the unit.
 *
 * q is 4π sin θ / λ. r, which is measured across the beam, depends on the azimuth where a detector is
 * tilted: it is the mean of both ends of the sector, and distance · tan 2θ where azimuth is not limited;
 * an angle that passes the detector by ends at its farthest pixel. Pixels are the mean over both ends, too.
 *
 * @throws OptionError for a unit that needs a wavelength, and for a sector that misses the detector.
 */
export function radialLimits(
  sector: Sector,
  unit: DiffractogramUnit,
  ai: AzimuthalIntegrator,
  shape: readonly [rows: number, columns: number],
): RadialLimits {
  if (unit === "r_mm" || unit === "r_pixel") {
    const scale = unit === "r_pixel" ? pixelsPerMillimetre(sector, ai, ai.detector) : 1;
    const radialRange = radii(sector, ai, shape);
    return { unit: "r_mm", scale, ...(radialRange && { radialRange }) };
  }
  const { quantity, factor } = radialFormula(radialUnit(unit), ai.wavelength);
  if (sector.twoTheta === undefined) return { unit, scale: 1 };
  const [low, high] = sector.twoTheta;
  const valueAt = (degrees: number): number => {
    if (unit === "2th_deg") return degrees;
    return factor * (quantity === "sin" ? Math.sin((degrees * DEGREE) / 2) : degrees * DEGREE);
  };
  return { unit, scale: 1, radialRange: [valueAt(low), valueAt(high)] };
}

/** In millimetres. */
function radii(
  { twoTheta, azimuth }: Sector,
  ai: AzimuthalIntegrator,
  shape: readonly [number, number],
): [number, number] | undefined {
  if (twoTheta === undefined) return undefined;
  const [low, high] = twoTheta.map((angle) => radiusAt(ai, angle, azimuth)) as [number, number];
  if (high < Infinity) return [low, high];
  const farthest = ai.centerArray("r_mm", shape).data.reduce((most, r) => Math.max(most, r), 0);
  if (low < farthest) return [low, farthest];
  throw new OptionError(
    "ranges",
    twoTheta,
    `2θ ${twoTheta.join(" to ")}° passes this detector by; give angles that it sees`,
  );
}

/** Distance from the beam of what a detector's plane sees at an angle; infinite where it sees it nowhere. */
function radiusAt(geometry: Geometry, degrees: number, azimuth: Sector["azimuth"]): number {
  if (degrees >= OPEN) return Infinity;
  const { origin, slow, fast } = frameOfGeometry(geometry);
  const normal = cross(slow, fast);
  const dist = dot(normal, origin);
  const [sine, cosine] = [Math.sin(degrees * DEGREE), Math.cos(degrees * DEGREE)];
  if (azimuth === undefined) {
    return (1e3 * (dist / normal[2]) * sine) / cosine;
  }
  const seen = azimuth
    .map((chi) => {
      const ray: Vector = [sine * Math.sin(chi * DEGREE), sine * Math.cos(chi * DEGREE), cosine];
      const along = dot(normal, ray);
      return along < 1e-9 ? Infinity : (1e3 * dist * sine) / along;
    })
    .filter(Number.isFinite);
  return seen.length === 0 ? Infinity : seen.reduce((sum, r) => sum + r, 0) / seen.length;
}

/** A tilted detector's pixels look shorter across the beam; LaVue's mean of a sector's two ends. */
function pixelsPerMillimetre(
  { azimuth = [0, 90] }: Sector,
  { rot1, rot2, rot3 }: Geometry,
  { pixel1, pixel2 }: Detector,
): number {
  const [first, last] = azimuth.map((chi) => {
    const direction = chi * DEGREE + rot3;
    return Math.hypot(
      Math.cos(direction) / (pixel2 * Math.cos(rot1)),
      Math.sin(direction) / (pixel1 * Math.cos(rot2)),
    );
  }) as [number, number];
  return ((first + last) / 2) * 1e-3;
}
