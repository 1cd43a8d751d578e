import { OptionError } from "../errors.js";
import type { Region } from "../image/region.js";

/** A box by two of its corners, columns and rows from 0, both inside it. */
export type Box = readonly [x0: number, y0: number, x1: number, y1: number];

/** Where row 0 of a box or of a centre is: at the top of the image, or at its bottom as in xrsmap. */
export type Origin = "upper" | "lower";

/** The row of the file, counted from the top, that is row `y` from an origin. */
export function rowFrom(origin: Origin, y: number, rows: number): number {
  return origin === "lower" ? rows - 1 - y : y;
}

/**
 * The part of images of a shape that a box means: the whole of them by default. With `binning`, it is
 * cut at the right and the bottom to whole blocks where no box is given.
 *
 * @throws OptionError for a box that does not lie in the image, or is not of whole blocks.
 */
export function boxRegion(
  box: Box | undefined,
  [rows, columns]: readonly [number, number],
  origin: Origin,
  binning: number,
): Region {
  if (!Number.isInteger(binning) || binning < 1 || binning > Math.min(rows, columns)) {
    const most = Math.min(rows, columns);
    throw new OptionError("binning", binning, `is to be a whole number from 1 to ${most}`);
  }
  if (box === undefined) {
    const whole = (size: number): number => size - (size % binning);
    return { row: 0, column: 0, rows: whole(rows), columns: whole(columns) };
  }
  const [x0, y0, x1, y1] = box;
  const isBox = box.length === 4 && box.every((value) => Number.isInteger(value) && value >= 0);
  if (!isBox || x1 < x0 || y1 < y0 || x1 >= columns || y1 >= rows) {
    throw new OptionError(
      "roi",
      box,
      `the box ${box.join(",")} is to be x0,y0,x1,y1 with both corners in the image of ${columns} columns (x) and ${rows} rows (y), the first one not beyond the second`,
    );
  }
  const region: Region = {
    row: Math.min(rowFrom(origin, y0, rows), rowFrom(origin, y1, rows)),
    column: x0,
    rows: y1 - y0 + 1,
    columns: x1 - x0 + 1,
  };
  if (region.rows % binning === 0 && region.columns % binning === 0) return region;
  const end = (from: number, size: number): number => from + size - (size % binning) - 1;
  throw new OptionError(
    "roi",
    box,
    `the box is ${region.columns} × ${region.rows} pixels, which are no whole blocks of ${binning} × ${binning}; end it at ${end(x0, region.columns)},${end(y0, region.rows)}, or leave binning out`,
  );
}
