import type { TypedArray } from "../array.js";
import { OptionError } from "../errors.js";
import { suggest } from "../suggest.js";
import type { Orientation, Shape } from "./detector.js";

/** Material and thickness (metres) of a sensor; kept for PONI files, without effect on the geometry. */
export interface Sensor {
  readonly material: string;
  readonly thickness?: number;
}

interface AnySpec {
  /** Default 3, pyFAI's native one. */
  readonly orientation?: Orientation;
  readonly sensor?: Sensor;
}

/** A detector of the catalogue, by pyFAI's class name or one of its aliases. */
export interface NamedDetectorSpec extends AnySpec {
  readonly name: string;
  /** Pixel sizes in metres, where they are not the usual ones: binned or refined. */
  readonly pixel1?: number;
  readonly pixel2?: number;
  /** Of the image without binning, where it is not the usual one. */
  readonly maxShape?: Shape;
  /** Of a bent detector, in metres. */
  readonly radius?: number;
}

/** A detector of equal rectangular pixels. */
export interface PixelDetectorSpec extends AnySpec {
  /** Size in metres along the slow axis. */
  readonly pixel1: number;
  /** Along the fast axis; default `pixel1`. */
  readonly pixel2?: number;
  /** Default: any image fits. */
  readonly shape?: Shape;
}

/** A detector whose pixels are given by their corners, indexed as in orientation 3. */
export interface CornerDetectorSpec extends AnySpec {
  /** Positions (z, y, x) in metres of the 4 or 6 corners of each pixel, row-major; quadrilaterals in the order A (i, j), B (i + 1, j), C (i + 1, j + 1), D (i, j + 1). */
  readonly corners: {
    readonly data: TypedArray;
    readonly shape: readonly [rows: number, columns: number, corners: number, zyx: 3];
  };
  /** Non-zero = masked; indexed like the corners. */
  readonly mask?: { readonly data: ArrayLike<number>; readonly shape: Shape };
  /** Typical distances of pixels in metres; default: those in the middle of the detector. */
  readonly pixel1?: number;
  readonly pixel2?: number;
}

export type DetectorSpec = NamedDetectorSpec | PixelDetectorSpec | CornerDetectorSpec;

const NAMED = ["name", "pixel1", "pixel2", "maxShape", "radius", "orientation", "sensor"];
const PIXEL = ["pixel1", "pixel2", "shape", "orientation", "sensor"];
const CORNERS = ["corners", "mask", "pixel1", "pixel2", "orientation", "sensor"];

/**
 * Checks what is common to all kinds of detectors.
 *
 * @throws OptionError for an unknown key, a pixel size that is not a positive number, a shape that is
 * not two positive integers, an orientation other than 1 to 4.
 */
export function checkSpec(spec: DetectorSpec): void {
  if (typeof spec !== "object" || spec === null) {
    const message = `${String(spec)} is not a detector; give a name or { pixel1, pixel2, shape }`;
    throw new OptionError("detector", spec, message);
  }
  if (!("corners" in spec) && !("name" in spec) && spec.pixel1 === undefined) {
    throw new OptionError("pixel1", undefined, "it is missing; give the pixel size in metres");
  }
  const known = "corners" in spec ? CORNERS : "name" in spec ? NAMED : PIXEL;
  for (const [key, value] of Object.entries(spec)) {
    if (!known.includes(key)) {
      const near = suggest(key, known, 1);
      const hint = near.length > 0 ? `did you mean "${near[0]}"?` : `known are ${known.join(", ")}`;
      throw new OptionError("detector", key, `"${key}" is not a property of this kind; ${hint}`);
    }
    if (value === undefined) continue;
    if (key === "pixel1" || key === "pixel2" || key === "radius") checkLength(key, value);
    if (key === "shape" || key === "maxShape") checkShape(key, value);
    if (key === "sensor") checkSensor(value);
    if (key === "name" && typeof value !== "string") {
      throw new OptionError("name", value, `${String(value)} is not a detector's name`);
    }
    if (key === "orientation" && ![1, 2, 3, 4].includes(value)) {
      throw new OptionError(
        "orientation",
        value,
        `${String(value)} is not supported; give 1 (top left), 2 (top right), 3 (bottom right) or 4 (bottom left)`,
      );
    }
  }
}

function checkLength(key: string, value: unknown): void {
  if (typeof value === "number" && Number.isFinite(value) && value > 0) return;
  throw new OptionError(key, value, `${String(value)} is not a length; give metres, as 172e-6`);
}

function checkShape(key: string, value: unknown): void {
  const isSize = (n: unknown) => Number.isSafeInteger(n) && (n as number) > 0;
  if (Array.isArray(value) && value.length === 2 && value.every(isSize)) return;
  throw new OptionError(
    key,
    value,
    `${JSON.stringify(value)} is not a shape; give [rows, columns], two positive integers`,
  );
}

function checkSensor(value: unknown): void {
  const sensor = value as Partial<Sensor> | null;
  const { material, thickness } = typeof sensor === "object" && sensor !== null ? sensor : {};
  if (typeof material === "string" && (thickness === undefined || thickness > 0)) return;
  throw new OptionError(
    "sensor",
    value,
    `${JSON.stringify(value)} is not a sensor; give { material: "Si", thickness: 320e-6 }`,
  );
}
