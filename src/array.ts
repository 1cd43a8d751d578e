/** The element types of images: what detectors record and what corrections are kept in. */
export type TypedArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/**
 * A detector image, row-major: `data[row * columns + column]`.
 *
 * Row 0 is the first row of the file and is displayed at the top.
 */
export interface Image<T extends TypedArray = TypedArray> {
  data: T;
  shape: [rows: number, columns: number];
  header?: Record<string, string>;
}

/** One image of a series: where it came from and its place in the series, from 0. */
export interface Frame<T extends TypedArray = TypedArray> extends Image<T> {
  index: number;
  source: string;
}
