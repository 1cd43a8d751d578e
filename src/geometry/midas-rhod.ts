import { OptionError } from "../errors.js";
import { distortionOf, type MidasGeometry } from "./midas-geometry.js";

/** A geometry with its detector's size. */
export interface SizedMidasGeometry extends MidasGeometry {
  readonly NrPixelsY: number;
  readonly NrPixelsZ: number;
}

/** A RhoD in micrometres, and what to tell if it was something else. */
export interface ResolvedRhoD {
  readonly RhoD: number;
  readonly notice: string | undefined;
}

/**
 * The RhoD that midas-integrate takes: the given one where it is of the detector's size, half to five
 * times the distance from the beam to the farthest corner; else what it is in or over pixels, where
 * that is; else that distance. 0 stays 0.
 *
 * @throws OptionError for a distortion without RhoD.
 */
export function resolveRhoD(geometry: SizedMidasGeometry): ResolvedRhoD {
  const { RhoD, BC, NrPixelsY, NrPixelsZ, pxY, pxZ } = geometry;
  const [beamY, beamZ] = BC;
  const farY = Math.max(beamY, NrPixelsY - 1 - beamY, -beamY) * pxY;
  const farZ = Math.max(beamZ, NrPixelsZ - 1 - beamZ, -beamZ) * pxZ;
  const farthest = Math.sqrt(farY ** 2 + farZ ** 2);
  const distortion = distortionOf(geometry);
  if (!(RhoD > 0)) {
    if (distortion.length === 0) return { RhoD: 0, notice: undefined };
    throw new OptionError(
      "RhoD",
      RhoD,
      `${distortion.join(", ")} need it; give the radius of the calibration in µm, mostly the beam's distance from the farthest corner, here ${farthest.toFixed(0)}`,
    );
  }
  const pixel = (pxY + pxZ) / 2;
  const isSane = (value: number): boolean => value >= 0.5 * farthest && value <= 5 * farthest;
  const found = [RhoD, RhoD * pixel, RhoD / pixel].find(isSane) ?? farthest;
  if (found === RhoD || distortion.length === 0) return { RhoD: found, notice: undefined };
  const guess =
    found === RhoD * pixel ? "it seems to be in pixels" : "it is not of the detector's size";
  return {
    RhoD: found,
    notice: `RhoD ${RhoD} is in µm, and ${guess} (the farthest corner is ${farthest.toFixed(0)} µm from the beam): ${found} µm is taken, as midas-integrate does; correct the parameter file`,
  };
}
