import type { Image } from "../array.js";
import { OptionError, ShapeError } from "../errors.js";

/**
 * Refuses what is no image: a script without types may give an array alone.
 *
 * @throws OptionError
 */
export function checkIsImage(what: string, image: unknown): asserts image is Image {
  const { data, shape } = (image ?? {}) as Partial<Image>;
  const isNumbers =
    ArrayBuffer.isView(data) &&
    !(data instanceof DataView || data instanceof BigInt64Array || data instanceof BigUint64Array);
  if (isNumbers && isShape(shape)) return;
  throw new OptionError(
    what,
    image,
    "it is no image; give { data, shape: [rows, columns] } with a typed array of up to 32-bit integers or floats, as readImage does",
  );
}

/** @throws OptionError where an image is none; ShapeError where it is not of the shape, or its data not of its own. */
export function checkImage(what: string, image: Image, shape: readonly [number, number]): void {
  checkIsImage(what, image);
  if (image.shape[0] !== shape[0] || image.shape[1] !== shape[1]) {
    throw new ShapeError(what, shape, image.shape, "give one of the image's shape");
  }
  if (image.data.length !== shape[0] * shape[1]) {
    throw new ShapeError(
      what,
      [shape[0] * shape[1]],
      [image.data.length],
      "its data does not fill its shape",
    );
  }
}

/** Whether a value is the rows and columns of an image. */
export function isShape(value: unknown): value is readonly [rows: number, columns: number] {
  return (
    Array.isArray(value) && value.length === 2 && value.every((n) => Number.isInteger(n) && n > 0)
  );
}
