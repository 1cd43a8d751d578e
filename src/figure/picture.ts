import type { Image } from "../array.js";
import { type Axis, axes } from "./axes.js";
import { card, type Frame } from "./card.js";
import { colorBar } from "./color-bar.js";
import { type PaintOptions, paintImage } from "./paint.js";
import { encodePng } from "./png.js";
import { type Reduction, reduceImage } from "./reduce.js";
import { element } from "./svg.js";

/** Space around a plot: its title, axes and colour bar. */
const MARGIN = { left: 66, right: 96, bottom: 50, top: 16, title: 24 };
/** A picture has no more points than this, so that a figure stays below 300 kB. */
const MOST_PIXELS = 230_000;

/** A picture with axes and colour bar. */
export interface PictureOptions extends PaintOptions {
  readonly title?: string;
  /** What it shows, for those who cannot see it. */
  readonly description: string;
  readonly width: number;
  /** Of the plot's own area. */
  readonly plotHeight: number;
  readonly horizontal: Axis;
  readonly vertical: Axis;
  /** What the colours mean. */
  readonly colorTitle: string;
  /** How pixels that fall together are united. Default `"mean"`. */
  readonly reduce?: Reduction;
  /** Drawn on the picture, for the place where it is. */
  readonly overlay?: (frame: Frame) => string;
}

/** The width that a picture's own area has in a figure. */
export function pictureWidth(width: number): number {
  return width - MARGIN.left - MARGIN.right;
}

/** A picture of an image, row 0 at the top, as an SVG document with a PNG in it. */
export function picture(image: Image, options: PictureOptions): string {
  const { width, plotHeight: height, mask, title } = options;
  const top = MARGIN.top + (title === undefined ? 0 : MARGIN.title);
  const frame: Frame = { x: MARGIN.left, y: top, width: pictureWidth(width), height };
  const shrink = Math.sqrt(Math.min(1, MOST_PIXELS / (frame.width * height)));
  const reduced = reduceImage(
    image,
    Math.max(1, Math.round(height * shrink)),
    Math.max(1, Math.round(frame.width * shrink)),
    options.reduce,
    mask === undefined ? undefined : (i) => mask.data[i] !== 0,
  );
  const { mask: _applied, ...paint } = options;
  const painting = paintImage(reduced, paint);
  const png = btoa(Array.from(encodePng(painting), (byte) => String.fromCharCode(byte)).join(""));
  const content =
    element("image", {
      ...frame,
      preserveAspectRatio: "none",
      // Few large pixels keep their edges; many small ones are smoothed.
      "image-rendering":
        Math.min(reduced.shape[1] / frame.width, reduced.shape[0] / height) < 0.5
          ? "pixelated"
          : "auto",
      href: `data:image/png;base64,${png}`,
    }) +
    (options.overlay?.(frame) ?? "") +
    axes(frame, options.horizontal, options.vertical) +
    colorBar(
      { x: frame.x + frame.width + 14, y: frame.y, width: 14, height },
      options.colormap ?? "viridis",
      options.scale ?? "linear",
      painting.limits,
      options.colorTitle,
    );
  return card(width, top + height + MARGIN.bottom, title, options.description, content);
}
