import type { Image } from "../../src/array.js";
import { ringOutlines } from "../../src/calibrate/ring-outlines.js";
import type { Detector } from "../../src/detector/detector.js";
import type { PaintOptions } from "../../src/figure/paint.js";
import { picture, pictureWidth } from "../../src/figure/picture.js";
import type { Geometry } from "../../src/geometry/geometry.js";
import type { Figure, FigureOptions } from "./figure.js";
import { pixelTicks } from "./image-figure.js";

/** A picture is no wider than this, however wide the view. */
const WIDEST = 640;

/** An image with the rings of a geometry over it; angles 2θ in radians. */
export function calibrationFigure(
  image: Image,
  setup: Geometry & { readonly detector: Detector },
  twoThetas: readonly number[],
  options: FigureOptions & PaintOptions & { readonly description: string },
): Figure {
  const [rows, columns] = image.shape;
  const width = Math.min(options.width ?? WIDEST, WIDEST);
  const { title, description, height: _view, ...paint } = options;
  const svg = picture(image, {
    ...paint,
    ...(title === undefined ? {} : { title }),
    ...{ description, width },
    plotHeight: Math.round((pictureWidth(width) * rows) / columns),
    horizontal: { title: "column / pixel", ticks: pixelTicks(columns, false) },
    vertical: { title: "row / pixel", ticks: pixelTicks(rows, true) },
    colorTitle: "intensity / counts",
    overlay: (frame) => ringOutlines(frame, setup, twoThetas, image.shape),
  });
  return { svg, description };
}
