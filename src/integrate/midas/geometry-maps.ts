import type { MidasParameters } from "../../config/midas/parameters.js";
import type { MidasBins } from "./bins.js";

/** What MIDAS writes beside its results: a number for each bin, row-major `[radial][azimuthal]`. */
export interface MidasGeometryMaps {
  readonly shape: readonly [radial: number, azimuthal: number];
  /** Middle radius, in pixels. */
  readonly R: Float64Array;
  /** 2θ of that radius, in degrees. */
  readonly TTh: Float64Array;
  /** Middle η, in degrees. */
  readonly Eta: Float64Array;
  /** Pixels in the bin, parts counted. */
  readonly Area: Float64Array;
  /** Q of that radius, in Å⁻¹; `undefined` where the wavelength is not known. */
  readonly Q: Float64Array | undefined;
}

/** The maps of an integration; `area` is row-major `[azimuthal][radial]`. */
export function geometryMaps(
  { Lsd, pxY, Wavelength }: MidasParameters,
  { radial, azimuthal, edges, etas }: MidasBins,
  area: Float64Array,
): MidasGeometryMaps {
  const of = (value: (ring: number, sector: number) => number): Float64Array =>
    Float64Array.from({ length: radial * azimuthal }, (_, i) =>
      value(Math.floor(i / azimuthal), i % azimuthal),
    );
  const radiusOf = (ring: number): number => (edges[ring]! + edges[ring + 1]!) / 2;
  const tthOf = (ring: number): number => Math.atan((radiusOf(ring) * pxY) / Lsd);
  return {
    shape: [radial, azimuthal],
    R: of(radiusOf),
    TTh: of((ring) => (tthOf(ring) * 180) / Math.PI),
    Eta: of((_, sector) => etas[sector]!),
    Area: of((ring, sector) => area[sector * radial + ring]!),
    Q:
      Wavelength > 0
        ? of((ring) => (4 * Math.PI * Math.sin(tthOf(ring) / 2)) / Wavelength)
        : undefined,
  };
}
