import type { Trace } from "plotly.js";
import { colormap } from "../../src/figure/colormap.js";
import { scaleBetween } from "../../src/figure/scale.js";
import { scaleTicks, tickText } from "../../src/figure/ticks.js";
import { plainText } from "../plot/plain-text.js";
import type { Theme } from "../plot/theme.js";
import { type Coloring, safeLimits } from "./paint-samples.js";

/** A point that is nowhere: it carries the colour bar, if there is a title for one. */
export function colorBarTrace(coloring: Coloring, theme: Theme, title: string | undefined): Trace {
  return {
    type: "scatter",
    mode: "markers",
    x: [null],
    y: [null],
    hoverinfo: "skip",
    ...(title === undefined ? {} : { marker: colorBar(coloring, theme, title) }),
  };
}

/** What a marker's colours mean; without a title, the one that is there stays. */
export function colorBar(
  coloring: Coloring,
  theme: Theme,
  title?: string,
): Record<string, unknown> {
  const [low, high] = safeLimits(coloring.scale, coloring.limits);
  const scale = scaleBetween(coloring.scale, low, high);
  const values = scaleTicks(coloring.scale, low, high, 6);
  const table = colormap(coloring.colormap);
  const stops = Array.from({ length: 33 }, (_, i) => {
    const at = 3 * Math.round((i / 32) * 255);
    return [i / 32, `rgb(${table.slice(at, at + 3).join(",")})`];
  });
  return {
    color: [0],
    cmin: 0,
    cmax: 1,
    colorscale: stops,
    showscale: true,
    colorbar: {
      ...(title === undefined ? {} : { title: { text: plainText(title), side: "right" } }),
      thickness: 14,
      outlinewidth: 1,
      outlinecolor: theme.ink,
      tickcolor: theme.ink,
      ticks: "outside",
      ticklen: 4,
      tickvals: values.map((value) => scale.place(value)),
      ticktext: values.map(tickText),
      x: 1.02,
      len: 1,
    },
  };
}
