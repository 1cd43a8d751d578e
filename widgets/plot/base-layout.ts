import type { Layout } from "plotly.js";
import { plainText } from "./plain-text.js";
import type { Theme } from "./theme.js";

/** Around the axes, in pixels: the same for all plots, so that those below each other agree. */
const MARGIN = { l: 62, r: 92, t: 8, b: 44 };

/** What all plots have in common. */
export function baseLayout(
  theme: Theme,
  size: { readonly width: number; readonly height: number },
): Layout {
  return {
    ...size,
    margin: MARGIN,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: theme.font, size: theme.fontSize, color: theme.ink },
    showlegend: false,
    hovermode: false,
    modebar: { bgcolor: "rgba(0,0,0,0)", color: theme.faint, activecolor: theme.ink },
  };
}

/** An axis along the frame of a plot. */
export function frameAxis(title: string, part: readonly [number, number], theme: Theme): Layout {
  return {
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
  };
}
