import type { Image } from "../array.js";
import { OptionError, ShapeError } from "../errors.js";
import { checkIsImage } from "../integrate/check-image.js";

/**
 * How the lines of a sinogram lie in the slice. Row 0 of the slice is at the top, x goes to the right,
 * y up; the line of position s at angle θ is x·cos θ + y·sin θ = s, counted from the axis of rotation.
 */
export interface SliceOptions {
  /** Of each row of the sinogram, in degrees. Default: even steps from 0 to below 180. */
  readonly angles?: ArrayLike<number>;
  /** Position of the axis of rotation, in columns of the sinogram from 0. Default: the middle. */
  readonly center?: number;
  /** Rows and columns of the slice, each as wide as a column of the sinogram. Default: its columns. */
  readonly size?: number;
}

/** The same with nothing left out. */
export interface Slicing {
  readonly rows: number;
  readonly columns: number;
  /** Radians. */
  readonly angles: Float64Array;
  readonly center: number;
  readonly size: number;
}

/** @throws OptionError, ShapeError */
export function slicingOf(sinogram: Image, options: SliceOptions): Slicing {
  checkIsImage("sinogram", sinogram);
  const [rows, columns] = sinogram.shape;
  const { angles, center = (columns - 1) / 2, size = columns } = options;
  if (columns < 2) throw new ShapeError("sinogram", [rows, 2], sinogram.shape, "scan across more");
  if (angles !== undefined && angles.length !== rows) {
    throw new ShapeError("angles", [rows], [angles.length], "give one for each row");
  }
  if (!(center >= 0 && center <= columns - 1)) {
    throw new OptionError("center", center, `is to lie in the sinogram, 0 to ${columns - 1}`);
  }
  if (!Number.isInteger(size) || size < 1 || size > 4 * columns) {
    throw new OptionError("size", size, `is to be a whole number from 1 to ${4 * columns}`);
  }
  const radians = Float64Array.from(
    { length: rows },
    (_, row) => ((angles?.[row] ?? (180 * row) / rows) * Math.PI) / 180,
  );
  if (!radians.every(Number.isFinite)) {
    throw new OptionError("angles", angles, "one of them is no number");
  }
  return { rows, columns, angles: radians, center, size };
}
