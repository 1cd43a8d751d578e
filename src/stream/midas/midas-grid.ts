import type { Image } from "../../array.js";
import type { Integrate2dResult } from "../../integrate/result.js";

/** The quantities of MIDAS' bins: each `[radial][azimuthal]`, row-major. */
export interface MidasMaps {
  /** Pixels. */
  readonly R: Float64Array;
  /** Degrees. */
  readonly TTh: Float64Array;
  /** Degrees. */
  readonly Eta: Float64Array;
  /** Pixels², as much of them as counts. */
  readonly Area: Float64Array;
  /** Å⁻¹; 0 where the wavelength is not known. */
  readonly Q: Float64Array;
}

/** MIDAS' bins. */
export interface MidasGrid {
  readonly radial: number;
  readonly azimuthal: number;
  readonly maps: MidasMaps;
}

/** What makes cakes of images, `[azimuthal][radial]`. */
export interface MidasCaker {
  integrate(image: Image, signal?: AbortSignal): Promise<Integrate2dResult>;
}

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
