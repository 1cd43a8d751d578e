import type { Detector, PixelLayout, Shape } from "./detector.js";

/** A detector for images of one shape as plain data, which threads and pages can send each other. */
export interface DetectorData {
  readonly name: string;
  readonly pixel1: number;
  readonly pixel2: number;
  readonly shape: readonly [rows: number, columns: number];
  readonly orientation: Detector["orientation"];
  readonly flat: boolean;
  readonly dummy?: number;
  readonly deltaDummy?: number;
  readonly config: Readonly<Record<string, unknown>>;
  /** Edges of rows and columns; or the corners of all pixels, row after row, as (z, y, x). */
  readonly pixels:
    | { readonly kind: "grid"; readonly rows: Float64Array; readonly columns: Float64Array }
    | { readonly kind: "corners"; readonly corners: number; readonly data: Float32Array };
  readonly mask?: Uint8Array;
}

/**
 * A detector's data for images of a shape.
 *
 * @throws ShapeError where the detector has no images of that shape.
 */
export function detectorData(detector: Detector, shape: Shape): DetectorData {
  const { name, pixel1, pixel2, orientation, flat, dummy, deltaDummy, config } = detector;
  const mask = detector.mask(shape);
  return {
    name,
    pixel1,
    pixel2,
    shape: [shape[0], shape[1]],
    orientation,
    flat,
    ...(dummy === undefined ? {} : { dummy }),
    ...(deltaDummy === undefined ? {} : { deltaDummy }),
    config,
    pixels: pixelData(detector.layout(shape), shape),
    ...(mask === undefined ? {} : { mask }),
  };
}

function pixelData(layout: PixelLayout, [rows, columns]: Shape): DetectorData["pixels"] {
  if (layout.kind === "grid") return layout;
  const perRow = columns * layout.corners * 3;
  const row = new Float64Array(perRow);
  // Four bytes place a corner to a millionth of a pixel, and large detectors have many.
  const data = new Float32Array(rows * perRow);
  for (let i = 0; i < rows; i++) {
    layout.row(i, row);
    data.set(row, i * perRow);
  }
  return { kind: "corners", corners: layout.corners, data };
}

/** The detector of such data; images of its shape alone fit it. */
export function detectorOfData(data: DetectorData): Detector {
  const { pixels, mask, shape, ...rest } = data;
  const perRow = pixels.kind === "corners" ? shape[1] * pixels.corners * 3 : 0;
  const layout: PixelLayout =
    pixels.kind === "grid"
      ? pixels
      : {
          kind: "corners",
          corners: pixels.corners,
          row: (row, out) => out.set(pixels.data.subarray(row * perRow, (row + 1) * perRow)),
        };
  return { ...rest, shape: [shape[0], shape[1]], layout: () => layout, mask: () => mask?.slice() };
}
