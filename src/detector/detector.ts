/** How the image's first pixel lies, as EXIF counts: 1 top left, 2 top right, 3 bottom right (pyFAI's default), 4 bottom left; seen by one who looks at the sample from behind the detector. */
export type Orientation = 1 | 2 | 3 | 4;

/** Rows and columns of an image. */
export type Shape = readonly [rows: number, columns: number];

/** Where the pixels of one row and column lie, in metres, for pixels that are aligned with the detector's axes. */
export interface GridLayout {
  readonly kind: "grid";
  /** The two edges of each row along the slow axis: `[2 * row]` belongs to corners A and D, `[2 * row + 1]` to B and C. */
  readonly rows: Float64Array;
  /** The two edges of each column along the fast axis: `[2 * column]` belongs to corners A and B, `[2 * column + 1]` to C and D. */
  readonly columns: Float64Array;
}

/** Where pixels of any form lie: bent, hexagonal or measured. */
export interface CornerLayout {
  readonly kind: "corners";
  /** Corners of each pixel: 4, or 6 where pixels are hexagons. */
  readonly corners: number;
  /**
   * Writes a row's corners, `columns × corners × (z, y, x)` in metres, into `out`.
   *
   * A masked pixel may have NaN. pyFAI takes the mean of the *first four* corners as the centre, of
   * hexagons too, whose order orientations therefore leave as it is.
   */
  readonly row: (row: number, out: Float64Array) => void;
}

export type PixelLayout = GridLayout | CornerLayout;

/**
 * A detector: where its pixels lie in its own frame, and which of them never count.
 *
 * Axis 1 is the slow one (rows, y), axis 2 the fast one (columns, x), z along the beam; lengths in
 * metres. An orientation remaps the index of a pixel, not the frame.
 */
export interface Detector {
  /** pyFAI's class name; `"Detector"` for one given by its pixel size. */
  readonly name: string;
  readonly pixel1: number;
  readonly pixel2: number;
  /** `undefined` where any image fits. */
  readonly shape: [rows: number, columns: number] | undefined;
  readonly orientation: Orientation;
  /** All pixels in the plane z = 0. */
  readonly flat: boolean;
  /** The value that the detector writes for invalid pixels, and its tolerance. */
  readonly dummy?: number;
  readonly deltaDummy?: number;
  /** What `Detector_config` of a PONI file says of it. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Where the pixels of an image of this shape lie; a ShapeError where it does not fit. */
  layout(shape: Shape): PixelLayout;
  /** Module gaps and other pixels that never count: 1 = masked; `undefined` where there are none. */
  mask(shape: Shape): Uint8Array | undefined;
}
