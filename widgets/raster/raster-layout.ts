import type { Layout } from "plotly.js";
import { plainText } from "../plot/plain-text.js";
import type { Theme } from "../plot/theme.js";
import { type PlotRange, type RasterAxis, type RasterScene, wholeRange } from "./raster-scene.js";

const MARGIN = { l: 62, r: 92, t: 8, b: 44 };

/** Plotly's layout for a scene: axes around a place that is left free for the image. */
export function rasterLayout(
  scene: RasterScene,
  theme: Theme,
  size: { readonly width: number; readonly height: number },
  range: PlotRange | undefined,
): Layout {
  const seen = range ?? wholeRange(scene);
  const axis = ({ title, ticks }: RasterAxis, part: readonly [number, number]): Layout => ({
    title: { text: plainText(title), standoff: 6 },
    range: [...part],
    showgrid: false,
    zeroline: false,
    ticks: "outside",
    ticklen: 4,
    color: theme.ink,
    tickcolor: theme.ink,
    linecolor: theme.ink,
    showline: true,
    mirror: true,
    ...(ticks === undefined
      ? {}
      : {
          tickmode: "array",
          tickvals: ticks.map(({ at }) => at),
          ticktext: ticks.map(({ text }) => plainText(text)),
        }),
  });
  return {
    ...size,
    margin: MARGIN,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: theme.font, size: theme.fontSize, color: theme.ink },
    showlegend: false,
    hovermode: false,
    dragmode: "pan",
    modebar: { bgcolor: "rgba(0,0,0,0)", color: theme.faint, activecolor: theme.ink },
    xaxis: axis(scene.x, seen.x),
    yaxis: {
      ...axis(scene.y, seen.y),
      ...(scene.square ? { scaleanchor: "x", constrain: "domain" } : {}),
    },
  };
}
