import { type LineStyle, lineStyles } from "../../src/figure/line-colors.js";

/** How the diffractograms of ranges are drawn: the same hues as their sectors on the image. */
export function rangeStyles(count: number, onDark: boolean): LineStyle[] {
  return lineStyles(count, onDark).map(({ color }) => ({ color, dash: undefined }));
}

/** Colours of sectors on an image, which is dark at most places. */
export function sectorColors(count: number): string[] {
  return lineStyles(count, true).map(({ color }) => color);
}
