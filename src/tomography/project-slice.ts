import type { Image } from "../array.js";
import { ShapeError } from "../errors.js";
import { checkIsImage } from "../integrate/check-image.js";
import { collect, discOf, lineOf } from "./disc.js";
import { type SliceOptions, slicingOf } from "./slice-options.js";

/**
 * The sinogram of a slice, `[angles, positions]`: its Radon transform, each pixel shared between the two
 * positions next to it. Pixels beyond the circle that touches the edges are left out.
 *
 * @param angles in degrees
 * @throws ShapeError for a slice that is no square
 */
export function projectSlice(
  slice: Image,
  angles: ArrayLike<number>,
  { center }: Pick<SliceOptions, "center"> = {},
): Image<Float64Array> {
  checkIsImage("slice", slice);
  const [size, columns] = slice.shape;
  if (size !== columns) throw new ShapeError("slice", [size, size], slice.shape, "give a square");
  const shape: [number, number] = [angles.length, size];
  const data = new Float64Array(angles.length * size);
  const options = { angles, ...(center === undefined ? {} : { center }) };
  const slicing = slicingOf({ data, shape }, options);
  const disc = discOf(slicing);
  const line = lineOf(slicing);
  const values = Float64Array.from(slice.data);
  for (const [row, angle] of slicing.angles.entries()) {
    line.values.fill(0);
    collect(line, angle, disc, values);
    data.set(line.values.subarray(line.start, line.start + size), row * size);
  }
  return { data, shape };
}
