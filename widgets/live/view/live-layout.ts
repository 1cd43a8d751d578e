import { MARGIN } from "./canvas-axes.js";

/** A page narrower than this, in pixels, shows the image above the cake. */
const NARROW = 760;
const GAP = 10;

/** The places of image, cake and lineout. */
export interface LiveSizes {
  readonly image: readonly [width: number, height: number];
  readonly plot: readonly [width: number, height: number];
}

/** Divides a width and a height: the image at the left as large as it fits, the plots beside it. */
export function liveSizes(
  width: number,
  height: number,
  [rows, columns]: readonly [number, number],
): LiveSizes {
  if (width < NARROW) {
    const imageHeight = Math.min(height, (width * rows) / columns);
    return { image: [width, imageHeight], plot: [width, Math.max(180, height / 2)] };
  }
  const imageWidth = Math.min(0.46 * width, (height * columns) / rows);
  const plotHeight = Math.max(MARGIN.top + MARGIN.bottom + 60, (height - GAP) / 2);
  return { image: [imageWidth, height], plot: [width - imageWidth - GAP, plotHeight] };
}
