import type { Image } from "../../array.js";
import type { MidasGeometryMaps } from "../../integrate/midas/geometry-maps.js";
import type { MidasResult } from "../../integrate/midas/result.js";

/** MIDAS' bins. */
export interface MidasGrid {
  readonly radial: number;
  readonly azimuthal: number;
  /** Each `[radial][azimuthal]`. */
  readonly maps: MidasGeometryMaps;
}

/** What makes cakes of images. */
export interface MidasCaker {
  integrate(image: Image, signal?: AbortSignal): Promise<MidasResult>;
}

/** Pixels from which a bin counts, as in MIDAS. */
export const LEAST_AREA = 1e-9;

/** Radii of the bins, in pixels. */
export function radiiOf({ radial, azimuthal, maps }: MidasGrid): Float64Array {
  return Float64Array.from({ length: radial }, (_, r) => maps.R[r * azimuthal]!);
}

/** 2θ of the bins, in degrees. */
export function tthsOf({ radial, azimuthal, maps }: MidasGrid): Float64Array {
  return Float64Array.from({ length: radial }, (_, r) => maps.TTh[r * azimuthal]!);
}

/** η of the bins, in degrees. */
export function etasOf({ azimuthal, maps }: MidasGrid): Float64Array {
  return maps.Eta.slice(0, azimuthal);
}

/** R, 2θ, η, area and, where the wavelength is known, Q, as MIDAS stacks them. */
export function mapRows({ maps }: MidasGrid): Float64Array[] {
  const { R, TTh, Eta, Area, Q } = maps;
  return [R, TTh, Eta, Area, ...(Q === undefined ? [] : [Q])];
}
