import type { Layout } from "plotly.js";
import { baseLayout, frameAxis } from "../plot/base-layout.js";
import { plainText } from "../plot/plain-text.js";
import type { PlotRange } from "../plot/plot-range.js";
import type { Theme } from "../plot/theme.js";
import type { RasterScene } from "./raster-scene.js";

/** Plotly's layout for a scene: axes around a place that is left free for the image. */
export function rasterLayout(
  scene: RasterScene,
  theme: Theme,
  size: { readonly width: number; readonly height: number },
  seen: PlotRange,
): Layout {
  const layout: Record<string, unknown> = {
    ...baseLayout(theme, size),
    dragmode: "pan",
    // Both axes give room rather than show what lies beside the image.
    xaxis: {
      ...frameAxis(scene.x.title, seen.x, theme),
      ...(scene.square ? { constrain: "domain" } : {}),
    },
    yaxis: {
      ...frameAxis(scene.y.title, seen.y, theme),
      ...(scene.square ? { scaleanchor: "x", constrain: "domain" } : {}),
    },
  };
  for (const [path, value] of Object.entries(axisTicks(scene, seen))) {
    const [axis, name] = path.split(".") as [string, string];
    (layout[axis] as Layout)[name] = value;
  }
  return layout;
}

/** The ticks of axes that have their own, by their paths in the layout. */
export function axisTicks({ x, y }: RasterScene, seen: PlotRange): Layout {
  const changes: Layout = {};
  for (const [axis, { ticks }, part] of [
    ["xaxis", x, seen.x] as const,
    ["yaxis", y, seen.y] as const,
  ]) {
    if (ticks === undefined) continue;
    const found = ticks(Math.min(...part), Math.max(...part));
    changes[`${axis}.tickmode`] = "array";
    changes[`${axis}.tickvals`] = found.map(({ at }) => at);
    changes[`${axis}.ticktext`] = found.map(({ text }) => plainText(text));
  }
  return changes;
}
