import { OptionError, ShapeError } from "../errors.js";
import type { CornerLayout, Detector, Shape } from "./detector.js";
import { orientCorners, orientMask } from "./orientation.js";
import { sameShape } from "./readout.js";
import type { CornerDetectorSpec } from "./spec.js";

/**
 * A detector whose pixels are given by their corners: measured, bent, of several parts.
 *
 * A pixel with a corner that is not finite is masked, as pyFAI does with detectors of NeXus files.
 *
 * @throws OptionError where the array is not rows × columns × (4 or 6) × 3, ShapeError where the mask
 * has another shape.
 */
export function cornerDetector(spec: CornerDetectorSpec): Detector {
  const { corners, orientation = 3, sensor } = spec;
  const shape = checkCorners(corners);
  const { data } = corners;
  const count = corners.shape[2];
  const perRow = shape[1] * count * 3;
  const native: CornerLayout = {
    kind: "corners",
    corners: count,
    row: (row, out) => out.set(data.subarray(row * perRow, (row + 1) * perRow)),
  };
  const nativeMask = maskOfCorners(corners, spec.mask);
  const check = (given: Shape): void => {
    if (sameShape(given, shape)) return;
    throw new ShapeError("image", shape, given, "the detector's corners are for another image");
  };
  const pixel1 = spec.pixel1 ?? distance(corners, 0);
  const pixel2 = spec.pixel2 ?? distance(corners, 1);
  return {
    name: "NexusDetector",
    pixel1,
    pixel2,
    shape: [shape[0], shape[1]],
    orientation,
    flat: isFlat(data),
    config: { orientation, ...(sensor === undefined ? {} : { sensor: { ...sensor } }) },
    layout: (given) => {
      check(given);
      return orientCorners(native, shape, orientation);
    },
    mask: (given) => {
      check(given);
      return nativeMask && orientMask(nativeMask.slice(), shape, orientation);
    },
  };
}

type Corners = CornerDetectorSpec["corners"];

function checkCorners({ data, shape }: Corners): Shape {
  const [rows, columns, corners, axes] = shape;
  const isSize = (size: number) => Number.isSafeInteger(size) && size > 0;
  const valid =
    shape.length === 4 && isSize(rows) && isSize(columns) && (corners === 4 || corners === 6);
  if (!valid || axes !== 3 || data.length !== rows * columns * corners * 3) {
    throw new OptionError(
      "corners",
      shape,
      `an array of ${data.length} numbers with shape ${JSON.stringify(shape)} gives no pixels; ` +
        "give (z, y, x) in metres as rows × columns × corners (4 or 6) × 3",
    );
  }
  return [rows, columns];
}

function maskOfCorners(
  corners: Corners,
  given: CornerDetectorSpec["mask"],
): Uint8Array | undefined {
  const [rows, columns, count] = corners.shape;
  const mask = new Uint8Array(rows * columns);
  if (given !== undefined) {
    if (!sameShape(given.shape, [rows, columns]) || given.data.length !== mask.length) {
      throw new ShapeError("mask", [rows, columns], given.shape, "give one value for each pixel");
    }
    for (let i = 0; i < mask.length; i++) mask[i] = given.data[i] === 0 ? 0 : 1;
  }
  const { data } = corners;
  for (let i = 0; i < data.length; i++) {
    if (!Number.isFinite(data[i])) mask[Math.floor(i / (count * 3))] = 1;
  }
  return mask.includes(1) ? mask : undefined;
}

function isFlat(data: ArrayLike<number>): boolean {
  for (let i = 0; i < data.length; i += 3) {
    if (data[i] !== 0 && Number.isFinite(data[i])) return false;
  }
  return true;
}

/** The median distance of neighbours' first corners along the middle of the detector. */
function distance({ data, shape }: Corners, axis: 0 | 1): number {
  const [rows, columns, count] = shape;
  const length = axis === 0 ? rows : columns;
  const position = (i: number, corner: number, k: number): number => {
    const pixel = axis === 0 ? i * columns + (columns >> 1) : (rows >> 1) * columns + i;
    return data[(pixel * count + corner) * 3 + k]!;
  };
  const distances: number[] = [];
  for (let i = 0; i + 1 < length; i++) {
    const along = [0, 1, 2].map((k) => position(i + 1, 0, k) - position(i, 0, k));
    // Odd rows of hexagons are shifted sideways, which is no part of the rows' distance.
    if (axis === 0) along[2] = 0;
    distances.push(Math.hypot(...along));
  }
  if (distances.length === 0) {
    const corner = axis === 0 ? 1 : 3;
    distances.push(Math.hypot(...[0, 1, 2].map((k) => position(0, corner, k) - position(0, 0, k))));
  }
  const finite = distances.filter(Number.isFinite).sort((a, b) => a - b);
  const median = finite[finite.length >> 1] ?? 0;
  if (median > 0) return median;
  const key = axis === 0 ? "pixel1" : "pixel2";
  throw new OptionError("corners", shape, `they tell no pixel size; check them, or give ${key}`);
}
