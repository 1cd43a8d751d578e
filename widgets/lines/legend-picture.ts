import { legendRows } from "../../src/figure/legend.js";
import type { LineStyle } from "../../src/figure/line-colors.js";
import type { Theme } from "../plot/theme.js";

const ROW = 18;

/** The legend of a plot as a picture at twice the screen's size, to stand above that of the plot. */
export function legendPicture(
  labels: readonly string[],
  styles: readonly LineStyle[],
  width: number,
  theme: Theme,
): HTMLCanvasElement {
  const rows = legendRows(labels, width - 80);
  const picture = document.createElement("canvas");
  picture.width = 2 * width;
  picture.height = 2 * (ROW * rows.length + 8);
  const context = picture.getContext("2d")!;
  context.scale(2, 2);
  context.fillStyle = theme.paper;
  context.fillRect(0, 0, width, picture.height);
  context.font = `11px ${theme.font}`;
  context.textBaseline = "middle";
  for (const [line, row] of rows.entries()) {
    const y = 8 + ROW * (line + 0.5);
    for (const { index, text, x } of row) {
      const { color, dash } = styles[index]!;
      context.strokeStyle = color;
      context.lineWidth = 2;
      context.setLineDash(dashOf(dash));
      context.beginPath();
      context.moveTo(64 + x, y);
      context.lineTo(88 + x, y);
      context.stroke();
      context.fillStyle = theme.ink;
      context.fillText(text, 94 + x, y);
    }
  }
  return picture;
}

/** Lengths of dashes and gaps of an SVG line. */
export function dashOf(dash: string | undefined): number[] {
  return dash === undefined ? [] : dash.split(" ").map(Number);
}
