import { OptionError } from "../errors.js";
import type { Region } from "../image/region.js";
import type { AzimuthalIntegrator } from "../integrate/azimuthal-integrator.js";
import { type Origin, rowFrom } from "./box-region.js";

/** A ring on the detector, or a sector of one. */
export interface Ring {
  /** Of its middle line: in `unit`. */
  readonly radius: number;
  /** Between its inner and its outer edge; pixels whose centres lie on an edge belong to it. */
  readonly width: number;
  /** `"pixel"`, or a radial unit such as `"2th_deg"`, which needs `ai`. Default `"pixel"`. */
  readonly unit?: string;
  /** Column and row of the middle of a ring in pixels; centres of pixels are whole numbers. */
  readonly center?: readonly [x: number, y: number];
  /** Where row 0 of `center` is. Default `"upper"`. */
  readonly origin?: Origin;
  /** The calibration, for other units than pixels. */
  readonly ai?: AzimuthalIntegrator;
  /**
   * Limits in degrees, χ as pyFAI counts it: from the direction of rising columns towards that of
   * rising rows. Across ±180° too. Default: all around.
   */
  readonly azimuthRange?: readonly [low: number, high: number];
}

/** The pixels of a ring and the smallest part of the image that has them all. */
export interface RingPixels {
  readonly region: Region;
  /** Places in the region, row by row. */
  readonly pixels: Int32Array;
}

/**
 * The pixels of images of a shape whose centres lie on a ring.
 *
 * @throws OptionError where an option is missing or none of the pixels lies on it.
 */
export function ringPixels(shape: readonly [number, number], ring: Ring): RingPixels {
  const { radius, width } = ring;
  for (const [name, value] of Object.entries({ radius, width })) {
    if (Number.isFinite(value) && value >= 0) continue;
    throw new OptionError(name, value, "is to be a number, 0 or above");
  }
  const { radial, azimuth } = polarImages(shape, ring);
  const isInSector = sector(ring.azimuthRange);
  const [low, high] = [radius - width / 2, radius + width / 2];
  const [rows, columns] = shape;
  const found: [row: number, column: number][] = [];
  let [top, bottom, left, right] = [rows, -1, columns, -1];
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, i++) {
      const r = radial[i]!;
      if (!(r >= low && r <= high && isInSector(azimuth[i]!))) continue;
      found.push([row, column]);
      top = Math.min(top, row);
      bottom = row;
      left = Math.min(left, column);
      right = Math.max(right, column);
    }
  }
  if (found.length === 0) {
    throw new OptionError(
      "radius",
      radius,
      `no pixel of the ${rows} × ${columns} lies between ${low} and ${high} ${ring.unit ?? "pixel"}; choose another ring`,
    );
  }
  const region = { row: top, column: left, rows: bottom - top + 1, columns: right - left + 1 };
  const place = ([row, column]: [number, number]): number =>
    (row - top) * region.columns + column - left;
  return { region, pixels: Int32Array.from(found, place) };
}

interface PolarImages {
  readonly radial: Float64Array;
  /** Radians. */
  readonly azimuth: Float64Array;
}

function polarImages(shape: readonly [number, number], ring: Ring): PolarImages {
  const { unit = "pixel", ai, center, origin = "upper" } = ring;
  if (unit !== "pixel") {
    if (ai === undefined) {
      throw new OptionError("ai", ai, `a ring in ${unit} needs the calibration of the detector`);
    }
    return { radial: ai.centerArray(unit, shape).data, azimuth: ai.chiArray(shape).data };
  }
  const [x, y] = center ?? [];
  if (x === undefined || y === undefined || !Number.isFinite(x) || !Number.isFinite(y)) {
    throw new OptionError("center", center, "a ring in pixels needs its centre, [x, y]");
  }
  const [rows, columns] = shape;
  const middle = rowFrom(origin, y, rows);
  const radial = new Float64Array(rows * columns);
  const azimuth = new Float64Array(rows * columns);
  for (let row = 0, i = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++, i++) {
      radial[i] = Math.hypot(column - x, row - middle);
      azimuth[i] = Math.atan2(row - middle, column - x);
    }
  }
  return { radial, azimuth };
}

function sector(range: readonly [number, number] | undefined): (radians: number) => boolean {
  if (range === undefined) return () => true;
  const [low, high] = range;
  if (!(high > low && high - low <= 360)) {
    throw new OptionError(
      "azimuthRange",
      range,
      "is to be [low, high] in degrees, at most 360 wide",
    );
  }
  return (radians) => {
    const beyond = ((((radians * 180) / Math.PI - low) % 360) + 360) % 360;
    return beyond <= high - low;
  };
}
