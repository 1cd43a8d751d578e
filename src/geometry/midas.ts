import { OptionError } from "../errors.js";
import { geometryOfFrame, type Vector } from "./frame.js";
import type { Geometry } from "./geometry.js";
import { tilted } from "./midas-tilt.js";

/** A geometry as MIDAS has it, without distortion: lengths in micrometres, angles in degrees. */
export interface Midas {
  /** From the sample to the detector along the beam. */
  readonly Lsd: number;
  /** Where the beam meets the detector: column, row, in pixels; a whole number is a pixel's centre. */
  readonly BC: readonly [y: number, z: number];
  readonly tx: number;
  readonly ty: number;
  readonly tz: number;
  /** Size of a pixel. */
  readonly px: number;
  /** Ångströms. */
  readonly Wavelength?: number;
}

const DEGREE = Math.PI / 180;
const MICROMETRE = 1e-6;

/**
 * The PONI geometry of a MIDAS geometry, in closed form: MIDAS turns the detector by Rx(tx)·Ry(ty)·Rz(tz)
 * with X along the beam, Y to the left, Z up; pyFAI's axes are (Z, −Y, X). Azimuths are χ = 90° − η.
 */
export function midasToPoni({ Lsd, BC, px, ...tilt }: Midas): Geometry {
  const turned = (vector: Vector): Vector => {
    const [x, y, z] = tilted(tilt, vector);
    return [z, -y, x];
  };
  const slow = turned([0, 0, 1]);
  const fast = turned([0, -1, 0]);
  const pixel = px * MICROMETRE;
  const [column, row] = [(BC[0] + 0.5) * pixel, (BC[1] + 0.5) * pixel];
  const at = (i: 0 | 1 | 2): number => {
    return (i === 2 ? Lsd * MICROMETRE : 0) - row * slow[i] - column * fast[i];
  };
  return geometryOfFrame({ origin: [at(0), at(1), at(2)], slow, fast });
}

/**
 * The MIDAS geometry of a PONI geometry with square pixels of `pixel` metres.
 *
 * @throws OptionError where the size of a pixel is missing.
 */
export function poniToMidas(geometry: Geometry, pixel: number, wavelength?: number): Midas {
  if (!(pixel > 0)) {
    const message = "is to be the size of a pixel in metres, such as ai.detector.pixel1";
    throw new OptionError("pixel", pixel, message);
  }
  const { dist, poni1, poni2, rot1, rot2, rot3 } = geometry;
  return {
    Lsd: dist / (Math.cos(rot1) * Math.cos(rot2)) / MICROMETRE,
    BC: [
      (poni2 - dist * Math.tan(rot1)) / pixel - 0.5,
      (poni1 + (dist * Math.tan(rot2)) / Math.cos(rot1)) / pixel - 0.5,
    ],
    tx: rot3 / DEGREE,
    ty: rot2 / DEGREE,
    tz: -rot1 / DEGREE,
    px: pixel / MICROMETRE,
    ...(wavelength === undefined ? {} : { Wavelength: wavelength * 1e10 }),
  };
}
