import { colormap } from "./colormap.js";

/** Dark enough for a white card (3:1 and more), and apart for the colour-blind; dashes tell them too. */
const FEW = ["#0b5fa5", "#b8470a", "#00735c", "#a0307a", "#6b5900", "#4b4b4b"];
/** The same hues for a black card. */
const FEW_ON_DARK = ["#6cb6ff", "#ff9f5a", "#3fd0a8", "#e58ccb", "#d9c84a", "#c8c8c8"];
const DASHES = ["", "6 3", "2 2", "8 3 2 3", "10 4", "4 2 1 2"];

/** How one of many lines looks. */
export interface LineStyle {
  readonly color: string;
  readonly dash: string | undefined;
}

/**
 * Styles of lines: each its own where there are few, else the colours of a map in order.
 *
 * @param onDark whether they are drawn on a dark card. Default: a white one.
 */
export function lineStyles(count: number, onDark = false): LineStyle[] {
  const few = onDark ? FEW_ON_DARK : FEW;
  if (count <= few.length) {
    return few.slice(0, count).map((color, i) => ({ color, dash: DASHES[i] || undefined }));
  }
  const colors = colormap("viridis");
  return Array.from({ length: count }, (_, i) => {
    // The map's last fifth is too bright for a white card, its first third too dark for a black one.
    const part = i / (count - 1);
    const at = 3 * Math.round(onDark ? 80 + 175 * part : 200 * part);
    return { color: `rgb(${colors.slice(at, at + 3).join(",")})`, dash: undefined };
  });
}
