import { envelope } from "../../src/figure/envelope.js";
import type { Line } from "../../src/figure/line-plot.js";

/** More points than this across a plot are not seen; peaks stay. */
const MOST_POINTS = 4000;

/** Lines as a figure of Plotly. */
export function plotlyFigure(
  lines: readonly Line[],
  titles: { x: string; y: string },
): Record<string, unknown> {
  const data = lines.map(({ label, x, y }) => {
    const outline = envelope(x, y, MOST_POINTS);
    // JSON has no NaN; null interrupts a line just so.
    const values = outline.y.map((value) => (Number.isFinite(value) ? value : null));
    return { type: "scatter", mode: "lines", name: label, x: outline.x, y: values };
  });
  return {
    data,
    layout: {
      xaxis: { title: { text: titles.x } },
      yaxis: { title: { text: titles.y } },
      showlegend: lines.length > 1,
      margin: { t: 30 },
    },
    // Plotly's own button would send the data to a server on the internet.
    config: { showSendToCloud: false, displaylogo: false, responsive: true },
  };
}
