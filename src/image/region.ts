import type { Image, TypedArray } from "../array.js";
import { OptionError } from "../errors.js";

/** A rectangle of an image, in pixels from 0. */
export interface Region {
  /** First row. */
  readonly row: number;
  /** First column. */
  readonly column: number;
  readonly rows: number;
  readonly columns: number;
  /** Shape of the images that it is a part of; a series refuses others. Default: any that it lies in. */
  readonly of?: readonly [rows: number, columns: number];
}

/**
 * Checks that a region lies inside an image.
 *
 * @throws OptionError naming what does not.
 */
export function checkRegion(region: Region, [rows, columns]: readonly [number, number]): void {
  const whole = [region.row, region.column, region.rows, region.columns].every(
    (value) => Number.isInteger(value) && value >= 0,
  );
  const inside =
    region.row + region.rows <= rows &&
    region.column + region.columns <= columns &&
    region.rows > 0 &&
    region.columns > 0;
  if (whole && inside) return;
  throw new OptionError(
    "region",
    region,
    `rows ${region.row} to ${region.row + region.rows - 1}, columns ${region.column} to ${region.column + region.columns - 1} do not lie in the image of ${rows} × ${columns} pixels; choose whole numbers inside it`,
  );
}

/** A copy of the part of an image that lies in a region. */
export function crop(image: Image, { row, column, rows, columns }: Region): Image {
  const width = image.shape[1];
  const data = image.data.slice(0, rows * columns) as TypedArray;
  for (let i = 0; i < rows; i++) {
    const from = (row + i) * width + column;
    data.set(image.data.subarray(from, from + columns), i * columns);
  }
  return { ...image, data, shape: [rows, columns] };
}
