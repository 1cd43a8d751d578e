import type { Sector } from "../stream/diffractogram/sector.js";

const DEGREE = Math.PI / 180;
/** Degrees from one point of an arc to the next. */
const STEP = 1;

/** A pixel of an angle; undefined where a ray passes the detector by. */
export type ToPixel = (
  twoTheta: number,
  chi: number,
) => readonly [row: number, column: number] | undefined;

/** A sector with all its ends: degrees of χ, any width up to 360; degrees of 2θ. */
export interface WholeSector {
  readonly azimuth: readonly [start: number, end: number] | undefined;
  readonly radial: readonly [start: number, end: number];
}

/** A sector with all its ends: where it is open, it reaches as far as the detector does, in degrees. */
export function wholeSector({ azimuth, twoTheta }: Sector, farthest: number): WholeSector {
  const [start, end] = twoTheta ?? [0, farthest];
  return { azimuth, radial: [start, Math.max(start, Math.min(end, farthest))] };
}

/**
 * The outline of a sector on the detector as rows and columns in turn, NaN between its pieces: two arcs
 * and two sides, or the rings of a sector that goes all around.
 *
 * @param toPixel of 2θ in radians and χ in degrees.
 */
export function sectorOutline({ azimuth, radial }: WholeSector, toPixel: ToPixel): Float64Array {
  const points: number[] = [];
  const add = (twoTheta: number, chi: number): void => {
    const pixel = toPixel(twoTheta * DEGREE, chi);
    points.push(...(pixel ?? [Number.NaN, Number.NaN]));
  };
  const arc = (twoTheta: number, from: number, to: number): void => {
    const steps = Math.max(1, Math.ceil(Math.abs(to - from) / STEP));
    for (let i = 0; i <= steps; i++) add(twoTheta, from + ((to - from) * i) / steps);
  };
  const [inner, outer] = radial;
  if (azimuth === undefined || Math.abs(azimuth[1] - azimuth[0]) >= 360) {
    for (const twoTheta of radial) {
      if (twoTheta <= 0) continue;
      arc(twoTheta, 0, 360);
      points.push(Number.NaN, Number.NaN);
    }
    return Float64Array.from(points);
  }
  const [start, end] = azimuth;
  if (inner > 0) arc(inner, end, start);
  else add(0, start);
  // A side is straight on a flat detector, but its end may lie where no ray meets that.
  for (let i = 1; i <= 8; i++) add(inner + ((outer - inner) * i) / 8, start);
  arc(outer, start, end);
  for (let i = 7; i >= 0; i--) add(inner + ((outer - inner) * i) / 8, end);
  return Float64Array.from(points);
}
