import type { Image } from "../src/array.js";
import { type PaintOptions, paintImage } from "../src/figure/paint.js";

/** How an image is drawn on a canvas. */
export interface DrawOptions extends PaintOptions {
  /** Size on the page, in CSS pixels. Default: one for each pixel of the image. */
  readonly width?: number;
  readonly height?: number;
}

/**
 * Draws a detector image on a canvas, row 0 at the top, as sharp as the screen can: a pixel of the
 * detector stays a rectangle of one colour however far it is zoomed.
 *
 * @returns the intensities of the first and the last colour
 */
export function drawImage(
  canvas: HTMLCanvasElement,
  image: Image,
  options: DrawOptions = {},
): [low: number, high: number] {
  const [rows, columns] = image.shape;
  const { width = columns, height = rows } = options;
  const { data, limits } = paintImage(image, options);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  canvas.width = Math.round(width * devicePixelRatio);
  canvas.height = Math.round(height * devicePixelRatio);
  const context = canvas.getContext("2d");
  const own = new OffscreenCanvas(columns, rows);
  const ownContext = own.getContext("2d");
  if (context === null || ownContext === null) {
    throw new Error("this browser gives no 2D canvas; close other pages that use many of them");
  }
  const pixels = ownContext.createImageData(columns, rows);
  pixels.data.set(data);
  ownContext.putImageData(pixels, 0, 0);
  // Smoothing helps where many pixels share one of the screen, and blurs where they are larger.
  context.imageSmoothingEnabled = canvas.width < columns;
  context.drawImage(own, 0, 0, canvas.width, canvas.height);
  return limits;
}
