import { type LineStyle, lineStyles } from "../../src/figure/line-colors.js";

/**
 * How the diffractograms of ranges are drawn: in the same hues as their sectors on the image.
 *
 * @param given CSS colours to take, over and over again; without any, colours that can be told apart.
 */
export function rangeStyles(
  count: number,
  onDark: boolean,
  given: readonly string[] = [],
): LineStyle[] {
  return lineStyles(count, onDark).map(({ color }, i) => ({
    color: given.length === 0 ? color : given[i % given.length]!,
    dash: undefined,
  }));
}

/** Colours of sectors on an image, which is dark at most places. */
export function sectorColors(count: number, given: readonly string[] = []): string[] {
  return rangeStyles(count, true, given).map(({ color }) => color);
}
