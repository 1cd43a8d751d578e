import type { Shape } from "../detector/detector.js";
import { FileFormatError, OptionError } from "../errors.js";
import type { PixelSize } from "./fit2d.js";
import { cross, dot, frameOfGeometry, geometryOfFrame, type Vector } from "./frame.js";
import type { Geometry } from "./geometry.js";

/** Planck's constant times the speed of light, in electronvolts times metres (CODATA 2018, exact). */
const EV_METRE = 1.239841984332e-6;

/** What a CrystFEL geometry file of one panel says. */
export interface CrystfelGeometry {
  readonly geometry: Geometry;
  /** Metres. */
  readonly pixel: number;
  readonly shape: Shape;
  /** Metres; `undefined` where the file has neither energy nor wavelength. */
  readonly wavelength: number | undefined;
}

/**
 * The text of a CrystFEL `.geom` file of one panel.
 *
 * CrystFEL's x points to the left along the beam, y up, z along the beam; its corners are those of
 * pixels, in units of a pixel.
 *
 * @throws OptionError for pixels that are not square, which it cannot describe.
 */
export function formatCrystfel(
  geometry: Geometry,
  { pixel1, pixel2 }: PixelSize,
  shape: Shape,
  wavelength?: number,
): string {
  if (Math.abs(pixel1 / pixel2 - 1) > 1e-12) {
    throw new OptionError("pixel1", pixel1, "CrystFEL has square pixels only; these are not");
  }
  const { origin, slow, fast } = frameOfGeometry(geometry);
  const direction = ([up, along, beam]: Vector): string =>
    `${signed(-along)}x ${signed(up)}y ${signed(beam)}z`;
  const lines = [
    ...(wavelength === undefined ? [] : [`wavelength = ${wavelength} m`]),
    `res = ${1 / pixel1}`,
    `clen = ${origin[2]} m`,
    "",
    "p0/min_fs = 0",
    `p0/max_fs = ${shape[1] - 1}`,
    "p0/min_ss = 0",
    `p0/max_ss = ${shape[0] - 1}`,
    `p0/corner_x = ${-origin[1] / pixel1}`,
    `p0/corner_y = ${origin[0] / pixel1}`,
    `p0/fs = ${direction(fast)}`,
    `p0/ss = ${direction(slow)}`,
  ];
  return `${lines.join("\n")}\n`;
}

/**
 * Reads a CrystFEL `.geom` file of one panel.
 *
 * @throws FileFormatError for several panels, values that are missing, and axes that are no right angle.
 */
export function parseCrystfel(text: string, path: string): CrystfelGeometry {
  const entries = new Map<string, string>();
  const panels = new Set<string>();
  for (const line of text.split(/\r\n|\r|\n/)) {
    const [, key, value] = /^\s*([^;=]+?)\s*=\s*([^;]*?)\s*(?:;.*)?$/.exec(line) ?? [];
    if (key === undefined || value === undefined) continue;
    const [panel, name] = key.includes("/") ? (key.split("/", 2) as [string, string]) : ["", key];
    if (panel !== "" && !/^(bad|rigid_group|group)/.test(panel)) panels.add(panel);
    if (!/^bad/.test(panel)) entries.set(name, value);
  }
  if (panels.size > 1) {
    const message = `it has ${panels.size} panels, and a PONI file one flat detector`;
    throw new FileFormatError(path, `${message}; give the corners: detector({ corners })`);
  }
  const number = (key: string, otherwise?: number): number => {
    const word = entries.get(key)?.split(/\s+/)[0];
    if (word === undefined && otherwise !== undefined) return otherwise;
    const value = word === undefined ? Number.NaN : Number(word);
    if (Number.isFinite(value)) return value;
    throw new FileFormatError(path, `the entry ${key} is missing or no number; correct it`);
  };
  const pixel = 1 / number("res");
  const slow = axisOf(entries.get("ss"), "ss", path);
  const fast = axisOf(entries.get("fs"), "fs", path);
  if (Math.abs(dot(slow, fast)) > 1e-6 || cross(slow, fast)[2] <= 0) {
    throw new FileFormatError(
      path,
      "fs and ss are not at right angles, or the panel is seen from behind; flip the image first",
    );
  }
  const at = { x: number("corner_x") * pixel, y: number("corner_y") * pixel };
  const z = number("clen") * lengthUnit(entries.get("clen")) + number("coffset", 0);
  const shape: Shape = [
    number("max_ss") - number("min_ss", 0) + 1,
    number("max_fs") - number("min_fs", 0) + 1,
  ];
  const geometry = geometryOfFrame({ origin: [at.y, -at.x, z], slow, fast });
  return { geometry, pixel, shape, wavelength: wavelengthOf(entries, number) };
}

function wavelengthOf(
  entries: ReadonlyMap<string, string>,
  number: (key: string) => number,
): number | undefined {
  if (entries.has("wavelength")) {
    return number("wavelength") * (/\bA\b/.test(entries.get("wavelength")!) ? 1e-10 : 1);
  }
  if (!entries.has("photon_energy")) return undefined;
  const factor = /keV/i.test(entries.get("photon_energy")!) ? 1e3 : 1;
  return EV_METRE / (number("photon_energy") * factor);
}

function lengthUnit(text = ""): number {
  return /\bmm\b/.test(text) ? 1e-3 : 1;
}

/** `"+0.99x -0.01y +0.1z"` as a unit vector. */
function axisOf(text: string | undefined, key: string, path: string): Vector {
  const parts: Record<string, number> = { x: 0, y: 0, z: 0 };
  for (const [, sign, digits, axis] of (text ?? "").matchAll(
    /([+-]?)\s*([\d.]+(?:e[+-]?\d+)?)?\s*([xyz])/gi,
  )) {
    parts[axis!.toLowerCase()] = Number(`${sign}${digits ?? 1}`);
  }
  const { x, y, z } = parts as { x: number; y: number; z: number };
  const length = Math.hypot(x, y, z);
  if (!(Math.abs(length - 1) < 0.01)) {
    throw new FileFormatError(path, `the entry ${key} is missing or no direction of length 1`);
  }
  return [y / length, -x / length, z / length];
}

function signed(value: number): string {
  return `${value < 0 ? "-" : "+"}${Math.abs(value)}`;
}
