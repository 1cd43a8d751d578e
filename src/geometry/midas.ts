import { FileFormatError } from "../errors.js";
import { geometryOfFrame, type Vector } from "./frame.js";
import type { Geometry } from "./geometry.js";

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
export function midasToPoni({ Lsd, BC, tx, ty, tz, px }: Midas): Geometry {
  const turned = (vector: Vector): Vector => {
    const [x, y, z] = rotateX(tx, rotateY(ty, rotateZ(tz, vector)));
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

/** The MIDAS geometry of a PONI geometry with square pixels of `pixel` metres. */
export function poniToMidas(geometry: Geometry, pixel: number, wavelength?: number): Midas {
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

/**
 * Reads a MIDAS parameter file: a key and its values in each line; what is not of the geometry is left
 * out.
 *
 * @throws FileFormatError for a missing or bad value, and for distortion or flips, which a PONI file
 * cannot hold.
 */
export function parseMidas(text: string, path: string): Midas {
  const entries = new Map<string, string[]>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [key, ...values] = line.replace(/#.*$/, "").replace(/;\s*$/, "").trim().split(/\s+/);
    if (key !== undefined && key !== "") entries.set(key, values);
  }
  const number = (key: string, index = 0, otherwise?: number): number => {
    const word = entries.get(key)?.[index];
    if (word === undefined && otherwise !== undefined) return otherwise;
    const value = word === undefined ? Number.NaN : Number(word);
    if (Number.isFinite(value)) return value;
    throw new FileFormatError(path, `the entry ${key} is missing or no number; correct it`);
  };
  for (const [key, values] of entries) {
    const isDistortion = /^p\d+$/.test(key) && Number(values[0]) !== 0;
    const isFlip = key === "ImTransOpt" && Number(values[0]) !== 0;
    if (!isDistortion && !isFlip) continue;
    const what = isFlip ? "flips the image" : "is a distortion";
    throw new FileFormatError(
      path,
      `${key} ${what}, which is not in this geometry; set it to 0 to leave it out`,
    );
  }
  return {
    Lsd: number("Lsd"),
    BC: [number("BC"), number("BC", 1)],
    tx: number("tx", 0, 0),
    ty: number("ty", 0, 0),
    tz: number("tz", 0, 0),
    px: number("px"),
    ...(entries.has("Wavelength") ? { Wavelength: number("Wavelength") } : {}),
  };
}

/** The text of a MIDAS parameter file; every number comes back exactly. */
export function formatMidas({ Lsd, BC, tx, ty, tz, px, Wavelength }: Midas): string {
  const lines = [
    `Lsd ${Lsd}`,
    `BC ${BC[0]} ${BC[1]}`,
    `tx ${tx}`,
    `ty ${ty}`,
    `tz ${tz}`,
    `px ${px}`,
    ...(Wavelength === undefined ? [] : [`Wavelength ${Wavelength}`]),
    "ImTransOpt 0",
  ];
  return `${lines.join("\n")}\n`;
}

function rotateX(degrees: number, [x, y, z]: Vector): Vector {
  const [c, s] = [Math.cos(degrees * DEGREE), Math.sin(degrees * DEGREE)];
  return [x, c * y - s * z, s * y + c * z];
}

function rotateY(degrees: number, [x, y, z]: Vector): Vector {
  const [c, s] = [Math.cos(degrees * DEGREE), Math.sin(degrees * DEGREE)];
  return [c * x + s * z, y, c * z - s * x];
}

function rotateZ(degrees: number, [x, y, z]: Vector): Vector {
  const [c, s] = [Math.cos(degrees * DEGREE), Math.sin(degrees * DEGREE)];
  return [c * x - s * y, s * x + c * y, z];
}
