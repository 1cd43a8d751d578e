import type { Layout } from "plotly.js";
import type { Mark } from "../../src/figure/marks.js";
import { plainText } from "../plot/plain-text.js";
import type { Theme } from "../plot/theme.js";

/** Places that are pointed out: dotted lines with turned labels at the top. */
export function markLayout(marks: readonly Mark[], theme: Theme): Layout {
  const vertical = ({ at }: Mark): Layout => ({
    type: "line",
    x0: at,
    x1: at,
    y0: 0,
    y1: 1,
    yref: "paper",
    line: { color: theme.faint, width: 1, dash: "dot" },
  });
  const word = ({ at, label = "" }: Mark): Layout => ({
    x: at,
    y: 1,
    yref: "paper",
    yanchor: "top",
    xanchor: "left",
    text: plainText(label),
    textangle: -90,
    showarrow: false,
    font: { size: 11, color: theme.ink },
    bgcolor: theme.paper,
    opacity: 0.85,
    borderpad: 1,
  });
  return {
    shapes: marks.map(vertical),
    annotations: marks.filter(({ label }) => label !== undefined && label !== "").map(word),
  };
}
